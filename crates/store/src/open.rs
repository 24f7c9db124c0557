//! Opening either database, bringing its schema up to date, and saying in one line what is wrong
//! with one that can't be used.

use crate::{
    Error, MasterKey, Result,
    database::{Pools, Signal},
    keys::Keys,
};
use sqlx::{
    SqlitePool,
    migrate::{MigrateError, Migrator},
    postgres::{PgListener, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, str::FromStr, time::Duration};
use tokio::sync::broadcast;

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static SQLITE_KEYS: Migrator = sqlx::migrate!("../../migrations/sqlite_keys");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

pub(crate) async fn open_sqlite(url: &str, master_key: MasterKey) -> Result<(Pools, Keys)> {
    let main = SqliteConnectOptions::from_str(url).map_err(|_| {
        Error::Unusable("ASSENT_DATABASE_URL is not a SQLite address such as sqlite://data/assent.db".into())
    })?;
    let file = main.get_filename().to_path_buf();
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|_| unusable(&file, "its folder can't be created"))?;
    }
    let key_file = file.with_file_name("keys.db");
    create_private(&file);
    create_private(&key_file);
    let main = sqlite_options(main);
    let writer = SqlitePoolOptions::new().max_connections(1).test_before_acquire(false);
    let writer = writer.connect_with(main.clone()).await.map_err(|error| explain(&file, &error))?;
    SQLITE.run(&writer).await.map_err(|error| explain_migration(&file, error))?;
    try_to_write(&writer, "DELETE FROM organisation WHERE FALSE", &file).await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(8)
        .test_before_acquire(false)
        .connect_with(main.clone().read_only(true))
        .await
        .map_err(|error| explain(&file, &error))?;

    let keys = SqlitePoolOptions::new()
        .max_connections(1)
        .test_before_acquire(false)
        .connect_with(main.filename(&key_file))
        .await
        .map_err(|error| explain(&key_file, &error))?;
    SQLITE_KEYS.run(&keys).await.map_err(|error| explain_migration(&key_file, error))?;
    try_to_write(&keys, "DELETE FROM user_key WHERE FALSE", &key_file).await?;
    Ok((Pools::Sqlite { writer, readers }, Keys::sqlite(keys, master_key)))
}

/// SQLite opens a file that it may only read without a word, and a schema that is up to date needs no
/// writing: so what changes nothing is written, to fail now and not in the middle of somebody's work.
async fn try_to_write(pool: &SqlitePool, nothing: &'static str, file: &Path) -> Result<()> {
    sqlx::query(nothing).execute(pool).await.map(drop).map_err(|error| explain(file, &error))
}

/// Makes the file readable by its owner only, before SQLite would make it readable by everybody; the
/// files beside it take its mode. What goes wrong here, SQLite will say.
fn create_private(file: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(file));
}

fn sqlite_options(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("secure_delete", "ON")
        // What is sorted, or kept to be undone, would else go through files that nobody wipes.
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", "-2048")
}

pub(crate) async fn open_postgres(
    url: &str,
    master_key: MasterKey,
    signals: &broadcast::Sender<Signal>,
) -> Result<(Pools, Keys)> {
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .connect(url)
        .await
        .map_err(|_| {
            Error::Unusable("the PostgreSQL database of ASSENT_DATABASE_URL can't be reached".into())
        })?;
    POSTGRES
        .run(&pool)
        .await
        .map_err(|error| explain_migration(Path::new("the PostgreSQL database"), error))?;
    let mut listener = PgListener::connect_with(&pool).await?;
    // Here, so that no server runs that hears of nothing.
    listener.listen("assent_events").await?;
    tokio::spawn(listen(listener, signals.clone()));
    Ok((Pools::Postgres(pool.clone()), Keys::postgres(pool, master_key)))
}

/// Carries notifications to this server's open streams. After a lost connection events may be
/// missing, so everybody is told to ask again.
async fn listen(mut listener: PgListener, signals: broadcast::Sender<Signal>) {
    loop {
        match listener.try_recv().await {
            Ok(Some(notification)) => {
                if let Ok(event) = serde_json::from_str(notification.payload()) {
                    let _ = signals.send(Signal::Event(event));
                }
            }
            Ok(None) => {
                let _ = signals.send(Signal::Gap);
            }
            Err(sqlx::Error::PoolClosed) => return,
            Err(_) => {
                let _ = signals.send(Signal::Gap);
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

fn unusable(file: &Path, why: &str) -> Error {
    Error::Unusable(format!("{}: {why}", file.display()))
}

fn explain(file: &Path, error: &sqlx::Error) -> Error {
    let code = error.as_database_error().and_then(|failure| failure.code().map(std::borrow::Cow::into_owned));
    let why = match code.as_deref().and_then(|code| code.parse::<u32>().ok()).map(|code| code & 0xff) {
        Some(5 | 6) => "the database is locked by another program",
        Some(8) => "the database is read-only",
        Some(14) => "the database can't be opened; check that its folder exists and may be written to",
        Some(26) => "this file is not a SQLite database",
        Some(11) => "the database file is damaged",
        _ => "the database can't be opened",
    };
    unusable(file, why)
}

fn explain_migration(file: &Path, error: MigrateError) -> Error {
    match error {
        MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => {
            unusable(file, "the database was written by a newer version of Assent; run that one")
        }
        MigrateError::VersionMismatch(_) => {
            unusable(file, "the schema of the database differs from what this version wrote")
        }
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => explain(file, &error),
        _ => unusable(file, "the schema can't be brought up to date"),
    }
}
