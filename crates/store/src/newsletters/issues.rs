//! The issues of a newsletter: drafts that can be changed, and what was sent, which can't.

use super::{receives, switches};
use crate::{
    Error, Grant, Read, Result, Tx,
    connection::on_db,
    grants::NewslettersManage,
    mail::{self, Batch},
};
use domain::{
    Conflict, IssueId, NewsletterId, OrganisationId, UserId,
    event::{Event, EventKind},
    mail::Message,
    newsletters::{IssueTexts, Translated},
};
use uuid::Uuid;

/// An issue with what is to be known about its newsletter.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Which.
    pub id: IssueId,
    /// Of which newsletter.
    pub newsletter: NewsletterId,
    /// What that is called now.
    pub name: Translated,
    /// Grows with each change.
    pub version: i64,
    /// What it says.
    pub texts: IssueTexts,
    /// How many receive the newsletter now.
    pub subscribers: i64,
    /// Whether the newsletter was closed.
    pub closed: bool,
    /// How far sending is; nothing for a draft.
    pub sending: Option<Progress>,
}

/// How far the sending of an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// When it began, in unix milliseconds.
    pub at: i64,
    /// How many had agreed at that moment.
    pub recipients: i64,
    /// How many mails were taken by a mail server.
    pub sent: i64,
    /// How many are still on their way.
    pub waiting: i64,
}

macro_rules! select {
    ($where:literal) => {
        concat!(
            "SELECT i.id, i.newsletter_id, t.name_en, t.name_de, i.version, i.subject_en, i.subject_de,
                    i.body_en, i.body_de, i.sent_at, i.recipients, i.sent, n.closed_at IS NOT NULL AS closed,
                    (SELECT COUNT(*) FROM mail m WHERE m.issue_id = i.id AND m.state = 'queued' AND m.turn = 1)
                        AS waiting,
                    (SELECT COUNT(*) FROM subscription s JOIN account a ON a.user_id = s.user_id
                     WHERE s.newsletter_id = n.id AND ",
            receives!(),
            ") AS subscribers
             FROM newsletter_issue i JOIN newsletter n ON n.id = i.newsletter_id
             JOIN newsletter_text t ON t.newsletter_id = n.id AND t.version = n.version
             WHERE n.organisation_id = $2",
            $where
        )
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    newsletter_id: Uuid,
    name_en: String,
    name_de: String,
    version: i64,
    subject_en: String,
    subject_de: String,
    body_en: String,
    body_de: String,
    sent_at: Option<i64>,
    recipients: i64,
    sent: i64,
    closed: bool,
    waiting: i64,
    subscribers: i64,
}

impl From<Row> for Stored {
    fn from(row: Row) -> Self {
        let (recipients, sent, waiting) = (row.recipients, row.sent, row.waiting);
        Self {
            id: IssueId(row.id),
            newsletter: NewsletterId(row.newsletter_id),
            name: Translated { en: row.name_en, de: row.name_de },
            version: row.version,
            texts: IssueTexts {
                subject: Translated { en: row.subject_en, de: row.subject_de },
                body: Translated { en: row.body_en, de: row.body_de },
            },
            subscribers: row.subscribers,
            closed: row.closed,
            sending: row.sent_at.map(|at| Progress { at, recipients, sent, waiting }),
        }
    }
}

/// The issues of a newsletter, the newest first.
///
/// # Errors
/// The database failed.
pub async fn list(
    read: &mut Read,
    grant: &Grant<NewslettersManage>,
    newsletter: NewsletterId,
    now: i64,
) -> Result<Vec<Stored>> {
    let rows: Vec<Row> = on_db!(read, c => sqlx::query_as(select!(" AND n.id = $3 ORDER BY i.id DESC"))
        .bind(now).bind(grant.organisation().0).bind(newsletter.0).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Stored::from).collect())
}

/// One issue.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn find(
    read: &mut Read,
    grant: &Grant<NewslettersManage>,
    id: IssueId,
    now: i64,
) -> Result<Stored> {
    let row: Option<Row> = on_db!(read, c => sqlx::query_as(select!(" AND i.id = $3"))
        .bind(now).bind(grant.organisation().0).bind(id.0).fetch_optional(c).await)?;
    Ok(row.ok_or(domain::Error::NotFound)?.into())
}

/// An empty draft.
///
/// # Errors
/// `NotFound`, `NewsletterClosed`, or the database failed.
pub async fn create(
    tx: &mut Tx,
    grant: &Grant<NewslettersManage>,
    newsletter: NewsletterId,
) -> Result<IssueId> {
    let (id, now) = (IssueId(tx.new_id()), tx.now());
    if super::find(tx, grant, newsletter, now).await?.closed {
        return Err(Conflict::NewsletterClosed.into());
    }
    on_db!(tx, c => sqlx::query(
        "INSERT INTO newsletter_issue (id, newsletter_id, version, subject_en, body_en, subject_de, body_de,
                                       created_at, recipients, sent)
         VALUES ($1, $2, 1, '', '', '', '', $3, 0, 0)")
        .bind(id.0).bind(newsletter.0).bind(now).execute(c).await.map(drop))?;
    Ok(id)
}

/// The draft as it was on somebody's screen.
///
/// # Errors
/// `NotFound`, `AlreadySent`, `Stale`, or the database failed.
async fn draft(tx: &mut Tx, grant: &Grant<NewslettersManage>, id: IssueId, version: i64) -> Result<Stored> {
    let now = tx.now();
    let stored = find(tx, grant, id, now).await?;
    if stored.sending.is_some() {
        return Err(Conflict::AlreadySent.into());
    }
    if stored.version == version { Ok(stored) } else { Err(Conflict::Stale.into()) }
}

/// Changes a draft.
///
/// # Errors
/// `NotFound`, `AlreadySent`, `Stale`, or the database failed.
pub async fn update(
    tx: &mut Tx,
    grant: &Grant<NewslettersManage>,
    (id, version): (IssueId, i64),
    texts: &IssueTexts,
) -> Result<()> {
    draft(tx, grant, id, version).await?;
    on_db!(tx, c => sqlx::query(
        "UPDATE newsletter_issue
         SET version = version + 1, subject_en = $2, body_en = $3, subject_de = $4, body_de = $5 WHERE id = $1")
        .bind(id.0).bind(&texts.subject.en).bind(&texts.body.en).bind(&texts.subject.de).bind(&texts.body.de)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Deletes a draft, and tests of it that have not left.
///
/// # Errors
/// `NotFound`, `AlreadySent`, `Stale`, or the database failed.
pub async fn delete(
    tx: &mut Tx,
    grant: &Grant<NewslettersManage>,
    (id, version): (IssueId, i64),
) -> Result<()> {
    draft(tx, grant, id, version).await?;
    on_db!(tx, c => sqlx::query("DELETE FROM newsletter_issue WHERE id = $1")
        .bind(id.0).execute(c).await.map(drop))?;
    Ok(())
}

/// Queues an issue for whoever writes it, and for nobody else.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn test(tx: &mut Tx, grant: &Grant<NewslettersManage>, id: IssueId) -> Result<()> {
    let now = tx.now();
    find(tx, grant, id, now).await?;
    let writer: Vec<UserId> = grant.actor().into_iter().collect();
    let batch = Batch { message: Message::NewsletterTest, issue: Some(id), turn: 0 };
    mail::insert(tx, grant.organisation(), &writer, batch).await.map(drop)
}

/// Queues an issue, once, for all who receive its newsletter at this moment, and says how many they are.
///
/// # Errors
/// `NotFound`, `AlreadySent`, `Stale`, `NewsletterClosed`, `NobodyOptedIn`, what the texts lack; or the
/// database failed.
pub async fn send(
    tx: &mut Tx,
    grant: &Grant<NewslettersManage>,
    (id, version): (IssueId, i64),
) -> Result<(Stored, i64)> {
    let stored = draft(tx, grant, id, version).await?;
    if stored.closed {
        return Err(Conflict::NewsletterClosed.into());
    }
    stored.texts.complete().map_err(domain::Error::from)?;
    let users = switches::receivers(tx, stored.newsletter).await?;
    if users.is_empty() {
        return Err(Conflict::NobodyOptedIn.into());
    }
    let (now, recipients) = (tx.now(), i64::try_from(users.len()).unwrap_or(i64::MAX));
    on_db!(tx, c => sqlx::query(
        "UPDATE newsletter_issue SET version = version + 1, sent_at = $2, recipients = $3 WHERE id = $1")
        .bind(id.0).bind(now).bind(recipients).execute(c).await.map(drop))?;
    let batch = Batch { message: Message::Newsletter, issue: Some(id), turn: 1 };
    mail::insert(tx, grant.organisation(), &users, batch).await?;
    announce(tx, grant.organisation());
    Ok((stored, recipients))
}

fn announce(tx: &mut Tx, organisation: OrganisationId) {
    tx.announce(Event { organisation, user: None, kind: EventKind::JobProgress });
}

/// What a mail of an issue is made of.
#[derive(Clone, Debug)]
pub(crate) struct OfMail {
    /// What the newsletter is called.
    pub name: Translated,
    /// What the issue says.
    pub texts: IssueTexts,
    /// Of which newsletter it is.
    pub newsletter: NewsletterId,
}

/// The issue that a mail is of.
pub(crate) async fn of_mail(read: &mut Read, mail: Uuid) -> Result<OfMail> {
    type Row = (Uuid, String, String, String, String, String, String);
    let (newsletter, name_en, name_de, subject_en, subject_de, body_en, body_de): Row =
        on_db!(read, c => sqlx::query_as(
        "SELECT n.id, t.name_en, t.name_de, i.subject_en, i.subject_de, i.body_en, i.body_de
         FROM mail m JOIN newsletter_issue i ON i.id = m.issue_id JOIN newsletter n ON n.id = i.newsletter_id
         JOIN newsletter_text t ON t.newsletter_id = n.id AND t.version = n.version WHERE m.id = $1")
        .bind(mail).fetch_optional(c).await)?
        .ok_or(Error::Corrupt("mail of an issue"))?;
    Ok(OfMail {
        newsletter: NewsletterId(newsletter),
        name: Translated { en: name_en, de: name_de },
        texts: IssueTexts {
            subject: Translated { en: subject_en, de: subject_de },
            body: Translated { en: body_en, de: body_de },
        },
    })
}

/// Counts a mail that a mail server has taken.
pub(crate) async fn count_sent(tx: &mut Tx, mail: Uuid) -> Result<()> {
    on_db!(tx, c => sqlx::query(
        "UPDATE newsletter_issue SET sent = sent + 1 WHERE id = (SELECT issue_id FROM mail WHERE id = $1)")
        .bind(mail).execute(c).await.map(drop))?;
    Ok(())
}

/// Tells open pages how far the sending of a mail's issue is: with each further percent, and when nothing is
/// on its way any more. To be called when the mail is no longer queued, or just before it is deleted.
pub(crate) async fn announce_progress(tx: &mut Tx, mail: Uuid) -> Result<()> {
    let row: Option<(Uuid, i64, i64, bool)> = on_db!(tx, c => sqlx::query_as(
        "SELECT m.organisation_id, i.recipients, i.sent,
                EXISTS (SELECT 1 FROM mail o WHERE o.issue_id = i.id AND o.state = 'queued' AND o.id <> m.id)
         FROM mail m JOIN newsletter_issue i ON i.id = m.issue_id WHERE m.id = $1")
        .bind(mail).fetch_optional(c).await)?;
    if let Some((organisation, recipients, sent, more)) = row
        && (!more || sent % (recipients / 100).max(1) == 0)
    {
        announce(tx, OrganisationId(organisation));
    }
    Ok(())
}
