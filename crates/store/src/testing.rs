//! Throwaway databases for tests, and dumps of everything in them.

pub mod erasure;
mod states;

use crate::{
    Clock, Grant, MasterKey, Options, Random, Result, Store, Token, connection::on_db, database::Pools,
    newsletters::switches,
};
use domain::{Language, NewsletterId, OrganisationId, UserId, newsletters::SetSwitch};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};
use std::collections::{BTreeMap, BTreeSet};
use tempfile::TempDir;
use uuid::Uuid;

/// A database that is gone when this is dropped.
#[derive(Debug)]
pub struct Throwaway {
    /// The database.
    pub store: Store,
    /// Where a second server would find it.
    pub url: String,
    folder: TempDir,
}

impl Throwaway {
    /// An empty SQLite database in a folder of its own.
    ///
    /// # Panics
    /// If it can't be made.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("assent.db").display());
        Self::open(url, folder).await
    }

    /// An empty database of its own on the server that `ASSENT_TEST_POSTGRES_URL` names.
    ///
    /// # Panics
    /// If the variable is missing or the database can't be made: it is never skipped.
    pub async fn postgres() -> Self {
        let server = std::env::var("ASSENT_TEST_POSTGRES_URL")
            .expect("ASSENT_TEST_POSTGRES_URL is not set; run the tests with `cargo xtask test`");
        let [number] = [u128::from_be_bytes(Random::from_system().bytes())];
        let name = format!("assent_{number:x}");
        let mut admin = PgConnection::connect(&server).await.expect("the test server");
        let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::query(create).execute(&mut admin).await.expect("a new database");
        let (base, _) = server.rsplit_once('/').expect("a path in the address");
        Self::open(format!("{base}/{name}"), tempfile::tempdir().expect("a temporary folder")).await
    }

    async fn open(url: String, folder: TempDir) -> Self {
        let store = open(&url, Clock::System).await.expect("an empty database");
        Self { store, url, folder }
    }

    /// Another server on the same database.
    ///
    /// # Panics
    /// If it can't be opened.
    pub async fn second(&self) -> Store {
        self.at(Clock::System).await
    }

    /// Another server on the same database that takes the time from this clock.
    ///
    /// # Panics
    /// If it can't be opened.
    pub async fn at(&self, clock: Clock) -> Store {
        open(&self.url, clock).await.expect("the same database")
    }

    /// Whether it is SQLite.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        matches!(self.store.pools, Pools::Sqlite { .. })
    }

    /// Runs one statement, to make what no use case makes yet.
    ///
    /// # Panics
    /// If it fails.
    pub async fn execute(&self, sql: &'static str) {
        self.execute_text(sql).await;
    }

    /// The same for one that is put together by a test.
    ///
    /// # Panics
    /// If it fails.
    pub async fn execute_text(&self, sql: &str) {
        let done = match &self.store.pools {
            Pools::Sqlite { writer, .. } => sqlx::query(AssertSqlSafe(sql)).execute(writer).await.map(drop),
            Pools::Postgres(pool) => sqlx::query(AssertSqlSafe(sql)).execute(pool).await.map(drop),
        };
        done.expect("a statement");
    }

    /// Switches a newsletter on for everybody who is active, and gives back what opts each of them out.
    ///
    /// # Panics
    /// If it can't be done.
    pub async fn opt_in_everybody(&self, newsletter: NewsletterId) -> Vec<(UserId, Token)> {
        let mut read = self.store.read().await.expect("a connection");
        let users: Vec<(Uuid, Uuid)> = on_db!(read, c => sqlx::query_as(
            "SELECT a.organisation_id, a.user_id FROM account a
             JOIN newsletter n ON n.organisation_id = a.organisation_id AND n.id = $1
             WHERE a.status = 'active' ORDER BY a.user_id")
            .bind(newsletter.0).fetch_all(c).await)
        .expect("the users");
        drop(read);
        let mut opted_in = Vec::new();
        for (organisation, user) in users {
            let grant = Grant::of_job(OrganisationId(organisation), UserId(user));
            let request = SetSwitch { id: newsletter, text_version: 1, on: true };
            switches::set(&self.store, &grant, request, Language::English).await.expect("switched on");
            let token = self.store.keys().unsubscribe_token(grant.user(), newsletter);
            opted_in.push((grant.user(), token));
        }
        opted_in
    }

    /// A copy of an SQLite database that nobody is writing to.
    ///
    /// # Panics
    /// If it can't be made.
    pub async fn copy(&self) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for entry in std::fs::read_dir(self.folder.path()).expect("the folder").flatten() {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("a copy");
        }
        Self::open(format!("sqlite://{}", folder.path().join("assent.db").display()), folder).await
    }

    /// Every row of every table, the keys' included, as text.
    ///
    /// # Panics
    /// If it can't be read.
    pub async fn dump(&self) -> BTreeMap<String, Vec<String>> {
        let columns = self.store.columns().await.expect("the schema");
        let mut dump = BTreeMap::new();
        for table in columns.iter().map(|(table, _)| table).collect::<BTreeSet<_>>() {
            let of_table: Vec<_> =
                columns.iter().filter(|(name, _)| name == table).map(|(_, it)| it).collect();
            dump.insert(table.clone(), self.rows(table, &of_table).await);
        }
        dump
    }

    async fn rows(&self, table: &str, columns: &[&String]) -> Vec<String> {
        let keys = table == "user_key";
        match &self.store.pools {
            Pools::Sqlite { readers, .. } => {
                let quoted: Vec<_> = columns.iter().map(|column| format!("quote({column})")).collect();
                let sql = format!("SELECT {} FROM {table}", quoted.join(" || ' ' || "));
                let pool = if keys { self.store.keys().sqlite_pool() } else { readers };
                let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(pool).await.expect("rows");
                rows.iter().map(|row| row.get::<String, _>(0).to_lowercase()).collect()
            }
            Pools::Postgres(pool) => {
                let schema = if keys { "assent_keys." } else { "" };
                let sql = format!("SELECT to_jsonb(t)::text FROM {schema}{table} AS t");
                let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(pool).await.expect("rows");
                // Ids are written like SQLite's, so that one search finds them in both.
                rows.iter().map(|row| row.get::<String, _>(0).to_lowercase().replace('-', "")).collect()
            }
        }
    }
}

async fn open(url: &str, clock: Clock) -> Result<Store> {
    let options = Options { url, master_key: MasterKey::new([7; 32]), clock, random: Random::from_system() };
    Store::open(options).await
}
