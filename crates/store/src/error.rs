//! What can go wrong below the services.

use domain::Conflict;
use std::{
    fmt,
    sync::atomic::{AtomicU32, Ordering},
};

/// The result of anything here.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something was not read or written.
#[derive(Debug)]
pub enum Error {
    /// The request doesn't fit what is there.
    Refused(domain::Error),
    /// The database failed.
    Database(sqlx::Error),
    /// A row that no version of Assent writes, named by what is odd about it.
    Corrupt(&'static str),
    /// The database or the key file can't be used; one line that says what to do.
    Unusable(String),
}

impl Error {
    /// Whether the database asks to try the same work again: serialisation failure, deadlock.
    pub(crate) fn is_transient(&self) -> bool {
        matches!(self.code().as_deref(), Some("40001" | "40P01"))
    }

    /// Whether SQLite says that somebody else is at it (SQLITE_BUSY and its finer codes).
    pub(crate) fn is_busy(&self) -> bool {
        self.code().and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code & 0xff == 5)
    }

    /// Makes a violated unique constraint the conflict that it is.
    pub(crate) fn unique(error: sqlx::Error, conflict: Conflict) -> Self {
        let violated = error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation);
        if violated { conflict.into() } else { Self::Database(error) }
    }

    /// The database's own code of the failure. Safe to log: it carries no values.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        let Self::Database(error) = self else { return None };
        error.as_database_error().and_then(|failure| failure.code().map(std::borrow::Cow::into_owned))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<domain::Error> for Error {
    fn from(error: domain::Error) -> Self {
        Self::Refused(error)
    }
}

impl From<Conflict> for Error {
    fn from(conflict: Conflict) -> Self {
        Self::Refused(conflict.into())
    }
}

/// For logs: never with a value out of a row.
impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => write!(formatter, "refused: {error}"),
            Self::Database(error) => match self.code() {
                Some(code) => write!(formatter, "database error {code}"),
                None => write!(formatter, "database error: {}", kind(error)),
            },
            Self::Corrupt(what) => write!(formatter, "unexpected data: {what}"),
            Self::Unusable(line) => formatter.write_str(line),
        }
    }
}

const fn kind(error: &sqlx::Error) -> &'static str {
    match error {
        sqlx::Error::PoolTimedOut => "no free connection",
        sqlx::Error::PoolClosed => "closed",
        sqlx::Error::Io(_) => "connection lost",
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => "a column of another type",
        sqlx::Error::ColumnNotFound(_) => "a column is missing",
        sqlx::Error::RowNotFound => "a row is missing",
        _ => "other",
    }
}

impl std::error::Error for Error {}

/// The one place where a failure of the database becomes an answer: a reference and no detail. The
/// log line under that reference has no values in it either.
impl From<Error> for domain::Error {
    fn from(error: Error) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        if let Error::Refused(refused) = error {
            return refused;
        }
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let reference = format!("{:x}-{count:x}", std::process::id());
        tracing::error!(%reference, "{error}");
        Self::Internal { reference }
    }
}
