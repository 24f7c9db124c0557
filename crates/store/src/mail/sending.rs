//! From the outbox to the mail server: [`next`] claims a mail that is due and looks up all that it
//! is made of. [`super::settling`] writes down what became of it.
//!
//! A claim is a lease. `due_at` moves on by [`LEASE`], so nobody else takes the mail meanwhile, and
//! if the server dies somebody else does afterwards. The number of the attempt tells a late answer
//! apart: only the newest claim may settle. The secret of a link is made here, with each attempt
//! anew, and exists in memory and in the mail alone.

use super::read_message;
use crate::{
    Grant, Result, Store, System, Token, Tx,
    connection::{Connection, on_db},
    links,
    newsletters::{handing_over, issues},
    user_contact,
};
use domain::{
    Email, Language, OrganisationId, UserId, mail::Message, sign_in::LinkPurpose, users::UserStatus,
};
use uuid::Uuid;

pub(super) const MINUTE: i64 = 60 * 1000;
pub(super) const HOUR: i64 = 60 * MINUTE;
/// How long a claimed mail belongs to whoever claimed it; longer than sending may take.
const LEASE: i64 = 5 * MINUTE;
/// How often sending is tried: with the pauses between it takes a good 20 hours.
pub(super) const MOST_ATTEMPTS: i64 = 12;
/// How long a link to set a new password can be used.
const PASSWORD_LINK: i64 = HOUR;

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

impl Job {
    pub(crate) const fn user(&self) -> UserId {
        self.user
    }
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
    /// The issue of a newsletter that it brings.
    pub issue: Option<Issue>,
}

/// An issue of a newsletter, as one user gets it.
#[derive(Clone, Debug)]
pub struct Issue {
    /// What the newsletter is called.
    pub name: String,
    /// The language that the issue is in: the user's, if it was written in that.
    pub language: Language,
    /// The subject.
    pub subject: String,
    /// What it says, in Markdown.
    pub body: String,
    /// What opts out, and until when the mail may be handed over; nothing for a test, which takes no consent.
    pub subscription: Option<Subscription>,
}

/// The consent that a mail goes out by.
#[derive(Clone, Debug)]
pub struct Subscription {
    /// Opts out. It is the same in every mail.
    pub token: Token,
    /// Handing over has to have ended by then, in unix milliseconds.
    pub hand_over_by: i64,
}

/// A link that was just made.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its secret.
    pub token: Token,
    /// When it ends, in unix milliseconds.
    pub expires_at: i64,
}

/// Claims the mail that has been due for longest; an issue of a newsletter only where nothing else is due. One that nobody needs any more is dropped on the
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
                         ORDER BY turn, due_at, id LIMIT 1 ",
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

    /// The link in it, if it needs one. One that could not be used, by the rule of [`links::find`], is
    /// not made.
    fn link(&self, message: Message, now: i64) -> Needed {
        let (purpose, ends_at) = match message {
            // An accepted invitation has no end any more.
            Message::Invitation => (LinkPurpose::Invitation, self.invitation_ends_at),
            Message::PasswordReset => (LinkPurpose::Password, Some(now + PASSWORD_LINK)),
            Message::AddressConfirmation => (LinkPurpose::Address, self.change_ends_at),
            _ => return Needed::NoLink,
        };
        let status = UserStatus::from_code(&self.status);
        let usable = matches!(status, Some(UserStatus::Invited | UserStatus::Active))
            && self.access_ends_at.is_none_or(|end| end > now);
        match ends_at.filter(|end| usable && *end > now) {
            Some(ends_at) => Needed::Link(purpose, ends_at),
            None => Needed::Nothing,
        }
    }
}

impl Facts {
    /// Whether the address is confirmed and the user has access.
    fn is_let_in(&self, now: i64) -> bool {
        UserStatus::from_code(&self.status) == Some(UserStatus::Active)
            && self.access_ends_at.is_none_or(|end| end > now)
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
    let language = Language::from_code(&facts.language).unwrap_or_default();
    let issue = match job.message {
        Message::Newsletter if !facts.is_let_in(store.clock().now()) => return Ok(None),
        Message::Newsletter | Message::NewsletterTest => match issue(store, job, language).await? {
            Some(issue) => Some(issue),
            None => return Ok(None),
        },
        _ => None,
    };
    Ok(Some(Letter {
        job: job.clone(),
        to,
        name: facts.name,
        language,
        organisation: facts.organisation,
        time_zone: facts.time_zone,
        link,
        issue,
    }))
}

/// The issue that a mail brings; nothing if its user does not receive it any more. The last step before the
/// mail is handed over: see [`handing_over`].
async fn issue(store: &Store, job: &Job, language: Language) -> Result<Option<Issue>> {
    let of_mail = issues::of_mail(&mut store.read().await?, job.id).await?;
    let subscription = if job.message == Message::Newsletter {
        let own = job.clone();
        let begun = store.write_in_turn(async move |tx| handing_over::begin(tx, &own).await).await?;
        let Some(hand_over_by) = begun else { return Ok(None) };
        let token = store.keys().unsubscribe_token(job.user, of_mail.newsletter);
        Some(Subscription { token, hand_over_by })
    } else {
        None
    };
    let written_in = of_mail.texts.language_for(language);
    Ok(Some(Issue {
        name: of_mail.name.of(written_in).to_owned(),
        language: written_in,
        subject: of_mail.texts.subject.of(written_in).to_owned(),
        body: of_mail.texts.body.of(written_in).to_owned(),
        subscription,
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
    issues::announce_progress(tx, job.id).await?;
    on_db!(tx, c => sqlx::query("DELETE FROM mail WHERE id = $1 AND attempts = $2")
        .bind(job.id).bind(job.attempt).execute(c).await.map(drop))?;
    Ok(())
}
