//! Who opened whose page, and on which day: a row for each viewer and day, and no time.

use crate::{Grant, Own, Read, Result, Store, Tx, connection::on_db, grants::UsersView};
use domain::UserId;

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// How long it stays known, in days: a year.
const KEPT: i64 = 365;

/// Notes that the holder of `grant` opened the page of a user on this day (since 1970-01-01). Not for
/// one's own page; and whoever opens it again on the same day waits for one look-up and no write.
///
/// # Errors
/// The database failed.
pub async fn note(store: &Store, grant: &Grant<UsersView>, user: UserId, day: i64) -> Result<()> {
    let Some(viewer) = grant.actor().filter(|viewer| *viewer != user) else { return Ok(()) };
    let mut read = store.read().await?;
    let noted: bool = on_db!(read, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM profile_view WHERE user_id = $1 AND viewer_id = $2 AND looked_on = $3)")
        .bind(user.0).bind(viewer.0).bind(day).fetch_one(c).await)?;
    drop(read);
    if noted {
        return Ok(());
    }
    let organisation = grant.organisation();
    store
        .write_in_turn(async move |tx| {
            // From the account, which may have ended meanwhile.
            on_db!(tx, c => sqlx::query(
                "INSERT INTO profile_view (user_id, viewer_id, looked_on)
                 SELECT user_id, $2, $3 FROM account WHERE user_id = $1 AND organisation_id = $4
                 ON CONFLICT DO NOTHING")
                .bind(user.0).bind(viewer.0).bind(day).bind(organisation.0).execute(c).await.map(drop))?;
            Ok(())
        })
        .await
}

/// A look at one's page.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Stored {
    /// The name of whoever looked.
    pub name: String,
    /// From outside the organisation.
    pub external: bool,
    /// Terminated meanwhile.
    pub gone: bool,
    /// The day, since 1970-01-01.
    pub looked_on: i64,
}

/// The newest looks at one's own page.
///
/// # Errors
/// The database failed.
pub async fn list(read: &mut Read, grant: &Grant<Own>, limit: i64) -> Result<Vec<Stored>> {
    Ok(on_db!(read, c => sqlx::query_as(
        "SELECT p.name, COALESCE(a.external, FALSE) AS external, p.terminated_at IS NOT NULL AS gone, v.looked_on
         FROM profile_view v JOIN person p ON p.id = v.viewer_id LEFT JOIN account a ON a.user_id = v.viewer_id
         WHERE v.user_id = $1 ORDER BY v.looked_on DESC, p.name, p.id LIMIT $2")
        .bind(grant.user().0).bind(limit).fetch_all(c).await)?)
}

/// Forgets what is older than a year.
pub(crate) async fn sweep(tx: &mut Tx) -> Result<()> {
    let oldest = tx.now() / DAY - KEPT;
    on_db!(tx, c => sqlx::query("DELETE FROM profile_view WHERE looked_on < $1")
        .bind(oldest).execute(c).await.map(drop))?;
    Ok(())
}
