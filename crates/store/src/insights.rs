//! Anonymous usage: one number for each feature and day, over all organisations of the installation.
//!
//! A count is written only where the row has ten or more afterwards, whichever of several servers writes; the
//! table itself refuses anything else. What is read is rounded here already, so no exact count leaves the store.
//! No organisation, user or session has any part in it.

use crate::{Grant, Own, Read, Result, Store, Tx, connection::on_db, grants::InsightsView};
use domain::insights::{FEWEST, Feature, Frequency};

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// How long counts are kept, in days: a year can be shown, and a month to look at it.
const KEPT: i64 = 400;

/// Uses that one server has counted in its memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Uses {
    /// Of what.
    pub feature: Feature,
    /// On which day, since 1970-01-01 in UTC.
    pub day: i64,
    /// How many.
    pub count: i64,
}

/// A day's count, as it may be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Of what.
    pub feature: Feature,
    /// On which day, since 1970-01-01 in UTC.
    pub day: i64,
    /// How often.
    pub count: Frequency,
}

/// The day of a moment (unix milliseconds) in UTC, since 1970-01-01.
#[must_use]
pub const fn day(moment: i64) -> i64 {
    moment.div_euclid(DAY)
}

/// Adds uses to the rows of their days and says which of them were added. The others have to wait for more: their
/// day has no row yet, and they are fewer than ten.
///
/// # Errors
/// The database failed; then nothing was added.
pub async fn add(store: &Store, mut uses: Vec<Uses>) -> Result<Vec<Uses>> {
    // In the same order on every server, so that none waits for another that waits for it.
    uses.sort_unstable();
    store
        .write_in_turn(async move |tx| {
            let mut added = Vec::new();
            for one in &uses {
                if add_one(tx, *one).await? {
                    added.push(*one);
                }
            }
            Ok(added)
        })
        .await
}

/// Ten or more may begin a row; fewer only come to one that is there, which has ten already.
async fn add_one(tx: &mut Tx, Uses { feature, day, count }: Uses) -> Result<bool> {
    let sql = if count >= FEWEST {
        "INSERT INTO usage_count (feature, day, count) VALUES ($1, $2, $3)
         ON CONFLICT (feature, day) DO UPDATE SET count = usage_count.count + excluded.count"
    } else {
        "UPDATE usage_count SET count = count + $3 WHERE feature = $1 AND day = $2"
    };
    let rows = on_db!(tx, c => sqlx::query(sql).bind(feature.code()).bind(day).bind(count)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(rows > 0)
}

/// The counts from a day on, the newest first.
///
/// # Errors
/// The database failed.
pub async fn list(read: &mut Read, _: &Grant<InsightsView>, since: i64) -> Result<Vec<Stored>> {
    rows(read, since).await
}

/// The same for what everybody is told about how usage is counted.
///
/// # Errors
/// The database failed.
pub async fn list_openly(read: &mut Read, _: &Grant<Own>, since: i64) -> Result<Vec<Stored>> {
    rows(read, since).await
}

/// A feature that is no longer counted is left out.
async fn rows(read: &mut Read, since: i64) -> Result<Vec<Stored>> {
    let rows: Vec<(String, i64, i64)> = on_db!(read, c => sqlx::query_as(
        "SELECT feature, day, count FROM usage_count WHERE day >= $1 ORDER BY day DESC, feature")
        .bind(since).fetch_all(c).await)?;
    let read = |(code, day, count): (String, i64, i64)| {
        Some(Stored { feature: Feature::from_code(&code)?, day, count: Frequency::of(count) })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Deletes what is older than can be shown.
pub(crate) async fn sweep(tx: &mut Tx) -> Result<()> {
    let oldest = day(tx.now()) - KEPT;
    on_db!(tx, c => sqlx::query("DELETE FROM usage_count WHERE day < $1")
        .bind(oldest).execute(c).await.map(drop))?;
    Ok(())
}
