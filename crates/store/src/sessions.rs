//! Sessions, and the one query that makes a [`Caller`] of a token.

use crate::{
    Caller, Error, Grant, Own, Proven, Read, Result, Store, System, Token, Tx,
    caller::Inner,
    connection::{may_enter, on_db},
    grants::UsersManage,
    mail, preview,
};
use domain::{
    Language, OrganisationId, Permission, PermissionSet, Rights, SessionId, UserId,
    device::Device,
    event::{Event, EventKind},
    mail::Message,
};
use uuid::Uuid;

/// How many sessions a user may have; a further one ends the oldest.
const MOST: i64 = 100;

/// When a session ends by itself: an external user's may before its time.
macro_rules! session_ends {
    () => {
        "CASE WHEN a.access_ends_at < s.expires_at THEN a.access_ends_at ELSE s.expires_at END"
    };
}

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
    id: Uuid,
    used_on: i64,
    proved_at: i64,
    second_factor_required: bool,
    has_passkey: bool,
    has_app: bool,
    notice_agreed: bool,
    in_preview: bool,
    expires_at: i64,
}

/// Who brought this token, with their rights of this moment; nobody if it is unknown, expired, or
/// of an account that may not sign in.
///
/// # Errors
/// The database failed.
pub async fn resolve(read: &mut Read, token: &Token, now: i64) -> Result<Option<Caller>> {
    by_hash(read, token.hash(), now).await
}

/// The same caller with the rights of this moment, for what takes longer than a moment; nobody if they may not
/// come in any more.
///
/// # Errors
/// The database failed.
pub async fn again(read: &mut Read, caller: &Caller, now: i64) -> Result<Option<Caller>> {
    by_hash(read, caller.token_hash().to_vec(), now).await
}

async fn by_hash(read: &mut Read, token_hash: Vec<u8>, now: i64) -> Result<Option<Caller>> {
    let row: Option<Row> = on_db!(read, c => sqlx::query_as(
        concat!("SELECT a.user_id, a.organisation_id, p.name, o.name AS organisation_name, o.time_zone, a.language,
                a.external, s.id, s.used_on, s.proved_at,
                ", session_ends!(), " AS expires_at,
                EXISTS (SELECT 1 FROM role_assignment ra JOIN role r ON r.id = ra.role_id
                        WHERE ra.user_id = a.user_id AND r.system) AS system,
                (SELECT string_agg(rp.permission, ',') FROM role_assignment ra
                 JOIN role_permission rp ON rp.role_id = ra.role_id WHERE ra.user_id = a.user_id) AS permissions,
                o.second_factor_required,
                EXISTS (SELECT 1 FROM totp t WHERE t.user_id = a.user_id AND t.confirmed) AS has_app,
                EXISTS (SELECT 1 FROM passkey k WHERE k.user_id = a.user_id) AS has_passkey,
                EXISTS (SELECT 1 FROM notice_agreement g WHERE g.user_id = a.user_id AND g.version =
                        (SELECT MAX(n.version) FROM notice n WHERE n.organisation_id = a.organisation_id)) AS notice_agreed,
                EXISTS (SELECT 1 FROM preview v WHERE v.token_hash = s.token_hash) AS in_preview
         FROM session s
         JOIN account a ON a.user_id = s.user_id
         JOIN person p ON p.id = a.user_id
         JOIN organisation o ON o.id = a.organisation_id
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND ", may_enter!("$2")))
        .bind(&token_hash).bind(now).fetch_optional(c).await)?;
    let Some(row) = row else { return Ok(None) };
    let granted = if row.system { PermissionSet::all() } else { permissions(row.permissions.as_deref())? };
    let lacks_factor = row.second_factor_required && !row.has_app && !row.has_passkey;
    let rights = Rights::of_this_moment(granted, row.external, lacks_factor);
    let caller = Caller::new(Inner {
        user: UserId(row.user_id),
        organisation: OrganisationId(row.organisation_id),
        name: row.name,
        organisation_name: row.organisation_name,
        time_zone: row.time_zone,
        language: Language::from_code(&row.language).unwrap_or_default(),
        rights,
        preview: None,
        has_passkey: row.has_passkey,
        has_app: row.has_app,
        notice_agreed: row.notice_agreed,
        session: SessionId(row.id),
        used_on: row.used_on,
        proved_at: row.proved_at,
        expires_at: row.expires_at,
        token_hash,
    });
    // Whoever has not agreed to the current notice does that as themselves.
    let in_preview = row.in_preview && row.notice_agreed;
    Ok(Some(if in_preview { preview::apply(read, caller).await? } else { caller }))
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
/// With a class of device that is new to them they are told by mail; not with their very first.
pub(crate) async fn begin(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
    session: NewSession,
) -> Result<Token> {
    let NewSession { device, seconds } = session;
    let (id, now) = (tx.new_id(), tx.now());
    let token = tx.random().token();
    let expires_at = now.saturating_add(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000));
    on_db!(tx, c => sqlx::query(
        "INSERT INTO session (token_hash, id, user_id, device, created_at, used_on, proved_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $5, $7)")
        .bind(token.hash()).bind(id).bind(user.0).bind(device.code()).bind(now).bind(day(now)).bind(expires_at).execute(c).await.map(drop))?;
    end_oldest(tx, organisation, user).await?;
    if is_news(tx, user, device).await? {
        let grant: Grant<System> = Grant::acting_as(organisation, user);
        mail::queue(tx, &grant, user, Message::NewDevice(device)).await?;
    }
    Ok(token)
}

/// Notes the class of device, and says whether its user knows others but not this one.
async fn is_news(tx: &mut Tx, user: UserId, device: Device) -> Result<bool> {
    let known: i64 = on_db!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM known_device WHERE user_id = $1")
        .bind(user.0).fetch_one(c).await)?;
    let noted = on_db!(tx, c => sqlx::query(
        "INSERT INTO known_device (user_id, device) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(user.0).bind(device.code()).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(known > 0 && noted > 0)
}

async fn end_oldest(tx: &mut Tx, organisation: OrganisationId, user: UserId) -> Result<()> {
    let ended = on_db!(tx, c => sqlx::query(
        "DELETE FROM session WHERE user_id = $1 AND id NOT IN (
             SELECT id FROM session WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2)")
        .bind(user.0).bind(MOST).execute(c).await.map(|done| done.rows_affected()))?;
    if ended > 0 {
        tx.announce(Event { organisation, user: Some(user), kind: EventKind::SignedOut });
    }
    Ok(())
}

/// Writes down that a session is used today, unless that is written down already: at most once a
/// day, so no request has to wait for it.
///
/// # Errors
/// The database failed.
pub async fn touch(store: &Store, caller: &Caller) -> Result<()> {
    let today = day(store.clock().now());
    if caller.used_on() == today {
        return Ok(());
    }
    let session = caller.sign_in();
    store
        .write_in_turn(async move |tx| {
            on_db!(tx, c => sqlx::query("UPDATE session SET used_on = $2 WHERE id = $1")
                .bind(session.0).bind(today).execute(c).await.map(drop))?;
            Ok(())
        })
        .await
}

/// A session as it is stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Which.
    pub id: SessionId,
    /// On what class of device.
    pub device: Device,
    /// Since when, in unix milliseconds.
    pub created_at: i64,
    /// The beginning of the day of its last use (UTC), in unix milliseconds.
    pub used_on: i64,
}

/// One's own sessions, the newest first.
///
/// # Errors
/// The database failed.
pub async fn list(read: &mut Read, grant: &Grant<Own>, now: i64) -> Result<Vec<Stored>> {
    let rows: Vec<(Uuid, String, i64, i64)> = on_db!(read, c => sqlx::query_as(
        "SELECT id, device, created_at, used_on FROM session WHERE user_id = $1 AND expires_at > $2
         ORDER BY created_at DESC, id DESC")
        .bind(grant.user().0).bind(now).fetch_all(c).await)?;
    let read = |(id, device, created_at, used_on): (Uuid, String, i64, i64)| Stored {
        id: SessionId(id),
        device: Device::from_code(&device),
        created_at,
        used_on: used_on * DAY,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Renews the proof of the session that the caller came with, after the password that `hash` was made
/// of was shown.
///
/// # Errors
/// `Unauthenticated` if the session ended or the password was changed meanwhile, or the database
/// failed.
pub async fn prove_by_password(tx: &mut Tx, caller: &Caller, hash: &str) -> Result<Proven> {
    let still: Option<i64> = on_db!(tx, c => sqlx::query_scalar(
        "SELECT a.version FROM account a JOIN user_password w ON w.user_id = a.user_id
         WHERE a.user_id = $1 AND a.status = 'active' AND w.hash = $2")
        .bind(caller.user().0).bind(hash).fetch_optional(c).await)?;
    if still.is_none() {
        return Err(domain::Error::Unauthenticated.into());
    }
    proved(tx, caller).await
}

/// Writes down that the caller has just shown a secret that was right.
pub(crate) async fn proved(tx: &mut Tx, caller: &Caller) -> Result<Proven> {
    let now = tx.now();
    let found = on_db!(tx, c => sqlx::query("UPDATE session SET proved_at = $2 WHERE token_hash = $1")
        .bind(caller.token_hash()).bind(now).execute(c).await.map(|done| done.rows_affected()))?;
    if found == 1 { Ok(Proven::new()) } else { Err(domain::Error::Unauthenticated.into()) }
}

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The day of a moment, counted from 1970-01-01 in UTC.
pub(crate) const fn day(now: i64) -> i64 {
    now.div_euclid(DAY)
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

/// Ends one of one's own sessions. The browser that it is in is told.
///
/// # Errors
/// `NotFound` if there is none of that id, or the database failed.
pub async fn end_one(tx: &mut Tx, grant: &Grant<Own>, id: SessionId) -> Result<()> {
    let ended = on_db!(tx, c => sqlx::query("DELETE FROM session WHERE id = $1 AND user_id = $2")
        .bind(id.0).bind(grant.user().0).execute(c).await.map(|done| done.rows_affected()))?;
    if ended == 0 {
        return Err(domain::Error::NotFound.into());
    }
    let (organisation, user) = (grant.organisation(), Some(grant.user()));
    tx.announce(Event { organisation, user, kind: EventKind::SignedOut });
    Ok(())
}

/// Ends all sessions of the caller but the one that they came with.
///
/// # Errors
/// The database failed.
pub async fn end_others(tx: &mut Tx, caller: &Caller) -> Result<()> {
    on_db!(tx, c => sqlx::query("DELETE FROM session WHERE user_id = $1 AND token_hash <> $2")
        .bind(caller.user().0).bind(caller.token_hash()).execute(c).await.map(drop))?;
    let (organisation, user) = (caller.organisation(), Some(caller.user()));
    tx.announce(Event { organisation, user, kind: EventKind::SignedOut });
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

/// How many sessions somebody has.
///
/// # Errors
/// The database failed.
pub async fn count_of(read: &mut Read, grant: &Grant<UsersManage>, user: UserId) -> Result<i64> {
    Ok(on_db!(read, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM session s JOIN account a ON a.user_id = s.user_id
         WHERE s.user_id = $1 AND a.organisation_id = $2")
        .bind(user.0).bind(grant.organisation().0).fetch_one(c).await)?)
}
