//! Where an account stands: suspending and reactivating it, invitations, the end of external access.

use super::Account;
use crate::{
    Grant, Read, Result, Tx,
    connection::on_db,
    grants::{OrganisationManage, UsersManage},
    links, roles, sessions,
    sign_in::announce_rights,
};
use domain::{
    Conflict, OrganisationId, UserId,
    users::{ChangeUser, UserStatus},
};
use uuid::Uuid;

/// Takes every way in from a user, and nothing else: what is stored stays as it is (Art. 18 GDPR).
///
/// # Errors
/// `NotInThatState`, `Stale`, `LastAdmin`, or the database failed.
pub async fn suspend(
    tx: &mut Tx,
    grant: &Grant<UsersManage>,
    account: &Account,
    request: ChangeUser,
) -> Result<()> {
    turn(tx, grant, account, request, UserStatus::Suspended).await?;
    links::end_all(tx, account.id).await?;
    sessions::end_all(tx, grant.organisation(), account.id).await?;
    roles::keep_an_admin(tx, grant.organisation()).await
}

/// Lifts a suspension.
///
/// # Errors
/// `NotInThatState`, `Stale`, or the database failed.
pub async fn reactivate(
    tx: &mut Tx,
    grant: &Grant<UsersManage>,
    account: &Account,
    request: ChangeUser,
) -> Result<()> {
    turn(tx, grant, account, request, UserStatus::Active).await
}

async fn turn(
    tx: &mut Tx,
    grant: &Grant<UsersManage>,
    account: &Account,
    request: ChangeUser,
    to: UserStatus,
) -> Result<()> {
    let from = if to == UserStatus::Active { UserStatus::Suspended } else { UserStatus::Active };
    if account.status != from {
        return Err(Conflict::NotInThatState.into());
    }
    let turned = on_db!(tx, c => sqlx::query(
        "UPDATE account SET status = $4, version = version + 1
         WHERE user_id = $1 AND organisation_id = $2 AND version = $3")
        .bind(account.id.0).bind(grant.organisation().0).bind(request.version).bind(to.code())
        .execute(c).await.map(|done| done.rows_affected()))?;
    if turned != 1 {
        return Err(Conflict::Stale.into());
    }
    announce_rights(tx, grant.organisation());
    Ok(())
}

/// Makes an invitation last until `ends_at`.
///
/// # Errors
/// `NotInvited`, or the database failed.
pub async fn invite_again(
    tx: &mut Tx,
    grant: &Grant<UsersManage>,
    account: &Account,
    ends_at: i64,
) -> Result<()> {
    if account.status != UserStatus::Invited {
        return Err(Conflict::NotInvited.into());
    }
    on_db!(tx, c => sqlx::query(
        "UPDATE account SET invitation_ends_at = $3 WHERE user_id = $1 AND organisation_id = $2")
        .bind(account.id.0).bind(grant.organisation().0).bind(ends_at).execute(c).await.map(drop))?;
    Ok(())
}

/// Some of the invitations that nobody accepted in time.
///
/// # Errors
/// The database failed.
pub async fn expired_invitations(read: &mut Read, now: i64) -> Result<Vec<(OrganisationId, UserId)>> {
    let rows: Vec<(Uuid, Uuid)> = on_db!(read, c => sqlx::query_as(
        "SELECT organisation_id, user_id FROM account
         WHERE invitation_ends_at <= $1 AND status = 'invited' ORDER BY invitation_ends_at LIMIT 100")
        .bind(now).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(organisation, user)| (OrganisationId(organisation), UserId(user))).collect())
}

/// Whether somebody's invitation has ended, unaccepted.
pub(crate) async fn expired(tx: &mut Tx, user: UserId) -> Result<bool> {
    let now = tx.now();
    Ok(on_db!(tx, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM account
                        WHERE user_id = $1 AND status = 'invited' AND invitation_ends_at <= $2)")
        .bind(user.0).bind(now).fetch_one(c).await)?)
}

/// When the access of an external user ends.
#[derive(Clone, Copy, Debug)]
pub struct Access {
    /// Whose.
    pub user: UserId,
    /// Unix milliseconds.
    pub ends_at: i64,
}

/// All ends of access in the organisation: days are in its time zone, so they move with it.
///
/// # Errors
/// The database failed.
pub async fn accesses(read: &mut Read, grant: &Grant<OrganisationManage>) -> Result<Vec<Access>> {
    let rows: Vec<(Uuid, i64)> = on_db!(read, c => sqlx::query_as(
        "SELECT user_id, access_ends_at FROM account WHERE organisation_id = $1 AND access_ends_at IS NOT NULL")
        .bind(grant.organisation().0).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(user, ends_at)| Access { user: UserId(user), ends_at }).collect())
}

/// Moves the end of somebody's access.
///
/// # Errors
/// The database failed.
pub async fn move_access_end(tx: &mut Tx, grant: &Grant<OrganisationManage>, access: Access) -> Result<()> {
    on_db!(tx, c => sqlx::query(
        "UPDATE account SET access_ends_at = $3 WHERE user_id = $1 AND organisation_id = $2")
        .bind(access.user.0).bind(grant.organisation().0).bind(access.ends_at).execute(c).await.map(drop))?;
    Ok(())
}
