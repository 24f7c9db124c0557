//! Use cases: authorise, change, record history, announce. One module a feature, and a function a
//! verb: `services::<feature>::<verb>(&services, &caller, request)`.
//!
//! Each begins with `caller.require::<…>()`, whose grant the store asks for; the history row is
//! written in the transaction of the change. No SQL and no HTTP lives here.

mod codes;
mod hashing;
mod lists;
mod local_time;
mod passwords;
mod periods;
mod proof;
pub mod receipts;
mod relying_party;
mod table;

pub mod billing;
pub mod chain;
pub mod closing;
pub mod demo;
pub mod explain;
pub mod history;
pub mod insights;
pub mod links;
pub mod mail;
pub mod markdown;
pub mod newsletters;
pub mod notice;
pub mod organisation;
pub mod overview;
pub mod partners;
pub mod passkeys;
pub mod preview;
pub mod privacy;
pub mod profile;
pub mod requests;
pub mod retention;
pub mod roles;
pub mod second_factor;
pub mod sign_in;
pub mod succession;
pub mod support;
pub mod users;

use domain::Error;
use hashing::Hashing;
use insights::Tally;
use mail::{Inbox, Mailer};
use std::sync::Arc;
use store::{Caller, Store, Tx, sessions};
use webauthn_rs::Webauthn;

/// A week: how long a session lasts.
const SESSION_SECONDS: u64 = 7 * 24 * 60 * 60;

/// All that the use cases need. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Services(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    hashing: Hashing,
    mailer: Mailer,
    public_url: String,
    webauthn: Option<Webauthn>,
    tally: Tally,
}

impl Services {
    /// Services over a store, reached at `public_url`, that send no mail.
    #[must_use]
    pub fn new(store: Store, public_url: &str) -> Self {
        Self::with_mailer(store, public_url, Mailer::Off)
    }

    /// Services that also queue mail, for this mailer. Somebody has to send it: see [`mail`].
    #[must_use]
    pub fn with_mailer(store: Store, public_url: &str, mailer: Mailer) -> Self {
        let hashing = Hashing::new(store.random().clone());
        let public_url = public_url.trim_end_matches('/').to_owned();
        if !matches!(mailer, Mailer::Off) {
            store.outbox().open();
        }
        let webauthn = relying_party::webauthn(&public_url);
        Self(Arc::new(Inner { store, hashing, mailer, public_url, webauthn, tally: Tally::default() }))
    }

    /// Whether mail is sent. Where it isn't, nothing is queued, and links are shown to whoever may
    /// hand them over.
    #[must_use]
    pub fn sends_mail(&self) -> bool {
        self.0.store.outbox().is_open()
    }

    /// The demo's inbox, if mail goes there.
    #[must_use]
    pub fn inbox(&self) -> Option<&Inbox> {
        match &self.0.mailer {
            Mailer::Inbox(inbox) => Some(inbox),
            Mailer::Smtp(_) | Mailer::Off => None,
        }
    }

    fn mailer(&self) -> &Mailer {
        &self.0.mailer
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Runs `work` in a transaction that asks once more who calls: with the rights of that moment, or nobody.
    /// A request may wait for its turn to write, and whoever lost their rights meanwhile must not use them to
    /// get them back. So whatever changes rights or somebody else's account is written by this.
    ///
    /// # Errors
    /// `Unauthenticated` if they may not come in any more, `InPreview`, or what `work` refuses.
    async fn write_as<T, F>(&self, caller: &Caller, work: F) -> Result<T, Error>
    where
        F: AsyncFn(&mut Tx, Caller) -> store::Result<T>,
    {
        let caller = caller.clone();
        let write = async move |tx: &mut Tx| {
            let now = tx.now();
            let caller = sessions::again(tx, &caller, now).await?.ok_or(Error::Unauthenticated)?;
            caller.require_no_preview()?;
            work(tx, caller).await
        };
        Ok(self.store().write(write).await?)
    }

    /// The address that people open, without a slash at its end.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.0.public_url
    }

    /// How long a session lasts.
    #[must_use]
    pub fn session_seconds(&self) -> u64 {
        SESSION_SECONDS
    }

    /// How long there is to give a second factor.
    #[must_use]
    pub fn challenge_seconds(&self) -> u32 {
        store::challenges::SECONDS
    }

    /// Passkeys, where the address can have any.
    fn webauthn(&self) -> Option<&Webauthn> {
        self.0.webauthn.as_ref()
    }

    /// What was counted and is not written yet.
    fn tally(&self) -> &Tally {
        &self.0.tally
    }

    fn hashing(&self) -> &Hashing {
        &self.0.hashing
    }
}
