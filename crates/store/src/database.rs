//! The database: reading, and writing with repetition. Opening it is in `open`.

use crate::{
    Clock, Error, MasterKey, Outbox, Random, Read, Result, Tx,
    connection::{Connection, Handle},
    keys::{Keys, forget_log},
    open::{open_postgres, open_sqlite},
};
use domain::event::Event;
use ed25519_dalek::SigningKey;
use sqlx::{PgPool, SqlitePool};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, broadcast};

/// How often a write is tried before the caller is told to come back.
const TRIES: u32 = 12;

/// What a store is opened with.
#[derive(Debug)]
pub struct Options<'a> {
    /// `sqlite://path` or `postgres://…`.
    pub url: &'a str,
    /// Wraps the users' keys.
    pub master_key: MasterKey,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub random: Random,
}

/// What reaches whoever holds an event stream open.
#[derive(Clone, Copy, Debug)]
pub enum Signal {
    /// Something changed.
    Event(Event),
    /// Events may have been missed: ask for everything again.
    Gap,
}

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) pools: Pools,
    keys: Keys,
    clock: Clock,
    random: Random,
    outbox: Outbox,
    exports: Arc<Notify>,
    /// Whether a log may hold what was erased. At first it may: whoever ran before may have died.
    logs_hold_erased: Arc<AtomicBool>,
    signals: broadcast::Sender<Signal>,
}

#[derive(Clone, Debug)]
pub(crate) enum Pools {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres(PgPool),
}

/// How much of other transactions one may see, on PostgreSQL. SQLite has one writer.
#[derive(Clone, Copy, Debug)]
enum Isolation {
    Serializable,
    ReadCommitted,
}

impl Isolation {
    const fn begin(self) -> &'static str {
        match self {
            Self::Serializable => "BEGIN ISOLATION LEVEL SERIALIZABLE",
            Self::ReadCommitted => "BEGIN ISOLATION LEVEL READ COMMITTED",
        }
    }
}

impl Store {
    /// Opens the database, creates it where that is possible, and brings its schema up to date.
    ///
    /// # Errors
    /// [`Error::Unusable`] with one line that says what is wrong: missing, locked, read-only, of a
    /// newer schema, or of a scheme that isn't known.
    pub async fn open(options: Options<'_>) -> Result<Self> {
        let (signals, _) = broadcast::channel(1024);
        let master_key = options.master_key;
        let url = options.url;
        let (pools, keys) = if url.starts_with("sqlite://") {
            open_sqlite(url, master_key).await?
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            open_postgres(url, master_key, &signals).await?
        } else {
            return Err(Error::Unusable(
                "ASSENT_DATABASE_URL must begin with sqlite:// or postgres://".into(),
            ));
        };
        keys.check().await?;
        let outbox = Outbox::default();
        Ok(Self {
            pools,
            keys,
            clock: options.clock,
            random: options.random,
            outbox,
            exports: Arc::default(),
            logs_hold_erased: Arc::new(AtomicBool::new(true)),
            signals,
        })
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// The database failed.
    pub async fn read(&self) -> Result<Read> {
        let connection = match &self.pools {
            Pools::Sqlite { readers, .. } => Connection::Sqlite(Handle::Pooled(readers.acquire().await?)),
            Pools::Postgres(pool) => Connection::Postgres(Handle::Pooled(pool.acquire().await?)),
        };
        Ok(Read { connection })
    }

    /// Runs `work` in a transaction, commits it and announces its events. Where the database asks
    /// for it (40001, 40P01), the whole work is repeated, so it must not do anything else than
    /// read and write through the transaction.
    ///
    /// On SQLite there is one writer (`BEGIN IMMEDIATE`); on PostgreSQL the level is
    /// `SERIALIZABLE`, since "at least one platform admin" is a rule over several rows.
    ///
    /// # Errors
    /// What `work` refuses, or the database's failure; then nothing was written.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        F: AsyncFn(&mut Tx) -> Result<T>,
    {
        self.write_at(Isolation::Serializable, work).await
    }

    /// Like [`Self::write`], for statements that are right each by itself, such as counting up: on
    /// PostgreSQL (`READ COMMITTED`) they wait for each other in place of being repeated.
    ///
    /// # Errors
    /// As with [`Self::write`].
    pub(crate) async fn write_in_turn<T, F>(&self, work: F) -> Result<T>
    where
        F: AsyncFn(&mut Tx) -> Result<T>,
    {
        self.write_at(Isolation::ReadCommitted, work).await
    }

    async fn write_at<T, F>(&self, isolation: Isolation, work: F) -> Result<T>
    where
        F: AsyncFn(&mut Tx) -> Result<T>,
    {
        let mut tries = 0;
        loop {
            match self.attempt(isolation, &work).await {
                Err(error) if error.is_transient() && tries < TRIES => {
                    tries += 1;
                    let [jitter] = self.random.bytes::<1>();
                    tokio::time::sleep(Duration::from_millis(u64::from(jitter % 16 + 1) << tries.min(5)))
                        .await;
                }
                Err(error) if error.is_transient() => {
                    return Err(domain::Error::TooManyRequests { retry_after: 1 }.into());
                }
                done => return done,
            }
        }
    }

    async fn attempt<T, F>(&self, isolation: Isolation, work: &F) -> Result<T>
    where
        F: AsyncFn(&mut Tx) -> Result<T>,
    {
        let mut tx = self.begin(isolation).await?;
        let value = work(&mut tx).await?;
        for event in tx.commit().await? {
            // Nobody listening is fine.
            let _ = self.signals.send(Signal::Event(event));
        }
        Ok(value)
    }

    async fn begin(&self, isolation: Isolation) -> Result<Tx> {
        let connection = match &self.pools {
            Pools::Sqlite { writer, .. } => {
                Connection::Sqlite(Handle::Transaction(writer.begin_with("BEGIN IMMEDIATE").await?))
            }
            Pools::Postgres(pool) => {
                Connection::Postgres(Handle::Transaction(pool.begin_with(isolation.begin()).await?))
            }
        };
        Ok(Tx::new(connection, &self.clock, self.random.clone(), self.outbox.clone()))
    }

    /// To be called at once after something was erased that must not stay readable in a log: the housekeeping
    /// empties the logs then, whatever happens to whoever erased it.
    pub(crate) fn note_erasure(&self) {
        self.logs_hold_erased.store(true, Ordering::SeqCst);
    }

    /// Takes what was erased out of SQLite's write-ahead logs, where it would stay readable until they
    /// are next reused. A reader that is just at work puts it off, so it is tried again for half a second;
    /// then the answer is false, and [`Self::logs_hold_erased`] says so to the housekeeping. The log of the
    /// keys is the one that matters: without a key nothing that is left of an address can be read.
    pub(crate) async fn forget_logs(&self) -> Result<bool> {
        // Before: what is erased meanwhile sets it again.
        self.logs_hold_erased.store(false, Ordering::SeqCst);
        let forgotten = self.try_to_forget_logs().await;
        if !matches!(forgotten, Ok(true)) {
            self.logs_hold_erased.store(true, Ordering::SeqCst);
            tracing::warn!(
                "the logs of the database could not be emptied yet: somebody reads; it is tried again"
            );
        }
        forgotten
    }

    async fn try_to_forget_logs(&self) -> Result<bool> {
        let Pools::Sqlite { writer, .. } = &self.pools else { return Ok(true) };
        let (mut of_keys, mut of_rows) = (false, false);
        for _ in 0..25 {
            // Whoever reads the one does not keep the other.
            of_keys = of_keys || self.keys.forget_log().await?;
            of_rows = of_rows || forget_log(writer).await?;
            if of_keys && of_rows {
                return Ok(true);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(false)
    }

    /// Whether [`Self::forget_logs`] has to come again.
    pub(crate) fn logs_hold_erased(&self) -> bool {
        self.logs_hold_erased.load(Ordering::SeqCst)
    }

    /// The key that receipts of ended accounts are signed with (Ed25519, RFC 8032).
    #[must_use]
    pub fn receipt_key(&self) -> SigningKey {
        self.keys.receipts()
    }

    /// The users' keys.
    pub(crate) const fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The time.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Randomness.
    #[must_use]
    pub const fn random(&self) -> &Random {
        &self.random
    }

    /// Whether mail is sent, and when there is some to send.
    #[must_use]
    pub const fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// Wakes whoever makes exports on this server.
    #[must_use]
    pub fn exports(&self) -> &Notify {
        &self.exports
    }

    /// Live events from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Signal> {
        self.signals.subscribe()
    }

    /// Lets running queries end and closes the database.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
        self.keys.close().await;
    }

    /// Whether the database answers, and on SQLite whether its pages are sound.
    ///
    /// # Errors
    /// The database failed, or is damaged.
    pub async fn check(&self) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => {
                let answer: String = sqlx::query_scalar("PRAGMA quick_check").fetch_one(readers).await?;
                let broken: Vec<sqlx::sqlite::SqliteRow> =
                    sqlx::query("PRAGMA foreign_key_check").fetch_all(readers).await?;
                if answer == "ok" && broken.is_empty() {
                    Ok(())
                } else {
                    Err(Error::Corrupt("the database file"))
                }
            }
            Pools::Postgres(pool) => {
                sqlx::query("SELECT 1").execute(pool).await?;
                Ok(())
            }
        }
    }
}

impl Store {
    /// Every table and column, the keys' included, but for the bookkeeping of migrations: what the
    /// personal-data register has to account for.
    ///
    /// # Errors
    /// The database failed.
    pub async fn columns(&self) -> Result<Vec<(String, String)>> {
        const SQLITE_COLUMNS: &str = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
        match &self.pools {
            Pools::Sqlite { readers, .. } => {
                let mut columns = sqlx::query_as(SQLITE_COLUMNS).fetch_all(readers).await?;
                columns.extend(self.keys.sqlite_columns(SQLITE_COLUMNS).await?);
                Ok(columns)
            }
            Pools::Postgres(pool) => Ok(sqlx::query_as(
                "SELECT table_name::text, column_name::text FROM information_schema.columns
                 WHERE table_schema IN ('public', 'assent_keys') AND table_name NOT LIKE '\\_sqlx%'",
            )
            .fetch_all(pool)
            .await?),
        }
    }
}
