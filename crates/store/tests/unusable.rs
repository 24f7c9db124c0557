//! A database that can't be used is refused with one line that says why.

use sqlx::{Connection, SqliteConnection};
use std::path::Path;
use store::{Clock, Error, MasterKey, Options, Random, Store, testing::Throwaway};

async fn open_with(url: &str, key: [u8; 32]) -> Result<Store, Error> {
    let master_key = MasterKey::new(key);
    Store::open(Options { url, master_key, clock: Clock::System, random: Random::from_system() }).await
}

/// The one line, after making sure that it is one.
async fn refusal(url: &str) -> String {
    match open_with(url, [7; 32]).await {
        Err(Error::Unusable(line)) => {
            assert!(!line.contains('\n'), "{line}");
            line
        }
        other => panic!("{other:?}"),
    }
}

fn url_of(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

#[tokio::test]
async fn what_is_no_database_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("assent.db");
    std::fs::write(&file, "This is a letter, and a long one, but not a database. ".repeat(40)).unwrap();
    assert!(refusal(&url_of(&file)).await.contains("not a SQLite database"));
    assert!(refusal("mysql://localhost/a").await.contains("sqlite:// or postgres://"));
    assert!(refusal("postgres://nobody@127.0.0.1:1/none").await.contains("can't be reached"));
    let below = url_of(&file.join("deeper").join("assent.db"));
    assert!(refusal(&below).await.contains("folder"));
}

#[tokio::test]
async fn a_newer_schema_is_left_alone() {
    let throwaway = Throwaway::sqlite().await;
    throwaway.store.close().await;
    let mut connection = SqliteConnection::connect(&throwaway.url).await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (9999, 'from the future', TRUE, X'00', 0)";
    sqlx::query(newer).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    assert!(refusal(&throwaway.url).await.contains("newer version"));
}

#[tokio::test]
async fn a_locked_database_is_told() {
    let throwaway = Throwaway::sqlite().await;
    throwaway.store.close().await;
    let mut other = SqliteConnection::connect(&throwaway.url).await.unwrap();
    sqlx::query("PRAGMA locking_mode = EXCLUSIVE").execute(&mut other).await.unwrap();
    sqlx::query("BEGIN EXCLUSIVE").execute(&mut other).await.unwrap();
    assert!(refusal(&throwaway.url).await.contains("locked"));
}

/// `mode=ro` opens the file as SQLite does for whom its permissions let read only. They would not do
/// here: the superuser, as whom these tests run in a container, may write to every file.
#[tokio::test]
async fn a_read_only_database_is_told() {
    let throwaway = Throwaway::sqlite().await;
    throwaway.store.close().await;
    let read_only = format!("{}?mode=ro", throwaway.url);
    assert!(refusal(&read_only).await.contains("assent.db: the database is read-only"));
    let empty = tempfile::tempdir().unwrap();
    let not_yet_filled = format!("{}?mode=ro", url_of(&empty.path().join("assent.db")));
    assert!(refusal(&not_yet_filled).await.contains("assent.db: the database is read-only"));
    assert!(open_with(&throwaway.url, [7; 32]).await.is_ok(), "the same one, not read-only");
}

#[tokio::test]
async fn another_master_key_is_refused_and_the_right_one_is_not() {
    for throwaway in [Throwaway::sqlite().await, Throwaway::postgres().await] {
        assert!(open_with(&throwaway.url, [8; 32]).await.is_ok(), "without keys any will do");
        let contact = domain::users::Contact::parse("Ada", "ada@example.org").unwrap();
        let first = store::set_up::FirstOrganisation {
            name: domain::name::OrganisationName::parse("One").unwrap(),
            time_zone: "UTC".into(),
            admin: contact,
            password_hash: "none".into(),
            language: domain::Language::English,
            notice: domain::notice::Texts::default(),
        };
        store::set_up::create(&throwaway.store, first).await.unwrap();
        let other = open_with(&throwaway.url, [8; 32]).await;
        assert!(matches!(&other, Err(Error::Unusable(line)) if line.contains("master key")), "{other:?}");
        assert!(open_with(&throwaway.url, [7; 32]).await.is_ok());
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let throwaway = Throwaway::sqlite().await;
    let file = throwaway.url.strip_prefix("sqlite://").unwrap();
    let folder = Path::new(file).parent().unwrap();
    let modes: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| (entry.file_name(), entry.metadata().unwrap().permissions().mode() & 0o777))
        .collect();
    assert!(modes.len() >= 2, "{modes:?}");
    assert!(modes.iter().all(|(_, mode)| *mode == 0o600), "{modes:?}");
}
