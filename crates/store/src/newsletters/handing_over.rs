//! No mail leaves after an opt-out was acknowledged.
//!
//! Before a mail of an issue is handed to a mail server, [`begin`] locks the subscription's row, finds it
//! active, and marks the mail as being handed over, in one transaction; an opt-out writes that same row. So one
//! of the two comes first, on either database and over any number of servers. If it is the opt-out, the mail is
//! dropped. If it is the mail, the opt-out sees the mark when it is committed, and [`wait`] waits until
//! the mark is gone: taken away by whoever sent the mail, or out of date because that server died.
//! Ending an account opts out of everything, so the same holds for it.
//! See docs/decisions/0011.

use crate::{Result, Store, Tx, connection::on_db, mail::sending::Job};
use domain::{NewsletterId, OrganisationId, UserId};
use std::time::Duration;

/// How long a mail may be marked as being handed over, in milliseconds. Handing over is broken off before:
/// see [`PATIENCE`].
const MARKED: i64 = 25 * 1000;
/// How long handing over a mail of an issue may take, in milliseconds. An opt-out waits for it, and its own request has 30
/// seconds. What is left of [`MARKED`] is for writing the mail, and for clocks that differ.
const PATIENCE: i64 = 15 * 1000;
/// How often [`wait`] looks.
const PAUSE: Duration = Duration::from_millis(250);

/// Marks a claimed mail as being handed over; whether its user still receives the newsletter. It may be handed
/// over until the moment that comes back.
pub(crate) async fn begin(tx: &mut Tx, job: &Job) -> Result<Option<i64>> {
    // Writes nothing new, but no opt-out can be committed before this transaction is.
    let receives = on_db!(tx, c => sqlx::query(
        "UPDATE subscription SET active = active
         WHERE active AND user_id = $1 AND newsletter_id = (
             SELECT n.id FROM mail m JOIN newsletter_issue i ON i.id = m.issue_id
             JOIN newsletter n ON n.id = i.newsletter_id WHERE m.id = $2 AND n.closed_at IS NULL)")
        .bind(job.user().0).bind(job.id).execute(c).await.map(|done| done.rows_affected()))?;
    if receives == 0 {
        return Ok(None);
    }
    let until = tx.now() + MARKED;
    let marked = on_db!(tx, c => sqlx::query(
        "UPDATE mail SET handed_over_until = $3 WHERE id = $1 AND attempts = $2 AND state = 'queued'")
        .bind(job.id).bind(job.attempt).bind(until).execute(c).await.map(|done| done.rows_affected()))?;
    // Nothing if somebody else claimed the mail meanwhile.
    Ok((marked == 1).then_some(tx.now() + PATIENCE))
}

/// Whose mail is waited for.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// What a newsletter sends to one of its readers.
    Reader(UserId, NewsletterId),
    /// What any of them sends to a user.
    User(UserId),
    /// What any of them sends to anybody in an organisation.
    Organisation(OrganisationId),
}

/// Waits until nothing of that is being handed over. To be called when what stops it is committed.
///
/// # Errors
/// The database failed.
pub async fn wait(store: &Store, whose: Whose) -> Result<()> {
    while is_leaving(store, whose).await? {
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

async fn is_leaving(store: &Store, whose: Whose) -> Result<bool> {
    let (mut read, now) = (store.read().await?, store.clock().now());
    let latest: Option<i64> = match whose {
        Whose::Reader(user, newsletter) => on_db!(read, c => sqlx::query_scalar(
            "SELECT MAX(m.handed_over_until) FROM mail m JOIN newsletter_issue i ON i.id = m.issue_id
             WHERE m.user_id = $1 AND i.newsletter_id = $2")
            .bind(user.0).bind(newsletter.0).fetch_one(c).await)?,
        Whose::User(user) => on_db!(read, c => sqlx::query_scalar(
            "SELECT MAX(handed_over_until) FROM mail WHERE user_id = $1")
            .bind(user.0).fetch_one(c).await)?,
        Whose::Organisation(organisation) => on_db!(read, c => sqlx::query_scalar(
            "SELECT MAX(handed_over_until) FROM mail WHERE organisation_id = $1")
            .bind(organisation.0).fetch_one(c).await)?,
    };
    Ok(latest.is_some_and(|until| until > now))
}
