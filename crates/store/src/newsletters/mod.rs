//! Newsletters: the topics here, their issues in [`issues`], who receives them in [`switches`], how
//! somebody opts out by a link in [`unsubscribing`], and what makes sure that no mail leaves after that
//! in [`handing_over`].
//!
//! The words of a topic are versions that are only ever added, because a consent is to what stood beside
//! the switch.

pub mod handing_over;
pub mod issues;
pub mod switches;
pub mod unsubscribing;

use crate::{Grant, Read, Result, System, Tx, connection::on_db, grants::NewslettersManage};
use domain::{
    Conflict, Error, NewsletterId, OrganisationId,
    newsletters::{Source, Translated, Words},
};
use uuid::Uuid;

/// A topic with its newest words.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Which.
    pub id: NewsletterId,
    /// The version of its words.
    pub version: i64,
    /// Its words.
    pub words: Words,
    /// How many receive it now.
    pub subscribers: i64,
    /// Whether it was closed.
    pub closed: bool,
}

/// Who receives a newsletter `n` now, as the condition on a `subscription s` and its `account a`: the address
/// is confirmed and the user is let in. `$1` is this moment.
macro_rules! receives {
    () => {
        "s.active AND a.status = 'active' AND (a.access_ends_at IS NULL OR a.access_ends_at > $1)"
    };
}
pub(crate) use receives;

macro_rules! select {
    ($where:literal) => {
        concat!(
            "SELECT n.id, n.version, t.name_en, t.name_de, t.text_en, t.text_de,
                    n.closed_at IS NOT NULL AS closed,
                    (SELECT COUNT(*) FROM subscription s JOIN account a ON a.user_id = s.user_id
                     WHERE s.newsletter_id = n.id AND ",
            receives!(),
            ") AS subscribers
             FROM newsletter n JOIN newsletter_text t ON t.newsletter_id = n.id AND t.version = n.version
             WHERE n.organisation_id = $2",
            $where
        )
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    version: i64,
    name_en: String,
    name_de: String,
    text_en: String,
    text_de: String,
    closed: bool,
    subscribers: i64,
}

impl From<Row> for Stored {
    fn from(row: Row) -> Self {
        let words = Words {
            name: Translated { en: row.name_en, de: row.name_de },
            text: Translated { en: row.text_en, de: row.text_de },
        };
        let (id, version) = (NewsletterId(row.id), row.version);
        Self { id, version, words, subscribers: row.subscribers, closed: row.closed }
    }
}

/// All of the organisation, the closed ones last.
///
/// # Errors
/// The database failed.
pub async fn list(read: &mut Read, grant: &Grant<NewslettersManage>, now: i64) -> Result<Vec<Stored>> {
    let rows: Vec<Row> = on_db!(read, c => sqlx::query_as(select!(" ORDER BY closed, n.id"))
        .bind(now).bind(grant.organisation().0).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Stored::from).collect())
}

/// One of the organisation.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn find(
    read: &mut Read,
    grant: &Grant<NewslettersManage>,
    id: NewsletterId,
    now: i64,
) -> Result<Stored> {
    let row: Option<Row> = on_db!(read, c => sqlx::query_as(select!(" AND n.id = $3"))
        .bind(now).bind(grant.organisation().0).bind(id.0).fetch_optional(c).await)?;
    Ok(row.ok_or(Error::NotFound)?.into())
}

/// A new topic. It is off for everyone.
///
/// # Errors
/// The database failed.
pub async fn create(tx: &mut Tx, grant: &Grant<NewslettersManage>, words: &Words) -> Result<NewsletterId> {
    insert(tx, grant.organisation(), words).await
}

/// A topic of the demo.
///
/// # Errors
/// The database failed.
pub async fn create_demo(tx: &mut Tx, grant: &Grant<System>, words: &Words) -> Result<NewsletterId> {
    insert(tx, grant.organisation(), words).await
}

async fn insert(tx: &mut Tx, organisation: OrganisationId, words: &Words) -> Result<NewsletterId> {
    let (id, now) = (NewsletterId(tx.new_id()), tx.now());
    on_db!(tx, c => sqlx::query(
        "INSERT INTO newsletter (id, organisation_id, version, created_at) VALUES ($1, $2, 1, $3)")
        .bind(id.0).bind(organisation.0).bind(now).execute(c).await.map(drop))?;
    write(tx, id, 1, words).await?;
    Ok(id)
}

/// A version of the words.
async fn write(tx: &mut Tx, id: NewsletterId, version: i64, words: &Words) -> Result<()> {
    let now = tx.now();
    on_db!(tx, c => sqlx::query(
        "INSERT INTO newsletter_text (newsletter_id, version, name_en, name_de, text_en, text_de, written_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id.0).bind(version).bind(&words.name.en).bind(&words.name.de).bind(&words.text.en)
        .bind(&words.text.de).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Gives a topic, as it was at `stored`, new words.
///
/// # Errors
/// `Stale`, `NewsletterClosed`, or the database failed.
pub async fn update(
    tx: &mut Tx,
    grant: &Grant<NewslettersManage>,
    stored: &Stored,
    words: &Words,
) -> Result<()> {
    if stored.closed {
        return Err(Conflict::NewsletterClosed.into());
    }
    let changed = on_db!(tx, c => sqlx::query(
        "UPDATE newsletter SET version = version + 1
         WHERE id = $1 AND organisation_id = $2 AND version = $3 AND closed_at IS NULL")
        .bind(stored.id.0).bind(grant.organisation().0).bind(stored.version)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed != 1 {
        return Err(Conflict::Stale.into());
    }
    write(tx, stored.id, stored.version + 1, words).await
}

/// Closes a topic for good: nobody receives it any more, and what is on its way is dropped.
///
/// # Errors
/// `NewsletterClosed` if it is already, or the database failed.
pub async fn close(tx: &mut Tx, grant: &Grant<NewslettersManage>, id: NewsletterId) -> Result<()> {
    let now = tx.now();
    let closed = on_db!(tx, c => sqlx::query(
        "UPDATE newsletter SET closed_at = $3 WHERE id = $1 AND organisation_id = $2 AND closed_at IS NULL")
        .bind(id.0).bind(grant.organisation().0).bind(now)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if closed != 1 {
        return Err(Conflict::NewsletterClosed.into());
    }
    let users: Vec<Uuid> = on_db!(tx, c => sqlx::query_scalar(
        "SELECT user_id FROM subscription WHERE newsletter_id = $1 AND active")
        .bind(id.0).fetch_all(c).await)?;
    for user in users {
        switches::turn_off(tx, domain::UserId(user), id, Source::Closed).await?;
    }
    Ok(())
}
