//! A million rows in seconds: made by the database itself, in one transaction. Ids are UUID v7.

use crate::Result;
use domain::{PartnerId, UserId, partners::PAGE};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use store::Caller;

/// Fills the partners of the first organisation up to `count`. Names come in another order than ids,
/// as in life.
pub async fn partners(file: &str, count: i64) -> Result<()> {
    let mut connection = open(file).await?;
    let there: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM partner").fetch_one(&mut connection).await?;
    let insert = "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < $1)
        INSERT INTO partner (id, organisation_id, name, sort_key, status, kind, website, country, version, created_at)
        SELECT unhex(printf('%012x7%03x8%015x', 1767225600000 + n, n % 4096, n)), (SELECT id FROM organisation),
               printf('Partner %07d Media GmbH', n * 7919 % $1), printf('partner %07d media gmbh', n * 7919 % $1),
               'active', 'publisher', printf('https://www.partner-%d.example', n), 'DE', 1, 1767225600000 + n
        FROM number";
    sqlx::query(insert).bind(count - there).execute(&mut connection).await?;
    settle(connection).await
}

/// The partner, by name, after which the last page of the list begins.
pub async fn before_last_page(file: &str) -> Result<PartnerId> {
    let mut connection = open(file).await?;
    let select =
        "SELECT id FROM partner WHERE status = 'active' ORDER BY sort_key DESC, id DESC LIMIT 1 OFFSET $1";
    let id = sqlx::query_scalar(select).bind(i64::try_from(PAGE)?).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(PartnerId(id))
}

/// Fills the users of the first organisation up to `count`. Each tenth is from outside; one in a hundred holds
/// the first role by name.
pub async fn users(file: &str, count: i64) -> Result<()> {
    let mut connection = open(file).await?;
    let there: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM account").fetch_one(&mut connection).await?;
    let number = "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < $1)";
    let id = "unhex(printf('%012x7%03x8%015x', 1767225600000 + n, n % 4096, n))";
    let people = format!(
        "{number} INSERT INTO person (id, organisation_id, name)
         SELECT {id}, (SELECT id FROM organisation), printf('User %06d Surname', n * 7919 % $1) FROM number"
    );
    let accounts = format!(
        "{number} INSERT INTO account
             (user_id, organisation_id, sort_key, status, external, language, version, created_at)
         SELECT {id}, (SELECT id FROM organisation), printf('user %06d surname', n * 7919 % $1), 'active',
                n % 10 = 0, 'en', 1, 1767225600000 + n FROM number"
    );
    let roles = format!(
        "{number} INSERT INTO role_assignment (user_id, role_id)
         SELECT {id}, (SELECT id FROM role WHERE NOT system ORDER BY sort_key LIMIT 1) FROM number WHERE n % 100 = 0"
    );
    for insert in [people, accounts, roles] {
        sqlx::query(AssertSqlSafe(insert)).bind(count - there).execute(&mut connection).await?;
    }
    settle(connection).await
}

/// The user, by name, after whom the last page of the list begins.
pub async fn before_last_users(file: &str) -> Result<UserId> {
    let mut connection = open(file).await?;
    let select = "SELECT user_id FROM account ORDER BY sort_key DESC, user_id DESC LIMIT 1 OFFSET $1";
    let page = i64::try_from(domain::users::PAGE)?;
    let id = sqlx::query_scalar(select).bind(page).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(UserId(id))
}

/// Adds `count` rows to the history, done by the caller; sealed, so that a server does not begin to. What their
/// chain says is nothing.
pub async fn history(file: &str, caller: &Caller, count: i64) -> Result<()> {
    let mut connection = open(file).await?;
    // A server seals at the same time: the places are taken in one transaction.
    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
    let sealed: i64 =
        sqlx::query_scalar("SELECT COALESCE(MAX(sequence), 0) FROM history").fetch_one(&mut *tx).await?;
    let insert = "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < $1)
        INSERT INTO history
            (id, organisation_id, at, actor_id, subject_kind, subject_id, action, topic, sequence, hash)
        SELECT unhex(printf('%012x7%03x8', 1767225600000 + n, n % 4096) || substr(hex($2), -15)), $3,
               1767225600000 + n, $2, 'organisation', NULL, '\"organisation_created\"', 'organisation',
               $4 + 1 + n, zeroblob(32)
        FROM number";
    let insert =
        sqlx::query(insert).bind(count).bind(caller.user().0).bind(caller.organisation().0).bind(sealed);
    insert.execute(&mut *tx).await?;
    move_head(&mut tx, sealed + count).await?;
    tx.commit().await?;
    settle(connection).await
}

/// Says that so many entries of the one organisation are sealed.
pub async fn move_head(connection: &mut SqliteConnection, sequence: i64) -> Result<()> {
    let head = "INSERT INTO history_head (organisation_id, sequence, hash)
                SELECT id, $1, zeroblob(32) FROM organisation WHERE TRUE
                ON CONFLICT (organisation_id) DO UPDATE SET sequence = excluded.sequence";
    sqlx::query(head).bind(sequence).execute(connection).await?;
    Ok(())
}

pub async fn open(file: &str) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(file).pragma("cache_size", "-262144");
    Ok(SqliteConnection::connect_with(&options).await?)
}

/// Leaves the database as one that has been at rest: statistics aside, which nobody else makes either.
pub async fn settle(mut connection: SqliteConnection) -> Result<()> {
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
    Ok(connection.close().await?)
}
