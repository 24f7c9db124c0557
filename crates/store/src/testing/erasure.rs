//! What an erasure leaves behind: every byte that lies there, what of a user's data is plain among it,
//! and which ciphertexts the keys of today still open.

use super::Throwaway;
use crate::{
    connection::on_db,
    database::Pools,
    keys::{Content, TextPlace, UserKey},
    personal_data::{Column, Fate, Shape, users},
};
use domain::UserId;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use uuid::Uuid;

/// Bytes, and where they were found.
pub type Place = (String, Vec<u8>);

/// How much of a value is enough to know it again, in bytes.
const TELLING: usize = 24;
/// More than certainly lies in one piece, in bytes.
const LONG: usize = 2000;

/// Something that is encrypted under a user's key, as it lies in the database.
#[derive(Clone, Debug)]
pub struct Ciphertext {
    /// Whose it is.
    pub user: UserId,
    /// Its column, as `table.column`.
    pub place: String,
    sealed: Vec<u8>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Content(Content),
    Text { of: Uuid, part: &'static [u8] },
}

/// A reader beside the store that holds on to the files as they were when it began.
pub struct Held(SqliteConnection);

impl Held {
    /// Lets go.
    ///
    /// # Panics
    /// If the file can't be closed.
    pub async fn release(self) {
        self.0.close().await.expect("closed");
    }
}

impl Throwaway {
    /// All that lies there. On SQLite every byte of every file of the folder: database, write-ahead
    /// logs, shared memory, whatever else is in it. On PostgreSQL every text, JSON and binary column of
    /// every table, the program's own or not.
    ///
    /// # Panics
    /// If it can't be read, or there is a column whose type nobody has thought about.
    pub async fn everything(&self) -> Vec<Place> {
        match &self.store.pools {
            Pools::Sqlite { .. } => self.files(),
            Pools::Postgres(_) => self.cells().await,
        }
    }

    fn files(&self) -> Vec<Place> {
        let mut folders = vec![self.folder.path().to_path_buf()];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("the folder").flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else {
                    let bytes = std::fs::read(entry.path()).expect("a file");
                    files.push((entry.file_name().to_string_lossy().into_owned(), bytes));
                }
            }
        }
        assert!(files.len() >= 4, "two databases, each with its log: {}", files.len());
        files
    }

    async fn cells(&self) -> Vec<Place> {
        let Pools::Postgres(pool) = &self.store.pools else { unreachable!("asked for cells on SQLite") };
        let columns: Vec<(String, String, String, String)> = sqlx::query_as(
            "SELECT table_schema::text, table_name::text, column_name::text, data_type::text
             FROM information_schema.columns
             WHERE table_schema NOT IN ('information_schema', 'pg_catalog')",
        )
        .fetch_all(pool)
        .await
        .expect("the schema");
        let mut places = Vec::new();
        for (schema, table, column, kind) in columns {
            let bytes = match kind.as_str() {
                "bytea" => format!("\"{column}\""),
                "text" | "character varying" | "json" | "jsonb" => {
                    format!("convert_to(\"{column}\"::text, 'UTF8')")
                }
                // Nothing can be hidden in these.
                "uuid"
                | "bigint"
                | "integer"
                | "boolean"
                | "double precision"
                | "timestamp with time zone" => continue,
                other => panic!("{table}.{column} is {other}, which nobody has thought about"),
            };
            let sql = format!("SELECT {bytes} FROM \"{schema}\".\"{table}\" WHERE \"{column}\" IS NOT NULL");
            let cells: Vec<Vec<u8>> =
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(pool).await.expect("cells");
            places.push((format!("{table}.{column}"), cells.join(&b"\n"[..])));
        }
        places
    }

    /// What lies there of a user that nobody can read but that is theirs alone, by the register: hashes,
    /// secrets and ciphertexts, and their key as it is wrapped. Of each a piece, which is enough to know it
    /// again.
    ///
    /// # Panics
    /// If it can't be read.
    pub async fn unreadable_of(&self, user: UserId) -> Vec<Place> {
        let goes = |column: &&Column| column.fate == Fate::Erase && column.subject.is_some();
        let unreadable = |column: &&Column| {
            matches!(column.shape(), Shape::Withheld(_) | Shape::Sealed(_) | Shape::Placed(_))
        };
        let mut places = Vec::new();
        for column in users().filter(goes).filter(unreadable).filter(|it| it.table != "user_key") {
            let Column { table, column, .. } = column;
            let mut read = self.store.read().await.expect("a connection");
            let cast = match &self.store.pools {
                Pools::Sqlite { .. } => format!("CAST({column} AS BLOB)"),
                Pools::Postgres(_) if self.is_text(table, column).await => {
                    format!("convert_to({column}, 'UTF8')")
                }
                Pools::Postgres(_) => (*column).to_owned(),
            };
            let sql = format!("SELECT {cast} FROM {table} WHERE user_id = $1 AND {column} IS NOT NULL");
            let values: Vec<Vec<u8>> = on_db!(read, c => sqlx::query_scalar(AssertSqlSafe(sql.clone()))
                .bind(user.0).fetch_all(c).await)
            .expect("values");
            places.extend(values.iter().map(|value| (format!("{table}.{column}"), telling(value))));
        }
        let wrapped = self.store.keys().wrapped(user).await.expect("the keys").expect("a key");
        places.push(("user_key.wrapped".into(), wrapped));
        places
    }

    async fn is_text(&self, table: &str, column: &str) -> bool {
        let Pools::Postgres(pool) = &self.store.pools else { return false };
        let kind: String = sqlx::query_scalar(
            "SELECT data_type::text FROM information_schema.columns WHERE table_name = $1 AND column_name = $2",
        )
        .bind(table)
        .bind(column)
        .fetch_one(pool)
        .await
        .expect("the type of a column");
        kind == "text"
    }

    /// Every ciphertext under a user's key, as anybody who copied the database has it.
    ///
    /// # Panics
    /// If it can't be read, or the register calls something encrypted that isn't looked at here.
    pub async fn ciphertexts(&self) -> Vec<Ciphertext> {
        let mut found = Vec::new();
        for column in users().filter(|column| column.purpose.ends_with("encrypted")) {
            let Column { table, column: name, .. } = column;
            let (id, kind): (&str, fn(Uuid, &Column) -> Kind) = match (column.shape(), *table) {
                (Shape::Placed(_), _) => ("id", text),
                (Shape::Sealed(_), _) => ("user_id", content),
                (_, "totp") => ("user_id", |_, _| Kind::Content(Content::TotpSecret)),
                (_, "data_export") => ("user_id", |_, _| Kind::Content(Content::Export)),
                _ => panic!("{table}.{name} is encrypted, and nobody tries to read it"),
            };
            let sql = format!("SELECT user_id, {id}, {name} FROM {table} WHERE {name} IS NOT NULL");
            let mut read = self.store.read().await.expect("a connection");
            let rows: Vec<(Uuid, Uuid, Vec<u8>)> = on_db!(read, c =>
                sqlx::query_as(AssertSqlSafe(sql.clone())).fetch_all(c).await)
            .expect("ciphertexts");
            found.extend(rows.into_iter().map(|(user, of, sealed)| Ciphertext {
                user: UserId(user),
                place: format!("{table}.{name}"),
                sealed,
                kind: kind(of, column),
            }));
        }
        found
    }

    /// What of these the keys and the master key of this moment open: each is tried with every key.
    ///
    /// # Panics
    /// If the keys can't be read.
    pub async fn decrypt(&self, ciphertexts: &[Ciphertext]) -> Vec<Place> {
        let keys = self.store.keys().all().await.expect("the keys");
        let opened = |it: &Ciphertext| {
            keys.iter()
                .find_map(|key| open(&key.standing_in_for(it.user), it))
                .map(|bytes| (it.place.clone(), bytes))
        };
        ciphertexts.iter().filter_map(opened).collect()
    }

    /// A reader beside the store, on one of SQLite's files.
    ///
    /// # Panics
    /// If it can't be read.
    pub async fn hold(&self, file: &str) -> Held {
        let url = format!("sqlite://{}?mode=ro", self.folder.path().join(file).display());
        let mut reader = SqliteConnection::connect(&url).await.expect("the file");
        sqlx::query("BEGIN").execute(&mut reader).await.expect("a transaction");
        sqlx::query("SELECT COUNT(*) FROM sqlite_master").execute(&mut reader).await.expect("a snapshot");
        Held(reader)
    }
}

/// A piece of a value: its middle, since secrets begin with how they were made. The files of SQLite hold
/// what is long in several places; but its beginning is in one.
fn telling(value: &[u8]) -> Vec<u8> {
    let at = if value.len() > LONG { 0 } else { value.len().saturating_sub(TELLING) / 2 };
    value.iter().skip(at).take(TELLING).copied().collect()
}

fn text(of: Uuid, column: &Column) -> Kind {
    let Shape::Placed(part) = column.shape() else { unreachable!("a text has its place") };
    Kind::Text { of, part }
}

fn content(_: Uuid, column: &Column) -> Kind {
    let Shape::Sealed(content) = column.shape() else { unreachable!("something sealed") };
    Kind::Content(content)
}

fn open(key: &UserKey, ciphertext: &Ciphertext) -> Option<Vec<u8>> {
    match ciphertext.kind {
        Kind::Content(content) => key.open(content, &ciphertext.sealed).ok().map(|bytes| bytes.to_vec()),
        Kind::Text { of, part } => {
            key.decrypt_text(TextPlace { of, part }, &ciphertext.sealed).ok().map(String::into_bytes)
        }
    }
}
