//! What people ask for: a permission, once each. A request goes with the account of whoever asked, and 90 days
//! after it was answered.
//!
//! Granting is giving a role, by whichever door: [`settle`] runs where roles are given, and there is no other
//! way for a request to be granted.

use super::able;
use crate::{Error, Grant, Own, Read, Result, Tx, connection::on_db, grants::RolesManage};
use domain::{
    Conflict, OrganisationId, Permission, PermissionRequestId, PermissionSet, UserId,
    event::{Event, EventKind},
    explain::{AskedState, DAYS_KEPT, MOST_LISTED},
    history::Named,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// A request of one's own.
#[derive(Clone, Copy, Debug)]
pub struct Stored {
    /// What was asked for.
    pub permission: Permission,
    /// Where it stands.
    pub state: AskedState,
    /// When it was asked for, in unix milliseconds.
    pub asked_at: i64,
    /// When it was answered or taken back, in unix milliseconds.
    pub closed_at: Option<i64>,
}

/// A request that waits for an answer.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Which.
    pub id: PermissionRequestId,
    /// Who asks.
    pub user: Named<UserId>,
    /// For what.
    pub permission: Permission,
    /// Since when, in unix milliseconds.
    pub asked_at: i64,
}

/// All requests of one's own, the newest first.
///
/// # Errors
/// The database failed.
pub async fn list_own(read: &mut Read, grant: &Grant<Own>) -> Result<Vec<Stored>> {
    let rows: Vec<(String, String, i64, Option<i64>)> = on_db!(read, c => sqlx::query_as(
        "SELECT permission, state, asked_at, closed_at FROM permission_request
         WHERE user_id = $1 ORDER BY asked_at DESC, id DESC")
        .bind(grant.user().0).fetch_all(c).await)?;
    let read = |(permission, state, asked_at, closed_at): (String, String, _, _)| {
        let (permission, state) = (code(&permission)?, state_of(&state)?);
        Ok(Stored { permission, state, asked_at, closed_at })
    };
    rows.into_iter().map(read).collect()
}

/// Asks for a permission, or asks again; whether there is a new request now. Who waits for an answer already
/// goes on waiting.
///
/// # Errors
/// The database failed.
pub async fn ask(tx: &mut Tx, grant: &Grant<Own>, permission: Permission) -> Result<bool> {
    let (id, now) = (tx.new_id(), tx.now());
    let asked = on_db!(tx, c => sqlx::query(
        "INSERT INTO permission_request (id, user_id, permission, state, asked_at)
         SELECT $1, user_id, $3, 'open', $4 FROM account WHERE user_id = $2 AND status = 'active'
         ON CONFLICT (user_id, permission) DO UPDATE SET state = 'open', asked_at = $4, closed_at = NULL
         WHERE permission_request.state <> 'open'")
        .bind(id).bind(grant.user().0).bind(permission.code()).bind(now)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if asked == 0 {
        return Ok(false);
    }
    // A role may have been given since the rights of whoever asks were read.
    settle(tx, grant.organisation()).await?;
    tell(tx, grant.organisation(), grant.user()).await?;
    Ok(true)
}

/// Takes a request of one's own back, which waits no more then.
///
/// # Errors
/// `RequestAnswered`, `NotFound` where there is none that waits, or the database failed.
pub async fn take_back(tx: &mut Tx, grant: &Grant<Own>, permission: Permission) -> Result<()> {
    let found: Option<(Uuid, String)> = on_db!(tx, c => sqlx::query_as(
        "SELECT id, state FROM permission_request WHERE user_id = $1 AND permission = $2")
        .bind(grant.user().0).bind(permission.code()).fetch_optional(c).await)?;
    let (id, state) = found.ok_or(domain::Error::NotFound)?;
    match state_of(&state)? {
        AskedState::Open => {}
        AskedState::TakenBack => return Err(domain::Error::NotFound.into()),
        AskedState::Granted | AskedState::Declined => return Err(Conflict::RequestAnswered.into()),
    }
    close(tx, id, AskedState::TakenBack).await?;
    tell(tx, grant.organisation(), grant.user()).await
}

/// At most [`MOST_LISTED`] requests for one of these permissions that wait for an answer, the oldest first.
///
/// # Errors
/// The database failed.
pub async fn list(
    read: &mut Read,
    grant: &Grant<RolesManage>,
    permissions: PermissionSet,
) -> Result<Vec<Waiting>> {
    let sql = format!(
        "SELECT q.id, q.user_id, p.name, a.external, q.permission, q.asked_at {} ORDER BY q.asked_at, q.id LIMIT $2",
        waiting(permissions)
    );
    let limit = i64::try_from(MOST_LISTED).unwrap_or(i64::MAX);
    // Put together of fixed parts only.
    let rows: Vec<(Uuid, Uuid, String, bool, String, i64)> = on_db!(read, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(grant.organisation().0).bind(limit).fetch_all(c).await)?;
    let read = |(id, user, name, external, permission, asked_at): (Uuid, Uuid, _, _, String, _)| {
        let user = Named { id: UserId(user), name, external, gone: false };
        Ok(Waiting { id: PermissionRequestId(id), user, permission: code(&permission)?, asked_at })
    };
    rows.into_iter().map(read).collect()
}

/// How many there are.
///
/// # Errors
/// The database failed.
pub async fn count(read: &mut Read, grant: &Grant<RolesManage>, permissions: PermissionSet) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) {}", waiting(permissions));
    // Put together of fixed parts only.
    Ok(on_db!(read, c => sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(grant.organisation().0).fetch_one(c).await)?)
}

/// From where, and which: codes of permissions are no input.
fn waiting(permissions: PermissionSet) -> String {
    let codes: Vec<_> = permissions.iter().map(|permission| format!("'{}'", permission.code())).collect();
    format!(
        "FROM permission_request q JOIN account a ON a.user_id = q.user_id JOIN person p ON p.id = q.user_id
         WHERE q.state = 'open' AND a.organisation_id = $1 AND a.status = 'active'
           AND q.permission IN ({})",
        codes.join(", ")
    )
}

/// A request of the organisation that waits for an answer: who asks, and for what.
///
/// # Errors
/// `NotFound`, `RequestTakenBack`, `RequestAnswered`, or the database failed.
pub async fn find_open(
    read: &mut Read,
    grant: &Grant<RolesManage>,
    id: PermissionRequestId,
) -> Result<(UserId, Permission)> {
    let found: Option<(Uuid, String, String)> = on_db!(read, c => sqlx::query_as(
        "SELECT q.user_id, q.permission, q.state
         FROM permission_request q JOIN account a ON a.user_id = q.user_id
         WHERE q.id = $1 AND a.organisation_id = $2 AND a.status <> 'terminating'")
        .bind(id.0).bind(grant.organisation().0).fetch_optional(c).await)?;
    let (user, permission, state) = found.ok_or(domain::Error::NotFound)?;
    match state_of(&state)? {
        AskedState::Open => Ok((UserId(user), code(&permission)?)),
        AskedState::TakenBack => Err(Conflict::RequestTakenBack.into()),
        AskedState::Granted | AskedState::Declined => Err(Conflict::RequestAnswered.into()),
    }
}

/// Declines a request that [`find_open`] has found.
///
/// # Errors
/// The database failed.
pub async fn decline(
    tx: &mut Tx,
    grant: &Grant<RolesManage>,
    id: PermissionRequestId,
    user: UserId,
) -> Result<()> {
    close(tx, id.0, AskedState::Declined).await?;
    tell(tx, grant.organisation(), user).await
}

async fn close(tx: &mut Tx, id: Uuid, state: AskedState) -> Result<()> {
    let now = tx.now();
    on_db!(tx, c => sqlx::query("UPDATE permission_request SET state = $2, closed_at = $3 WHERE id = $1")
        .bind(id).bind(state.code()).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Whatever is asked for and given by a role of whoever asks is granted now.
pub(crate) async fn settle(tx: &mut Tx, organisation: OrganisationId) -> Result<()> {
    let now = tx.now();
    on_db!(tx, c => sqlx::query(
        "UPDATE permission_request SET state = 'granted', closed_at = $2
         WHERE state = 'open' AND user_id IN (SELECT a.user_id FROM account a WHERE a.organisation_id = $1)
           AND EXISTS (
             SELECT 1 FROM role_assignment ra JOIN role r ON r.id = ra.role_id
             WHERE ra.user_id = permission_request.user_id AND (r.system OR EXISTS (
                 SELECT 1 FROM role_permission rp
                 WHERE rp.role_id = r.id AND rp.permission = permission_request.permission)))")
        .bind(organisation.0).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Forgets what was answered or taken back long ago.
pub(crate) async fn sweep(tx: &mut Tx) -> Result<()> {
    let oldest = tx.now() - DAYS_KEPT * DAY;
    on_db!(tx, c => sqlx::query("DELETE FROM permission_request WHERE closed_at <= $1")
        .bind(oldest).execute(c).await.map(drop))?;
    Ok(())
}

/// Tells the open pages of whoever asked, and of those who manage roles.
async fn tell(tx: &mut Tx, organisation: OrganisationId, user: UserId) -> Result<()> {
    let now = tx.now();
    let managers = able(tx, organisation, Permission::RolesManage, now).await?;
    for user in managers.into_iter().map(|manager| manager.user.id).chain([user]) {
        tx.announce(Event { organisation, user: Some(user), kind: EventKind::RightsChanged });
    }
    Ok(())
}

fn code(code: &str) -> Result<Permission> {
    Permission::from_code(code).ok_or(Error::Corrupt("permission code"))
}

fn state_of(code: &str) -> Result<AskedState> {
    AskedState::from_code(code).ok_or(Error::Corrupt("state of a permission request"))
}
