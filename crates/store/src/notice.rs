//! Versions of the privacy notice, its draft, and who agreed to which version. A published version is
//! only ever inserted. The notice is public, so reading the current one takes no grant.

use crate::{
    Error, Grant, Own, Read, Result, System, Tx, connection::on_db, grants::PrivacyManage, history,
    sign_in::announce_rights,
};
use domain::{
    Conflict, Language, OrganisationId,
    event::{Event, EventKind},
    history::{Action, Subject},
    notice::{NoticePart, PartText, Texts},
};
use uuid::Uuid;

/// A published version. Only found, never made up.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Edition {
    organisation_id: Uuid,
    /// Which version.
    pub version: i64,
    /// When, in unix milliseconds.
    pub published_at: i64,
    /// The organisation's name of today.
    pub organisation_name: String,
    /// The organisation's IANA time zone.
    pub time_zone: String,
}

/// The version that holds now.
///
/// # Errors
/// The database failed.
pub async fn current(read: &mut Read, organisation: OrganisationId) -> Result<Option<Edition>> {
    Ok(on_db!(read, c => sqlx::query_as(
        "SELECT n.organisation_id, n.version, n.published_at, o.name AS organisation_name, o.time_zone
         FROM notice n JOIN organisation o ON o.id = n.organisation_id
         WHERE n.organisation_id = $1 ORDER BY n.version DESC LIMIT 1")
        .bind(organisation.0).fetch_optional(c).await)?)
}

/// All versions, the newest first.
///
/// # Errors
/// The database failed.
pub async fn editions(read: &mut Read, grant: &Grant<Own>) -> Result<Vec<Edition>> {
    Ok(on_db!(read, c => sqlx::query_as(
        "SELECT n.organisation_id, n.version, n.published_at, o.name AS organisation_name, o.time_zone
         FROM notice n JOIN organisation o ON o.id = n.organisation_id
         WHERE n.organisation_id = $1 ORDER BY n.version DESC")
        .bind(grant.organisation().0).fetch_all(c).await)?)
}

/// What a version says.
///
/// # Errors
/// The database failed.
pub async fn texts(read: &mut Read, edition: &Edition) -> Result<Texts> {
    let rows: Vec<(String, String, String)> = on_db!(read, c => sqlx::query_as(
        "SELECT language, part, text FROM notice_text WHERE organisation_id = $1 AND version = $2")
        .bind(edition.organisation_id).bind(edition.version).fetch_all(c).await)?;
    read_texts(rows)
}

/// When one agreed to a version, in unix milliseconds.
///
/// # Errors
/// The database failed.
pub async fn agreed_at(read: &mut Read, grant: &Grant<Own>, version: i64) -> Result<Option<i64>> {
    Ok(on_db!(read, c => sqlx::query_scalar(
        "SELECT agreed_at FROM notice_agreement WHERE user_id = $1 AND version = $2")
        .bind(grant.user().0).bind(version).fetch_optional(c).await)?)
}

/// Writes down that one agrees to the current version, once. Their open pages ask again.
///
/// # Errors
/// `NoticePublished` if another version is current, or the database failed.
pub async fn agree(tx: &mut Tx, grant: &Grant<Own>, version: i64) -> Result<()> {
    follows(tx, grant, version).await?;
    let (user, now) = (grant.user(), tx.now());
    on_db!(tx, c => sqlx::query(
        "INSERT INTO notice_agreement (user_id, version, agreed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(user.0).bind(version).bind(now).execute(c).await.map(drop))?;
    let organisation = grant.organisation();
    tx.announce(Event { organisation, user: Some(user), kind: EventKind::RightsChanged });
    Ok(())
}

/// For the demo: everybody agrees to the current version.
///
/// # Errors
/// The database failed.
pub async fn agree_all(tx: &mut Tx, grant: &Grant<System>) -> Result<()> {
    let now = tx.now();
    on_db!(tx, c => sqlx::query(
        "INSERT INTO notice_agreement (user_id, version, agreed_at)
         SELECT a.user_id, (SELECT MAX(version) FROM notice WHERE organisation_id = $1), $2
         FROM account a WHERE a.organisation_id = $1 AND a.status = 'active'")
        .bind(grant.organisation().0).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// The draft, if there is one: its version and what it says.
///
/// # Errors
/// The database failed.
pub async fn draft(read: &mut Read, grant: &Grant<PrivacyManage>) -> Result<Option<(i64, Texts)>> {
    let version = draft_version(read, grant).await?;
    if version == 0 {
        return Ok(None);
    }
    let rows: Vec<(String, String, String)> = on_db!(read, c => sqlx::query_as(
        "SELECT language, part, text FROM notice_draft_text WHERE organisation_id = $1")
        .bind(grant.organisation().0).fetch_all(c).await)?;
    Ok(Some((version, read_texts(rows)?)))
}

/// How many people a new version would ask.
///
/// # Errors
/// The database failed.
pub async fn count_readers(read: &mut Read, grant: &Grant<PrivacyManage>) -> Result<i64> {
    Ok(on_db!(read, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM account WHERE organisation_id = $1 AND status = 'active'")
        .bind(grant.organisation().0).fetch_one(c).await)?)
}

/// What was on the screen when somebody saved or published: the published version, and that of the
/// draft.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The published version.
    pub current: i64,
    /// The draft's; 0 where there was none.
    pub draft: i64,
}

/// Saves the draft.
///
/// # Errors
/// `NoticePublished` or `Stale` if somebody was faster, or the database failed.
pub async fn save_draft(tx: &mut Tx, grant: &Grant<PrivacyManage>, seen: Seen, texts: &Texts) -> Result<()> {
    still(tx, grant, seen).await?;
    let id = grant.organisation();
    end_draft(tx, id).await?;
    on_db!(tx, c => sqlx::query("INSERT INTO notice_draft (organisation_id, version) VALUES ($1, $2)")
        .bind(id.0).bind(seen.draft + 1).execute(c).await.map(drop))?;
    for PartText { language, part, text } in texts.as_slice() {
        on_db!(tx, c => sqlx::query(
            "INSERT INTO notice_draft_text (organisation_id, language, part, text) VALUES ($1, $2, $3, $4)")
            .bind(id.0).bind(language.code()).bind(part.code()).bind(text).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Publishes the next version; the draft is done with. From the next request on everybody is asked.
///
/// # Errors
/// `NoticePublished` or `Stale` if somebody was faster, `NothingToPublish`, or the database failed.
pub async fn publish(tx: &mut Tx, grant: &Grant<PrivacyManage>, seen: Seen, texts: &Texts) -> Result<()> {
    still(tx, grant, seen).await?;
    let organisation = grant.organisation();
    if let Some(edition) = current(tx, organisation).await?
        && self::texts(tx, &edition).await?.says_the_same(texts)
    {
        return Err(Conflict::NothingToPublish.into());
    }
    let version = seen.current + 1;
    insert(tx, organisation, version, texts).await?;
    end_draft(tx, organisation).await?;
    announce_rights(tx, organisation);
    history::record(tx, grant, Action::NoticePublished { version }, Subject::Organisation).await
}

/// The first version of an organisation that has none; one that has is left alone.
///
/// # Errors
/// The database failed.
pub async fn publish_first(tx: &mut Tx, grant: &Grant<System>, texts: &Texts) -> Result<()> {
    if current_version(tx, grant.organisation()).await? > 0 {
        return Ok(());
    }
    insert(tx, grant.organisation(), 1, texts).await
}

/// The organisations that are older than the notice, and their names.
///
/// # Errors
/// The database failed.
pub async fn organisations_without(read: &mut Read) -> Result<Vec<(OrganisationId, String)>> {
    let rows: Vec<(Uuid, String)> = on_db!(read, c => sqlx::query_as(
        "SELECT o.id, o.name FROM organisation o
         WHERE NOT EXISTS (SELECT 1 FROM notice n WHERE n.organisation_id = o.id)")
        .fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id, name)| (OrganisationId(id), name)).collect())
}

async fn insert(tx: &mut Tx, id: OrganisationId, version: i64, texts: &Texts) -> Result<()> {
    let now = tx.now();
    on_db!(tx, c => sqlx::query("INSERT INTO notice (organisation_id, version, published_at) VALUES ($1, $2, $3)")
        .bind(id.0).bind(version).bind(now).execute(c).await.map(drop))
    .map_err(|error| Error::unique(error, Conflict::NoticePublished))?;
    for PartText { language, part, text } in texts.as_slice() {
        on_db!(tx, c => sqlx::query(
            "INSERT INTO notice_text (organisation_id, version, language, part, text) VALUES ($1, $2, $3, $4, $5)")
            .bind(id.0).bind(version).bind(language.code()).bind(part.code()).bind(text)
            .execute(c).await.map(drop))?;
    }
    Ok(())
}

async fn end_draft(tx: &mut Tx, id: OrganisationId) -> Result<()> {
    on_db!(tx, c => sqlx::query("DELETE FROM notice_draft WHERE organisation_id = $1")
        .bind(id.0).execute(c).await.map(drop))?;
    Ok(())
}

async fn still(tx: &mut Tx, grant: &Grant<PrivacyManage>, seen: Seen) -> Result<()> {
    follows(tx, grant, seen.current).await?;
    if draft_version(tx, grant).await? == seen.draft { Ok(()) } else { Err(Conflict::Stale.into()) }
}

async fn follows<P>(read: &mut Read, grant: &Grant<P>, version: i64) -> Result<()> {
    let current = current_version(read, grant.organisation()).await?;
    if current == version { Ok(()) } else { Err(Conflict::NoticePublished.into()) }
}

async fn current_version(read: &mut Read, id: OrganisationId) -> Result<i64> {
    Ok(on_db!(read, c => sqlx::query_scalar(
        "SELECT COALESCE(MAX(version), 0) FROM notice WHERE organisation_id = $1")
        .bind(id.0).fetch_one(c).await)?)
}

async fn draft_version(read: &mut Read, grant: &Grant<PrivacyManage>) -> Result<i64> {
    let version: Option<i64> = on_db!(read, c => sqlx::query_scalar(
        "SELECT version FROM notice_draft WHERE organisation_id = $1")
        .bind(grant.organisation().0).fetch_optional(c).await)?;
    Ok(version.unwrap_or(0))
}

fn read_texts(rows: Vec<(String, String, String)>) -> Result<Texts> {
    let read = |(language, part, text): (String, String, String)| {
        let (language, part) = (Language::from_code(&language)?, NoticePart::from_code(&part)?);
        Some(PartText { language, part, text })
    };
    let texts: Option<Vec<_>> = rows.into_iter().map(read).collect();
    let texts = texts.ok_or(Error::Corrupt("part of a notice"))?;
    Texts::parse(&texts).map_err(|_| Error::Corrupt("text of a notice"))
}
