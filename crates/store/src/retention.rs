//! The kept names of former users: for how long they stay, and replacing those whose period is over.

use crate::{Grant, Own, Read, Result, Store, System, Tx, connection::on_db};
use domain::{
    OrganisationId, UserId,
    retention::{FORMER_USER, MOST_YEARS, NamePeriods},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many names are replaced in one transaction.
const BATCH: i64 = 200;

/// What the end of somebody's name is counted from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NameFacts {
    /// The periods that the organisation has set.
    pub periods: NamePeriods,
    /// Where its years end, IANA.
    pub time_zone: String,
    /// When they last saved billing details, in unix milliseconds.
    pub billed_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    billing: i64,
    other: i64,
    time_zone: String,
    billed_at: Option<i64>,
}

/// What the end of a user's name is counted from.
pub(crate) async fn facts(read: &mut Read, organisation: OrganisationId, user: UserId) -> Result<NameFacts> {
    let row: Row = on_db!(read, c => sqlx::query_as(
        "SELECT name_years_billing AS billing, name_years_other AS other, time_zone,
                (SELECT b.saved_at FROM billing_version b WHERE b.saved_by = $2 ORDER BY b.id DESC LIMIT 1) AS billed_at
         FROM organisation WHERE id = $1")
        .bind(organisation.0).bind(user.0).fetch_one(c).await)?;
    let periods = periods(row.billing, row.other);
    Ok(NameFacts { periods, time_zone: row.time_zone, billed_at: row.billed_at })
}

/// What the end of one's own name is counted from.
///
/// # Errors
/// The database failed.
pub async fn own_facts(read: &mut Read, grant: &Grant<Own>) -> Result<NameFacts> {
    facts(read, grant.organisation(), grant.user()).await
}

/// An organisation and what it has set.
#[derive(Clone, Debug)]
pub struct Set {
    /// To act for it.
    pub grant: Grant<System>,
    /// Its periods.
    pub periods: NamePeriods,
    /// Where its years end, IANA.
    pub time_zone: String,
}

/// What each organisation has set.
///
/// # Errors
/// The database failed.
pub async fn all(read: &mut Read) -> Result<Vec<Set>> {
    let rows: Vec<(Uuid, i64, i64, String)> = on_db!(read, c => sqlx::query_as(
        "SELECT id, name_years_billing, name_years_other, time_zone FROM organisation").fetch_all(c).await)?;
    let set = |(id, billing, other, time_zone): (Uuid, i64, i64, String)| Set {
        grant: Grant::system(OrganisationId(id)),
        periods: periods(billing, other),
        time_zone,
    };
    Ok(rows.into_iter().map(set).collect())
}

/// The bounds of [`NamePeriods::due`], in unix milliseconds: the ends of the two years.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// Accounts that ended before.
    pub ended_before: i64,
    /// No billing details saved since.
    pub billed_before: i64,
}

/// Replaces the names that are due, a batch after the other, and says how many there were. Nobody who has an
/// account is among them.
///
/// # Errors
/// The database failed.
pub async fn replace_names(store: &Store, grant: &Grant<System>, due: Due) -> Result<u64> {
    let mut replaced = 0;
    loop {
        let organisation = grant.organisation();
        let batch = store.write(async move |tx| replace_batch(tx, organisation, due).await).await?;
        if batch == 0 {
            break;
        }
        // At once: the next batch may fail.
        store.note_erasure();
        replaced += batch;
    }
    // What was erased must not stay readable in the log.
    if replaced > 0 {
        store.forget_logs().await?;
    }
    Ok(replaced)
}

async fn replace_batch(tx: &mut Tx, organisation: OrganisationId, due: Due) -> Result<u64> {
    Ok(on_db!(tx, c => sqlx::query(
        "UPDATE person SET name = $4 WHERE id IN (
             SELECT p.id FROM person p
             WHERE p.organisation_id = $1 AND p.terminated_at IS NOT NULL AND p.terminated_at < $2
               AND p.name <> 'former user'
               AND NOT EXISTS (SELECT 1 FROM billing_version b WHERE b.saved_by = p.id AND b.saved_at >= $3)
             ORDER BY p.terminated_at, p.id LIMIT $5)")
        .bind(organisation.0).bind(due.ended_before).bind(due.billed_before).bind(FORMER_USER).bind(BATCH)
        .execute(c).await.map(|done| done.rows_affected()))?)
}

/// From their columns.
pub(crate) fn periods(billing: i64, other: i64) -> NamePeriods {
    NamePeriods { billing: years(billing), other: years(other) }
}

/// As it was parsed; what no server has written is kept for as long as there can be.
fn years(stored: i64) -> u16 {
    u16::try_from(stored).unwrap_or(MOST_YEARS).min(MOST_YEARS)
}
