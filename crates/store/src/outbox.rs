//! Whether mail is sent at all, and the bell that wakes whoever sends it. This is the one place that
//! decides: while the outbox is closed, [`crate::mail`] queues nothing, and no use case has to ask.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::sync::Notify;

/// The outbox of this server. Closed until somebody opens it who will also send what is in it.
#[derive(Clone, Debug, Default)]
pub struct Outbox(Arc<State>);

#[derive(Debug, Default)]
struct State {
    open: AtomicBool,
    bell: Notify,
}

impl Outbox {
    /// From here on mail is queued.
    pub fn open(&self) {
        self.0.open.store(true, Ordering::Relaxed);
    }

    /// Whether mail is queued.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.0.open.load(Ordering::Relaxed)
    }

    /// Waits until a transaction of this server has queued something; also true for one that did
    /// before anybody waited.
    pub async fn queued(&self) {
        self.0.bell.notified().await;
    }

    pub(crate) fn ring(&self) {
        self.0.bell.notify_one();
    }
}
