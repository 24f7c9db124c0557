//! A history of millions: sealed, so that a server does not begin to. What its chain says is nothing.

use crate::{
    Result,
    fill::{move_head, open, settle},
};
use domain::{HistoryId, UserId, id::Uuid};
use serde_json::json;

/// Fills the history of the first organisation up to `count`: by its first five people in turn, one entry a
/// second, on ten thousand things. One in a hundred thousand is about a newsletter, none about privacy.
pub async fn fill(file: &str, count: i64) -> Result<()> {
    let mut connection = open(file).await?;
    let there: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(sequence), 0) FROM history")
        .fetch_one(&mut connection)
        .await?;
    let insert = "WITH RECURSIVE number(n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < $2),
                  people AS MATERIALIZED (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS place FROM person LIMIT 5)
        INSERT INTO history
            (id, organisation_id, at, actor_id, subject_kind, subject_id, action, topic, sequence, hash)
        SELECT unhex(printf('%012x7%03x8%015x', 1767225600000 + n * 1000, n % 4096, n)),
               (SELECT id FROM organisation), 1767225600000 + n * 1000, people.id, 'partner',
               unhex(printf('%032x', n * 7919 % 10000)), '\"partner_created\"',
               CASE WHEN n % 100000 = 0 THEN 'newsletters' WHEN n % 3 = 0 THEN 'rights' ELSE 'partners' END,
               n + 1, zeroblob(32)
        FROM number JOIN people ON people.place = n % 5";
    sqlx::query(insert).bind(there).bind(count).execute(&mut connection).await?;
    move_head(&mut connection, count).await?;
    settle(connection).await
}

/// An entry in the middle and one before the last page, somebody who acted, and something that was acted on.
pub async fn marks(file: &str) -> Result<String> {
    let mut connection = open(file).await?;
    let at = "SELECT id FROM history WHERE sequence = (SELECT sequence * $1 / 1000 + 60 FROM history_head)";
    let middle: Uuid = sqlx::query_scalar(at).bind(500).fetch_one(&mut connection).await?;
    let last: Uuid = sqlx::query_scalar(at).bind(0).fetch_one(&mut connection).await?;
    let one = "SELECT actor_id, subject_id FROM history WHERE id = $1";
    let (person, about): (Uuid, Uuid) = sqlx::query_as(one).bind(middle).fetch_one(&mut connection).await?;
    let marks = json!({
        "middle": HistoryId(middle),
        "last": HistoryId(last),
        "person": UserId(person),
        "about": about,
    });
    Ok(marks.to_string())
}
