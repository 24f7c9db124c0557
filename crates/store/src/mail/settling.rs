//! What became of a claimed mail: sent, tried again ever later, or given up; and forgetting what is
//! old.

use super::sending::{HOUR, Job, MINUTE, MOST_ATTEMPTS};
use crate::{Result, Store, Tx, connection::on_db, newsletters::issues};
use domain::mail::{MailProblem, MailState, Message};

const DAY: i64 = 24 * HOUR;
/// The longest pause between two attempts.
const LONGEST_PAUSE: i64 = 6 * HOUR;
/// How long it stays known that a mail was sent.
const SENT_KEPT: i64 = 30 * DAY;
/// How long anything stays in the outbox.
const KEPT: i64 = 90 * DAY;

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A mail server has taken it.
    Sent,
    /// It is tried again, unless it was tried often enough.
    Postponed(MailProblem),
    /// It won't be tried again.
    GivenUp(MailProblem),
}

/// Writes down what became of a claimed mail, unless somebody else claimed it meanwhile.
///
/// # Errors
/// The database failed.
pub async fn settle(store: &Store, job: &Job, outcome: Outcome) -> Result<()> {
    let job = job.clone();
    store.write(async move |tx| write_down(tx, &job, outcome).await).await
}

async fn write_down(tx: &mut Tx, job: &Job, outcome: Outcome) -> Result<()> {
    let (state, problem) = match outcome {
        Outcome::Sent => (MailState::Sent, None),
        Outcome::Postponed(problem) if job.attempt < MOST_ATTEMPTS => (MailState::Queued, Some(problem)),
        Outcome::Postponed(problem) | Outcome::GivenUp(problem) => (MailState::Failed, Some(problem)),
    };
    let due_at = tx.now() + pause(job.attempt);
    let settled = on_db!(tx, c => sqlx::query(
        "UPDATE mail SET state = $3, problem = $4, due_at = $5, handed_over_until = NULL
         WHERE id = $1 AND attempts = $2 AND state = 'queued'")
        .bind(job.id).bind(job.attempt).bind(state.code()).bind(problem.map(MailProblem::code)).bind(due_at)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if settled == 1 && job.message == Message::Newsletter {
        if state == MailState::Sent {
            issues::count_sent(tx, job.id).await?;
        }
        issues::announce_progress(tx, job.id).await?;
    }
    forget_former_addresses(tx).await
}

/// The pause after an attempt: a minute, doubled each time.
fn pause(attempt: i64) -> i64 {
    (MINUTE << (attempt - 1).clamp(0, 16)).min(LONGEST_PAUSE)
}

/// A former address is kept for as long as its notice is on its way.
async fn forget_former_addresses(tx: &mut Tx) -> Result<()> {
    on_db!(tx, c => sqlx::query(
        "DELETE FROM former_address WHERE mail_id IN (
             SELECT f.mail_id FROM former_address f JOIN mail m ON m.id = f.mail_id WHERE m.state <> 'queued')")
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Takes what is old out of the outbox: sent mail after 30 days, everything else after 90; and
/// gives up what no attempt ever ended for.
///
/// # Errors
/// The database failed.
pub async fn sweep(store: &Store) -> Result<()> {
    store
        .write(async move |tx| {
            let now = tx.now();
            on_db!(tx, c => sqlx::query(
                "UPDATE mail SET state = 'failed', problem = COALESCE(problem, $3)
                 WHERE state = 'queued' AND due_at <= $1 AND attempts >= $2")
                .bind(now).bind(MOST_ATTEMPTS).bind(MailProblem::Interrupted.code())
                .execute(c).await.map(drop))?;
            forget_former_addresses(tx).await?;
            on_db!(tx, c => sqlx::query("DELETE FROM mail WHERE (state = 'sent' AND created_at <= $1) OR created_at <= $2")
                .bind(now - SENT_KEPT).bind(now - KEPT).execute(c).await.map(drop))?;
            Ok(())
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_six_hours_and_end_within_a_day() {
        let pauses: Vec<_> = (1..MOST_ATTEMPTS).map(|attempt| pause(attempt) / MINUTE).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
        assert!((20 * 60..=24 * 60).contains(&pauses.iter().sum::<i64>()));
        assert_eq!(pause(i64::MAX), LONGEST_PAUSE);
    }
}
