//! Links that are good for one time. Only the hash of their secret is stored; a newer one of the
//! same purpose takes the place of the older.

use crate::{Read, Result, Store, Token, Tx, connection::on_db, mail, user_contact};
use domain::{
    Conflict, OrganisationId, RoleId, UserId,
    sign_in::{LinkOwner, LinkPurpose},
};
use uuid::Uuid;

/// Whom a link that can be used is for.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) user: UserId,
    pub(crate) organisation: OrganisationId,
    name: String,
    organisation_name: String,
}

/// Who brought this link.
///
/// # Errors
/// `LinkExpired` if it can't be used, or the database failed.
pub(crate) async fn find(read: &mut Read, purpose: LinkPurpose, token: &Token, now: i64) -> Result<Found> {
    let row: Option<(Uuid, Uuid, String, String)> = on_db!(read, c => sqlx::query_as(
        "SELECT a.user_id, a.organisation_id, p.name, o.name FROM link l
         JOIN account a ON a.user_id = l.user_id JOIN person p ON p.id = a.user_id
         JOIN organisation o ON o.id = a.organisation_id
         WHERE l.token_hash = $1 AND l.purpose = $2 AND l.expires_at > $3 AND a.status IN ('invited', 'active')
           AND (a.access_ends_at IS NULL OR a.access_ends_at > $3)")
        .bind(token.hash()).bind(purpose.code()).bind(now).fetch_optional(c).await)?;
    let (user, organisation, name, organisation_name) = row.ok_or(Conflict::LinkExpired)?;
    Ok(Found { user: UserId(user), organisation: OrganisationId(organisation), name, organisation_name })
}

/// Whom a link is for, in words.
///
/// # Errors
/// `LinkExpired` if it can't be used, or the database failed.
pub async fn owner(read: &mut Read, purpose: LinkPurpose, token: &Token, now: i64) -> Result<LinkOwner> {
    let Found { name, organisation_name, .. } = find(read, purpose, token, now).await?;
    Ok(LinkOwner { name, organisation: organisation_name })
}

/// What of the person and the organisation a password would be guessed by first: the names and the
/// part of the address before the @. The link may be any.
///
/// # Errors
/// `LinkExpired` if it can't be used, or the database failed.
pub async fn personal_words(store: &Store, purpose: LinkPurpose, token: &Token) -> Result<Vec<String>> {
    let now = store.clock().now();
    let found = find(&mut store.read().await?, purpose, token, now).await?;
    let email = user_contact::decrypt(store, found.organisation, found.user).await?;
    let local =
        email.as_ref().and_then(|email| email.reveal().rsplit_once('@')).map(|(local, _)| local.to_owned());
    Ok([Some(found.name), Some(found.organisation_name), local].into_iter().flatten().collect())
}

/// Uses a link up. Whoever comes second finds none: SQLite has one writer, PostgreSQL repeats the
/// work.
pub(crate) async fn take(tx: &mut Tx, purpose: LinkPurpose, token: &Token) -> Result<Found> {
    let now = tx.now();
    let found = find(tx, purpose, token, now).await?;
    on_db!(tx, c => sqlx::query("DELETE FROM link WHERE token_hash = $1")
        .bind(token.hash()).execute(c).await.map(drop))?;
    Ok(found)
}

/// Makes the one link of a user for this purpose; an older one dies.
pub(crate) async fn issue(tx: &mut Tx, user: UserId, purpose: LinkPurpose, expires_at: i64) -> Result<Token> {
    let token = tx.random().token();
    on_db!(tx, c => sqlx::query(
        "INSERT INTO link (user_id, purpose, token_hash, expires_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id, purpose)
         DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at")
        .bind(user.0).bind(purpose.code()).bind(token.hash()).bind(expires_at).execute(c).await.map(drop))?;
    Ok(token)
}

/// Ends the link of a user for this purpose.
pub(crate) async fn end(tx: &mut Tx, user: UserId, purpose: LinkPurpose) -> Result<()> {
    on_db!(tx, c => sqlx::query("DELETE FROM link WHERE user_id = $1 AND purpose = $2")
        .bind(user.0).bind(purpose.code()).execute(c).await.map(drop))?;
    Ok(())
}

/// Ends the links of a user: whoever was handed one may hold less than the user does from now on,
/// or it went to an address that is no longer theirs.
pub(crate) async fn end_all(tx: &mut Tx, user: UserId) -> Result<()> {
    on_db!(tx, c => sqlx::query("DELETE FROM link WHERE user_id = $1").bind(user.0).execute(c).await.map(drop))?;
    mail::take_back_links(tx, user).await
}

/// Ends the links of all who hold a role, which gives more from now on.
pub(crate) async fn end_all_of_role(tx: &mut Tx, role: RoleId) -> Result<()> {
    on_db!(tx, c => sqlx::query(
        "DELETE FROM link WHERE user_id IN (SELECT user_id FROM role_assignment WHERE role_id = $1)")
        .bind(role.0).execute(c).await.map(drop))?;
    mail::take_back_links_of_role(tx, role).await
}
