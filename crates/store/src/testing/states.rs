//! States that no use case makes, and the way back from any state, while servers stay on the database.

use super::Throwaway;
use crate::{Tx, connection::on_db, database::Pools};
use domain::RoleId;
use sqlx::{AssertSqlSafe, SqlitePool};
use std::{collections::BTreeSet, path::Path};

impl Throwaway {
    /// Lets a role hold exactly the permissions of these codes, whatever the rules say of such a set and
    /// of whoever holds the role.
    ///
    /// # Panics
    /// If it can't be done.
    pub async fn let_role_hold(&self, role: RoleId, codes: &[&str]) {
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        let change = async move |tx: &mut Tx| {
            on_db!(tx, c => sqlx::query("DELETE FROM role_permission WHERE role_id = $1")
                .bind(role.0).execute(c).await.map(drop))?;
            for code in &codes {
                on_db!(tx, c => sqlx::query("INSERT INTO role_permission (role_id, permission) VALUES ($1, $2)")
                    .bind(role.0).bind(code).execute(c).await.map(drop))?;
            }
            Ok(())
        };
        self.store.write(change).await.expect("a role that was changed");
    }

    /// Gives these tables of an SQLite database the rows that they have in `before`, which nobody may be
    /// writing to. It is meant for often: what the power could take away is not waited for from here on.
    ///
    /// # Panics
    /// If it can't be done.
    pub async fn set_back(&self, before: &Self, tables: &BTreeSet<String>) {
        let (keys, rows): (Vec<_>, Vec<_>) = tables.iter().partition(|table| *table == "user_key");
        let Pools::Sqlite { writer, .. } = &self.store.pools else {
            unreachable!("only SQLite's are copied")
        };
        replace(writer, &before.folder.path().join("assent.db"), &rows).await;
        replace(self.store.keys().sqlite_pool(), &before.folder.path().join("keys.db"), &keys).await;
    }
}

/// References are not looked at meanwhile: afterwards they are as they were.
async fn replace(pool: &SqlitePool, from: &Path, tables: &[&String]) {
    if tables.is_empty() {
        return;
    }
    let table = |table: &&String| {
        format!("DELETE FROM main.{table}; INSERT INTO main.{table} SELECT * FROM before.{table};")
    };
    let tables: String = tables.iter().map(table).collect();
    let script = format!(
        "PRAGMA synchronous = OFF; ATTACH '{}' AS before; PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE; {tables}
         COMMIT; PRAGMA foreign_keys = ON; DETACH before;",
        from.display()
    );
    sqlx::raw_sql(AssertSqlSafe(script)).execute(pool).await.expect("the rows of before");
}
