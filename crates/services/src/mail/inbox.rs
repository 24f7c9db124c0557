//! Where the demo's mail goes in place of a mail server: a list in memory, gone with the server.

use super::letter::Letter;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::mail::sending;

/// How many mails it holds; the oldest goes first.
const MOST: usize = 200;

/// The demo's inbox. Cheap to clone; all clones are one.
#[derive(Clone, Debug, Default)]
pub struct Inbox(Arc<Mutex<VecDeque<Received>>>);

/// A mail in it.
#[derive(Clone, Debug)]
pub struct Received {
    /// Name of the recipient.
    pub name: String,
    /// Their address.
    pub address: domain::Email,
    /// When, in unix milliseconds.
    pub at: i64,
    /// What it says.
    pub letter: Letter,
}

impl Inbox {
    /// All mails, newest first.
    #[must_use]
    pub fn all(&self) -> Vec<Received> {
        self.list().iter().cloned().collect()
    }

    pub(super) fn receive(&self, mail: &sending::Letter, letter: Letter, now: i64) {
        let mut list = self.list();
        list.push_front(Received { name: mail.name.clone(), address: mail.to.clone(), at: now, letter });
        list.truncate(MOST);
    }

    fn list(&self) -> MutexGuard<'_, VecDeque<Received>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
