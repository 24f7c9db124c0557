//! Who and what the history can be asked about, by name.

use super::Wanted;
use crate::{
    Grant, Read, Result,
    connection::on_db,
    grants::{BillingView, HistoryView},
    sort_key::{containing, sort_key},
};
use domain::{
    UserId,
    history::{MOST_PEOPLE, Named},
};
use uuid::Uuid;

/// Those who have an account, by name.
pub(super) const HERE: &str = "SELECT p.id, p.name, FALSE, a.external
    FROM account a JOIN person p ON p.id = a.user_id
    WHERE a.organisation_id = $1 AND a.sort_key LIKE $2 ESCAPE '\\'
      AND EXISTS (SELECT 1 FROM history h WHERE h.organisation_id = $1 AND h.actor_id = a.user_id)
    ORDER BY a.sort_key, a.user_id LIMIT $3";
/// All who have none any more, until their names are replaced. Nothing is left of them but the name as it was
/// written, and no database folds it like [`sort_key`].
pub(super) const GONE: &str = "SELECT p.id, p.name, TRUE, FALSE FROM person p
    WHERE p.organisation_id = $1 AND p.terminated_at IS NOT NULL AND p.name <> 'former user'
      AND EXISTS (SELECT 1 FROM history h WHERE h.organisation_id = $1 AND h.actor_id = p.id)";
const ACTOR: &str = "SELECT name FROM person WHERE organisation_id = $1 AND id = $2";
const SUBJECT: &str = "SELECT name FROM person WHERE organisation_id = $1 AND id = $2
    UNION ALL SELECT name FROM role WHERE organisation_id = $1 AND id = $2
    UNION ALL SELECT name FROM partner WHERE organisation_id = $1 AND id = $2 AND (status <> 'deleted' OR $3)";

type Row = (Uuid, String, bool, bool);

/// At most [`MOST_PEOPLE`] of those who did something and have this in their names, by name; nobody where there is
/// nothing to look for in it.
///
/// # Errors
/// The database failed.
pub async fn people(read: &mut Read, grant: &Grant<HistoryView>, search: &str) -> Result<Vec<Named<UserId>>> {
    let wanted = sort_key(search);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let most = i64::try_from(MOST_PEOPLE).unwrap_or(i64::MAX);
    let mut rows: Vec<Row> = on_db!(read, c => sqlx::query_as(HERE)
        .bind(grant.organisation().0).bind(containing(search)).bind(most).fetch_all(c).await)?;
    let gone: Vec<Row> = on_db!(read, c => sqlx::query_as(GONE)
        .bind(grant.organisation().0).fetch_all(c).await)?;
    rows.extend(gone.into_iter().filter(|(_, name, ..)| sort_key(name).contains(&wanted)));
    rows.sort_by_cached_key(|(id, name, ..)| (sort_key(name), *id));
    let named = |(id, name, gone, external)| Named { id: UserId(id), name, external, gone };
    Ok(rows.into_iter().take(MOST_PEOPLE).map(named).collect())
}

/// The names of the person and of the subject that alone are asked for. Without the grant to view billing details
/// that of a deleted partner is left out.
///
/// # Errors
/// The database failed.
pub async fn of_wanted(
    read: &mut Read,
    grant: &Grant<HistoryView>,
    billing: Option<&Grant<BillingView>>,
    wanted: &Wanted,
) -> Result<(String, String)> {
    let organisation = grant.organisation().0;
    let person: Option<String> = match wanted.person {
        Some(person) => on_db!(read, c => sqlx::query_scalar(ACTOR)
            .bind(organisation).bind(person.0).fetch_optional(c).await)?,
        None => None,
    };
    let about: Option<String> = match wanted.about {
        Some(about) => on_db!(read, c => sqlx::query_scalar(SUBJECT)
            .bind(organisation).bind(about).bind(billing.is_some()).fetch_optional(c).await)?,
        None => None,
    };
    Ok((person.unwrap_or_default(), about.unwrap_or_default()))
}
