//! How far somebody's file of the history is: one row for each user, which the server that sends writes now and
//! then and any server reads. It goes with the account, and a day after it was last written.
//!
//! Places in the chain ([`crate::chain`]) tell how far it is without counting: the file goes from the newest entry
//! to the oldest.

use super::Wanted;
use crate::{
    Error, Grant, Own, Read, Result, Tx, chain, connection::on_db, grants::HistoryView, random::first_id_at,
};
use domain::{
    ExportId, HistoryId,
    event::{Event, EventKind},
    history::{ExportState, HistoryExport},
};
use uuid::Uuid;

const MINUTE: i64 = 60 * 1000;
/// How long what is known of a file is kept: 24 hours.
const KEPT: i64 = 24 * 60 * MINUTE;

pub(super) const OLDEST: &str = "SELECT sequence FROM history
    WHERE organisation_id = $1 AND id >= $2 AND sequence IS NOT NULL ORDER BY id LIMIT 1";
pub(super) const NEWEST: &str = "SELECT sequence FROM history
    WHERE organisation_id = $1 AND id < $2 AND sequence IS NOT NULL ORDER BY id DESC LIMIT 1";

/// The places in the chain between which everything lies that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Of the oldest.
    pub oldest: i64,
    /// Of the newest.
    pub newest: i64,
}

impl Span {
    /// How many places there are.
    #[must_use]
    pub fn places(self) -> i64 {
        (self.newest - self.oldest + 1).max(0)
    }

    /// How far somebody is who came from the newest to this place, from 0 to 100. Places follow the order of
    /// ids nearly, but not always.
    #[must_use]
    pub fn percent(self, place: i64) -> i64 {
        let passed = (self.newest - place + 1).clamp(0, self.places());
        passed * 100 / self.places().max(1)
    }
}

/// Between which places everything lies that is wanted: two look-ups, however long the history is.
///
/// # Errors
/// The database failed.
pub async fn span(read: &mut Read, grant: &Grant<HistoryView>, wanted: &Wanted) -> Result<Span> {
    let oldest = match wanted.since {
        Some(since) => at(read, grant, (OLDEST, first_id_at(since))).await?,
        None => Some(1),
    };
    let newest = match wanted.until {
        Some(until) => at(read, grant, (NEWEST, first_id_at(until))).await?,
        None => Some(chain::head(read, grant).await?.sequence),
    };
    // Nothing lies after the end, nor before the beginning.
    Ok(Span { oldest: oldest.unwrap_or(i64::MAX), newest: newest.unwrap_or(0) })
}

async fn at(
    read: &mut Read,
    grant: &Grant<HistoryView>,
    (sql, id): (&'static str, Uuid),
) -> Result<Option<i64>> {
    Ok(on_db!(read, c => sqlx::query_scalar(sql)
        .bind(grant.organisation().0).bind(id).fetch_optional(c).await)?)
}

/// The place of an entry; none before it is sealed.
///
/// # Errors
/// The database failed.
pub async fn place(read: &mut Read, grant: &Grant<HistoryView>, id: HistoryId) -> Result<Option<i64>> {
    let found: Option<Option<i64>> = on_db!(read, c => sqlx::query_scalar(
        "SELECT sequence FROM history WHERE id = $1 AND organisation_id = $2")
        .bind(id.0).bind(grant.organisation().0).fetch_optional(c).await)?;
    Ok(found.flatten())
}

/// Begins another file, in place of what is known of the one before.
///
/// # Errors
/// The database failed.
pub async fn begin(tx: &mut Tx, grant: &Grant<Own>, expected: Option<i64>) -> Result<()> {
    let (id, ends_at) = (tx.new_id(), tx.now() + KEPT);
    on_db!(tx, c => sqlx::query(
        "INSERT INTO history_export (user_id, id, state, entries, expected, progress, ends_at)
         VALUES ($1, $2, 'running', 0, $3, 0, $4)
         ON CONFLICT (user_id) DO UPDATE
         SET id = excluded.id, state = excluded.state, entries = 0, expected = excluded.expected, progress = 0,
             ends_at = excluded.ends_at")
        .bind(grant.user().0).bind(id).bind(expected).bind(ends_at).execute(c).await.map(drop))
    .map_err(Error::from)
}

/// Says how far a file is, unless another one was begun since.
///
/// # Errors
/// The database failed.
pub async fn advance(tx: &mut Tx, grant: &Grant<Own>, now: &HistoryExport) -> Result<()> {
    let ends_at = tx.now() + KEPT;
    on_db!(tx, c => sqlx::query(
        "UPDATE history_export SET state = $3, entries = $4, progress = $5, ends_at = $6
         WHERE user_id = $1 AND id = $2 AND state = 'running'")
        .bind(grant.user().0).bind(now.id.0).bind(now.state.code()).bind(now.entries).bind(now.percent)
        .bind(ends_at).execute(c).await.map(drop))?;
    let (organisation, user) = (grant.organisation(), Some(grant.user()));
    tx.announce(Event { organisation, user, kind: EventKind::JobProgress });
    Ok(())
}

/// Id, state, entries, how many are expected, how far, and until when it is known.
type Row = (Uuid, String, i64, Option<i64>, i64, i64);

/// How far one's newest file is. One of which nothing was heard for a minute is taken to have ended: the server
/// that sent it may be gone.
///
/// # Errors
/// The database failed.
pub async fn find(read: &mut Read, grant: &Grant<Own>, now: i64) -> Result<Option<HistoryExport>> {
    let row: Option<Row> = on_db!(read, c => sqlx::query_as(
        "SELECT id, state, entries, expected, progress, ends_at FROM history_export
         WHERE user_id = $1 AND ends_at > $2")
        .bind(grant.user().0).bind(now).fetch_optional(c).await)?;
    let Some((id, state, entries, expected, percent, ends_at)) = row else { return Ok(None) };
    let state = match ExportState::from_code(&state).ok_or(Error::Corrupt("state of an export"))? {
        ExportState::Running if ends_at - KEPT + MINUTE < now => ExportState::Broken,
        known => known,
    };
    Ok(Some(HistoryExport { id: ExportId(id), state, entries, expected, percent }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_it_is_goes_from_nothing_to_all_and_never_beyond() {
        let span = Span { oldest: 11, newest: 20 };
        assert_eq!(span.places(), 10);
        assert_eq!([30, 21, 20, 16, 11, 1].map(|place| span.percent(place)), [0, 0, 10, 50, 100, 100]);
        let nothing = Span { oldest: i64::MAX, newest: 0 };
        assert_eq!((nothing.places(), nothing.percent(5)), (0, 0));
    }
}
