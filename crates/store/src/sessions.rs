//! Sessions, and the one query that makes a [`Caller`] of a token.

use crate::{Caller, Error, Grant, Own, Read, Result, Token, Tx, caller::Inner, connection::on_db};
use domain::{
    Language, OrganisationId, Permission, PermissionSet, Rights, UserId,
    device::Device,
    event::{Event, EventKind},
};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    user_id: Uuid,
    organisation_id: Uuid,
    name: String,
    organisation_name: String,
    time_zone: String,
    language: String,
    external: bool,
    system: bool,
    permissions: Option<String>,
    lacks_second_factor: bool,
    expires_at: i64,
}

/// Who brought this token, with their rights of this moment; nobody if it is unknown, expired, or
/// of an account that may not sign in.
///
/// # Errors
/// The database failed.
pub async fn resolve(read: &mut Read, token: &Token, now: i64) -> Result<Option<Caller>> {
    let token_hash = token.hash();
    let row: Option<Row> = on_db!(read, c => sqlx::query_as(
        "SELECT a.user_id, a.organisation_id, p.name, o.name AS organisation_name, o.time_zone, a.language,
                a.external, s.expires_at,
                EXISTS (SELECT 1 FROM role_assignment ra JOIN role r ON r.id = ra.role_id
                        WHERE ra.user_id = a.user_id AND r.system) AS system,
                (SELECT string_agg(rp.permission, ',') FROM role_assignment ra
                 JOIN role_permission rp ON rp.role_id = ra.role_id WHERE ra.user_id = a.user_id) AS permissions,
                (o.second_factor_required
                 AND NOT EXISTS (SELECT 1 FROM totp t WHERE t.user_id = a.user_id AND t.confirmed)
                 AND NOT EXISTS (SELECT 1 FROM passkey k WHERE k.user_id = a.user_id)) AS lacks_second_factor
         FROM session s
         JOIN account a ON a.user_id = s.user_id
         JOIN person p ON p.id = a.user_id
         JOIN organisation o ON o.id = a.organisation_id
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND a.status = 'active'
           AND (a.access_ends_at IS NULL OR a.access_ends_at > $2)")
        .bind(&token_hash).bind(now).fetch_optional(c).await)?;
    let Some(row) = row else { return Ok(None) };
    let granted = if row.system { PermissionSet::all() } else { permissions(row.permissions.as_deref())? };
    let rights = Rights::new(granted, row.external);
    let rights = if row.lacks_second_factor { rights.without_second_factor() } else { rights };
    Ok(Some(Caller::new(Inner {
        user: UserId(row.user_id),
        organisation: OrganisationId(row.organisation_id),
        name: row.name,
        organisation_name: row.organisation_name,
        time_zone: row.time_zone,
        language: Language::from_code(&row.language).unwrap_or_default(),
        rights,
        expires_at: row.expires_at,
        token_hash,
    })))
}

/// The set in a list of codes that are parted by commas.
pub(crate) fn permissions(codes: Option<&str>) -> Result<PermissionSet> {
    codes
        .unwrap_or_default()
        .split(',')
        .filter(|code| !code.is_empty())
        .map(|code| Permission::from_code(code).ok_or(Error::Corrupt("permission code")))
        .collect()
}

/// What a session begins with.
#[derive(Clone, Copy, Debug)]
pub struct NewSession {
    /// What class of device it is on.
    pub device: Device,
    /// How long it lasts.
    pub seconds: u64,
}

/// Begins a session for somebody who has just proved who they are.
pub(crate) async fn begin(tx: &mut Tx, user: UserId, session: NewSession) -> Result<Token> {
    let NewSession { device, seconds } = session;
    let (id, now) = (tx.new_id(), tx.now());
    let token = tx.random().token();
    let expires_at = now.saturating_add(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000));
    on_db!(tx, c => sqlx::query("DELETE FROM session WHERE expires_at <= $1").bind(now).execute(c).await.map(drop))?;
    on_db!(tx, c => sqlx::query(
        "INSERT INTO session (token_hash, id, user_id, device, created_at, used_on, proved_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $5, $7)")
        .bind(token.hash()).bind(id).bind(user.0).bind(device.code()).bind(now).bind(day(now)).bind(expires_at).execute(c).await.map(drop))?;
    Ok(token)
}

/// The day of a moment, counted from 1970-01-01 in UTC.
pub(crate) const fn day(now: i64) -> i64 {
    now.div_euclid(24 * 60 * 60 * 1000)
}

/// Ends the session that the caller came with.
///
/// # Errors
/// The database failed.
pub async fn end(tx: &mut Tx, caller: &Caller) -> Result<()> {
    on_db!(tx, c => sqlx::query("DELETE FROM session WHERE token_hash = $1")
        .bind(caller.token_hash()).execute(c).await.map(drop))?;
    tx.announce(Event {
        organisation: caller.organisation(),
        user: Some(caller.user()),
        kind: EventKind::SignedOut,
    });
    Ok(())
}

/// Ends every session of a user.
pub(crate) async fn end_all(tx: &mut Tx, organisation: OrganisationId, user: UserId) -> Result<()> {
    on_db!(tx, c => sqlx::query("DELETE FROM session WHERE user_id = $1").bind(user.0).execute(c).await.map(drop))?;
    tx.announce(Event { organisation, user: Some(user), kind: EventKind::SignedOut });
    Ok(())
}

/// How many sessions one has.
///
/// # Errors
/// The database failed.
pub async fn count(read: &mut Read, grant: &Grant<Own>) -> Result<i64> {
    Ok(on_db!(read, c => sqlx::query_scalar("SELECT COUNT(*) FROM session WHERE user_id = $1")
        .bind(grant.user().0).fetch_one(c).await)?)
}

/// Whether the session that the caller came with is still there.
///
/// # Errors
/// The database failed.
pub async fn is_open(read: &mut Read, caller: &Caller) -> Result<bool> {
    Ok(on_db!(read, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM session s JOIN account a ON a.user_id = s.user_id
                        WHERE s.token_hash = $1 AND a.status = 'active')")
        .bind(caller.token_hash()).fetch_one(c).await)?)
}
