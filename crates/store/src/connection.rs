//! A connection to read with, a transaction to write with, and the macro that compiles one query
//! for both databases.

use crate::{Clock, Outbox, Random, Result};
use domain::event::Event;
use sqlx::{Database, Postgres, Sqlite, Transaction, pool::PoolConnection};
use std::ops::{Deref, DerefMut};
use uuid::Uuid;

/// Runs the same query body on whichever database it is.
macro_rules! on_db {
    ($read:expr, $connection:ident => $body:expr) => {
        match &mut $read.connection {
            $crate::connection::Connection::Sqlite(handle) => {
                let $connection: &mut sqlx::SqliteConnection = handle.get();
                $body
            }
            $crate::connection::Connection::Postgres(handle) => {
                let $connection: &mut sqlx::PgConnection = handle.get();
                $body
            }
        }
    };
}
pub(crate) use on_db;

/// What the account `a` of a query has to be for its user to come in at the moment of this parameter:
/// `may_enter!("$2")`. The one rule for sessions, signing in, links to reset a password and passkeys.
macro_rules! may_enter {
    ($now:literal) => {
        concat!("(a.status = 'active' AND (a.access_ends_at IS NULL OR a.access_ends_at > ", $now, "))")
    };
}
pub(crate) use may_enter;

/// Something to read with.
#[derive(Debug)]
pub struct Read {
    pub(crate) connection: Connection,
}

#[derive(Debug)]
pub(crate) enum Connection {
    Sqlite(Handle<Sqlite>),
    Postgres(Handle<Postgres>),
}

#[derive(Debug)]
pub(crate) enum Handle<D: Database> {
    Pooled(PoolConnection<D>),
    Transaction(Transaction<'static, D>),
}

impl<D: Database> Handle<D> {
    pub(crate) fn get(&mut self) -> &mut D::Connection {
        match self {
            Self::Pooled(connection) => connection,
            Self::Transaction(transaction) => transaction,
        }
    }

    async fn commit(self) -> Result<()> {
        match self {
            Self::Pooled(_) => Ok(()),
            Self::Transaction(transaction) => Ok(transaction.commit().await?),
        }
    }
}

/// A transaction: reads, writes, and the events that are announced when it is committed.
#[derive(Debug)]
pub struct Tx {
    read: Read,
    events: Vec<Event>,
    outbox: Outbox,
    queued_mail: Vec<Uuid>,
    random: Random,
    now: i64,
}

impl Tx {
    pub(crate) fn new(connection: Connection, clock: &Clock, random: Random, outbox: Outbox) -> Self {
        let read = Read { connection };
        Self { read, events: Vec::new(), outbox, queued_mail: Vec::new(), random, now: clock.now() }
    }

    /// The moment of everything in this transaction, in unix milliseconds.
    #[must_use]
    pub const fn now(&self) -> i64 {
        self.now
    }

    /// A new id.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.random.id(self.now)
    }

    /// Where random bytes come from.
    #[must_use]
    pub const fn random(&self) -> &Random {
        &self.random
    }

    /// Tells open pages, once this is committed.
    pub fn announce(&mut self, event: Event) {
        if !self.events.contains(&event) {
            self.events.push(event);
        }
    }

    /// Whether mail that is queued will be sent.
    pub(crate) fn mail_is_sent(&self) -> bool {
        self.outbox.is_open()
    }

    /// Wakes whoever sends mail, once this is committed.
    pub(crate) fn mail_was_queued(&mut self, mails: &[Uuid]) {
        self.queued_mail.extend(mails);
    }

    /// The mails that this transaction has queued so far.
    pub(crate) fn queued_mail(&self) -> &[Uuid] {
        &self.queued_mail
    }

    /// Commits, and gives back the events that nobody else will announce.
    pub(crate) async fn commit(mut self) -> Result<Vec<Event>> {
        if let Connection::Postgres(handle) = &mut self.read.connection {
            for event in self.events.drain(..) {
                let payload = serde_json::to_string(&event).map_err(|_| crate::Error::Corrupt("event"))?;
                sqlx::query("SELECT pg_notify('assent_events', $1)")
                    .bind(payload)
                    .execute(handle.get())
                    .await?;
            }
        }
        match self.read.connection {
            Connection::Sqlite(handle) => handle.commit().await?,
            Connection::Postgres(handle) => handle.commit().await?,
        }
        if !self.queued_mail.is_empty() {
            self.outbox.ring();
        }
        Ok(self.events)
    }
}

impl Deref for Tx {
    type Target = Read;
    fn deref(&self) -> &Read {
        &self.read
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.read
    }
}
