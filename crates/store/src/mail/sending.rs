//! From the outbox to the mail server: [`next`] claims a mail that is due and looks up all that it
//! is made of, [`settle`] writes down what became of it.
//!
//! A claim is a lease. `due_at` moves on by [`LEASE`], so nobody else takes the mail meanwhile, and
//! if the server dies somebody else does afterwards. The number of the attempt tells a late answer
//! apart: only the newest claim may settle. The secret of a link is made here, with each attempt
//! anew, and exists in memory and in the mail alone.

use super::read_message;
use crate::{
    Grant, Result, Store, System, Token, Tx,
    connection::{Connection, on_db},
    links, user_contact,
};
use domain::{
    Email, Language, OrganisationId, UserId,
    mail::{MailProblem, MailState, Message},
    sign_in::LinkPurpose,
    users::UserStatus,
};
use uuid::Uuid;

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// How long a claimed mail belongs to whoever claimed it; longer than sending may take.
const LEASE: i64 = 5 * MINUTE;
/// The longest pause between two attempts.
const LONGEST_PAUSE: i64 = 6 * HOUR;
/// How often sending is tried: with the pauses between it takes a good 20 hours.
const MOST_ATTEMPTS: i64 = 12;
/// How long a link to set a new password can be used.
const PASSWORD_LINK: i64 = HOUR;
/// How long it stays known that a mail was sent.
const SENT_KEPT: i64 = 30 * DAY;
/// How long anything stays in the outbox.
const KEPT: i64 = 90 * DAY;

/// A claimed mail.
#[derive(Clone, Debug)]
pub struct Job {
    /// Which. It says nothing about the user.
    pub id: Uuid,
    /// The number of this attempt, from 1.
    pub attempt: i64,
    /// What it says.
    pub message: Message,
    grant: Grant<System>,
    user: UserId,
}

/// A mail with all that it is made of.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The claim.
    pub job: Job,
    /// Where it goes.
    pub to: Email,
    /// The name of the recipient.
    pub name: String,
    /// The language that they read.
    pub language: Language,
    /// The name of the organisation.
    pub organisation: String,
    /// Its IANA time zone.
    pub time_zone: String,
    /// The link in it.
    pub link: Option<Link>,
}

/// A link that was just made.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its secret.
    pub token: Token,
    /// When it ends, in unix milliseconds.
    pub expires_at: i64,
}

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

/// Claims the mail that has been due for longest. One that nobody needs any more is dropped on the
/// way: its link could not be used, or the address that it was for is gone.
///
/// # Errors
/// The database failed, or the address can't be decrypted. What was claimed is tried again when its
/// lease ends.
pub async fn next(store: &Store) -> Result<Option<Letter>> {
    while let Some(job) = store.write(async move |tx| claim(tx).await).await? {
        if let Some(letter) = letter(store, &job).await? {
            return Ok(Some(letter));
        }
        store.write(async move |tx| drop_it(tx, &job).await).await?;
    }
    Ok(None)
}

macro_rules! claim_sql {
    ($lock:literal) => {
        concat!(
            "UPDATE mail SET due_at = $2, attempts = attempts + 1
             WHERE id = (SELECT id FROM mail WHERE state = 'queued' AND due_at <= $1 AND attempts < $3
                         ORDER BY due_at, id LIMIT 1 ",
            $lock,
            ") RETURNING id, organisation_id, user_id, message, attempts"
        )
    };
}

async fn claim(tx: &mut Tx) -> Result<Option<Job>> {
    let now = tx.now();
    // SQLite has one writer and nothing to skip.
    let sql = match &tx.connection {
        Connection::Sqlite(_) => claim_sql!(""),
        Connection::Postgres(_) => claim_sql!("FOR UPDATE SKIP LOCKED"),
    };
    let row: Option<(Uuid, Uuid, Uuid, String, i64)> = on_db!(tx, c => sqlx::query_as(sql)
        .bind(now).bind(now + LEASE).bind(MOST_ATTEMPTS).fetch_optional(c).await)?;
    let Some((id, organisation, user, message, attempt)) = row else { return Ok(None) };
    let (grant, message) = (Grant::system(OrganisationId(organisation)), read_message(&message)?);
    Ok(Some(Job { id, attempt, message, grant, user: UserId(user) }))
}

#[derive(sqlx::FromRow)]
struct Facts {
    name: String,
    language: String,
    organisation: String,
    time_zone: String,
    status: String,
    invitation_ends_at: Option<i64>,
    access_ends_at: Option<i64>,
    address: Option<Vec<u8>>,
    former_address: Option<Vec<u8>>,
    new_address: Option<Vec<u8>>,
    change_ends_at: Option<i64>,
}

impl Facts {
    /// Nothing if the mail was taken back since it was claimed.
    async fn find(tx: &mut Tx, job: &Job) -> Result<Option<Self>> {
        Ok(on_db!(tx, c => sqlx::query_as(
            "SELECT p.name, a.language, o.name AS organisation, o.time_zone, a.status, a.invitation_ends_at,
                    a.access_ends_at, u.address, f.address AS former_address, n.address AS new_address,
                    n.expires_at AS change_ends_at
             FROM mail m JOIN account a ON a.user_id = m.user_id JOIN person p ON p.id = m.user_id
             JOIN organisation o ON o.id = m.organisation_id
             LEFT JOIN user_contact u ON u.user_id = m.user_id
             LEFT JOIN former_address f ON f.mail_id = m.id
             LEFT JOIN address_change n ON n.user_id = m.user_id
             WHERE m.id = $1 AND m.attempts = $2 AND m.state = 'queued' AND a.status <> 'terminating'")
            .bind(job.id).bind(job.attempt).fetch_optional(c).await)?)
    }

    /// Where the mail goes.
    fn sealed(&self, message: Message) -> Option<Vec<u8>> {
        match message {
            Message::AddressConfirmation => self.new_address.clone(),
            Message::AddressChange => self.former_address.clone().or_else(|| self.address.clone()),
            _ => self.address.clone(),
        }
    }

    /// The purpose of the link in it and when that ends, if it could be used at all.
    fn link(&self, message: Message, now: i64) -> Needed {
        let is = |status: UserStatus| self.status == status.code();
        let has_access = self.access_ends_at.is_none_or(|end| end > now);
        let (purpose, ends_at, usable) = match message {
            Message::Invitation => {
                (LinkPurpose::Invitation, self.invitation_ends_at, is(UserStatus::Invited))
            }
            Message::PasswordReset => {
                let usable = is(UserStatus::Active) || is(UserStatus::Invited);
                (LinkPurpose::Password, Some(now + PASSWORD_LINK), usable)
            }
            Message::AddressConfirmation => (LinkPurpose::Address, self.change_ends_at, true),
            _ => return Needed::NoLink,
        };
        match ends_at.filter(|end| *end > now && usable && has_access) {
            Some(ends_at) => Needed::Link(purpose, ends_at),
            None => Needed::Nothing,
        }
    }
}

enum Needed {
    Nothing,
    NoLink,
    Link(LinkPurpose, i64),
}

/// All that the mail is made of; nothing if nobody needs it any more.
async fn letter(store: &Store, job: &Job) -> Result<Option<Letter>> {
    let own = job.clone();
    let found = store.write(async move |tx| facts_and_link(tx, &own).await).await?;
    let Some((facts, link)) = found else { return Ok(None) };
    let Some(sealed) = facts.sealed(job.message) else { return Ok(None) };
    let Some(to) = user_contact::open(store, &job.grant, job.user, &sealed).await? else { return Ok(None) };
    Ok(Some(Letter {
        job: job.clone(),
        to,
        name: facts.name,
        language: Language::from_code(&facts.language).unwrap_or_default(),
        organisation: facts.organisation,
        time_zone: facts.time_zone,
        link,
    }))
}

async fn facts_and_link(tx: &mut Tx, job: &Job) -> Result<Option<(Facts, Option<Link>)>> {
    let Some(facts) = Facts::find(tx, job).await? else { return Ok(None) };
    match facts.link(job.message, tx.now()) {
        Needed::Nothing => Ok(None),
        Needed::NoLink => Ok(Some((facts, None))),
        Needed::Link(purpose, expires_at) => {
            let token = links::issue(tx, job.user, purpose, expires_at).await?;
            Ok(Some((facts, Some(Link { token, expires_at }))))
        }
    }
}

async fn drop_it(tx: &mut Tx, job: &Job) -> Result<()> {
    on_db!(tx, c => sqlx::query("DELETE FROM mail WHERE id = $1 AND attempts = $2")
        .bind(job.id).bind(job.attempt).execute(c).await.map(drop))?;
    Ok(())
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
    on_db!(tx, c => sqlx::query(
        "UPDATE mail SET state = $3, problem = $4, due_at = $5 WHERE id = $1 AND attempts = $2 AND state = 'queued'")
        .bind(job.id).bind(job.attempt).bind(state.code()).bind(problem.map(MailProblem::code)).bind(due_at)
        .execute(c).await.map(drop))?;
    forget_former_addresses(tx).await
}

/// The pause after an attempt: a minute, doubled each time.
fn pause(attempt: i64) -> i64 {
    let doublings = u32::try_from(attempt - 1).unwrap_or_default().min(16);
    (MINUTE << doublings).min(LONGEST_PAUSE)
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
