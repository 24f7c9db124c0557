//! Ending an account. Three steps, each safe to repeat, so that whoever starts next can finish what
//! a server that died left: mark it (no way in from here on), destroy the key (the address is
//! gone, whatever copies of it exist), erase the rest. The name stays in `person`, unless an invitation
//! came to nothing: then nothing stays.

use crate::{
    Grant, Own, Proven, Read, Result, Store, System, Token, Tx,
    connection::on_db,
    grants::UsersManage,
    history, limits, links,
    newsletters::{
        handing_over::{self, Whose},
        switches,
    },
    receipts, requests, roles, sessions,
    sign_in::announce_rights,
    user_contact, users,
};
use domain::{
    OrganisationId, UserId,
    history::{Action, Subject},
    sign_in::LinkPurpose,
};
use uuid::Uuid;

/// Ends one's own account.
///
/// # Errors
/// `LastAdmin` if nobody else could manage the organisation, or the database failed.
pub async fn terminate(store: &Store, grant: &Grant<Own>, _proven: &Proven) -> Result<Token> {
    let token = begin(store, grant).await?;
    finish(store, grant.organisation(), grant.user()).await?;
    Ok(token)
}

/// The first step for somebody else's account, in the transaction of its caller; [`finish_user`]
/// does the rest. With a secret for it there will be a receipt.
///
/// # Errors
/// `LastAdmin`, or the database failed.
pub async fn begin_user(
    tx: &mut Tx,
    grant: &Grant<UsersManage>,
    (user, action): (UserId, Action),
    receipt: Option<&Token>,
) -> Result<()> {
    if let Some(token) = receipt {
        let counted = receipts::preview(tx, grant, user).await?;
        receipts::write(tx, grant.organisation(), counted, token).await?;
    }
    mark(tx, grant, user, action).await
}

/// Ends the account that [`begin_user`] has marked.
///
/// # Errors
/// The database failed.
pub async fn finish_user(store: &Store, grant: &Grant<UsersManage>, user: UserId) -> Result<()> {
    finish(store, grant.organisation(), user).await
}

/// Erases somebody who declined an invitation; the link is used up.
///
/// # Errors
/// `LinkExpired`, or the database failed.
pub async fn decline_invitation(store: &Store, token: &Token) -> Result<()> {
    let token = token.clone();
    let (organisation, user) = store
        .write(async move |tx| {
            let links::Found { user, organisation, .. } =
                links::take(tx, LinkPurpose::Invitation, &token).await?;
            let grant: Grant<System> = Grant::system(organisation);
            mark(tx, &grant, user, Action::InvitationDeclined).await?;
            Ok((organisation, user))
        })
        .await?;
    finish(store, organisation, user).await
}

/// Erases those who did not accept their invitation in time, and says how many they were.
///
/// # Errors
/// The database failed.
pub async fn erase_expired_invitations(store: &Store) -> Result<usize> {
    let expired = users::expired_invitations(&mut store.read().await?, store.clock().now()).await?;
    for (organisation, user) in &expired {
        let (organisation, user) = (*organisation, *user);
        store
            .write(async move |tx| {
                // Accepted or prolonged in the meantime.
                if users::expired(tx, user).await? {
                    let grant: Grant<System> = Grant::system(organisation);
                    mark(tx, &grant, user, Action::InvitationExpired).await?;
                }
                Ok(())
            })
            .await?;
    }
    resume(store).await?;
    Ok(expired.len())
}

/// The first step alone: from here on there is no way in, and [`resume`] does the rest. Its answer is
/// the secret of the receipt.
///
/// # Errors
/// `LastAdmin` if nobody else could manage the organisation, or the database failed.
pub async fn begin(store: &Store, grant: &Grant<Own>) -> Result<Token> {
    let (owner, token) = (grant.clone(), store.random().token());
    let secret = token.clone();
    store
        .write(async move |tx| {
            let counted = receipts::preview_own(tx, &owner).await?;
            receipts::write(tx, owner.organisation(), counted, &secret).await?;
            mark(tx, &owner, owner.user(), Action::UserTerminated).await
        })
        .await?;
    Ok(token)
}

/// Ends all accounts that were marked when a server died. One that can't be ended holds no other up.
///
/// # Errors
/// The first failure.
pub async fn resume(store: &Store) -> Result<usize> {
    let mut read = store.read().await?;
    let rows: Vec<(Uuid, Uuid)> = on_db!(read, c => sqlx::query_as(
        "SELECT organisation_id, user_id FROM account WHERE status = 'terminating'").fetch_all(c).await)?;
    drop(read);
    let mut ended = Ok(rows.len());
    for (organisation, user) in rows {
        if let Err(error) = finish(store, OrganisationId(organisation), UserId(user)).await {
            ended = ended.and(Err(error));
        }
    }
    ended
}

/// Whether one is the only active platform admin.
///
/// # Errors
/// The database failed.
pub async fn is_last_admin(read: &mut Read, grant: &Grant<Own>) -> Result<bool> {
    let others: (bool, bool) = on_db!(read, c => sqlx::query_as(
        "SELECT EXISTS (SELECT 1 FROM role r JOIN role_assignment ra ON ra.role_id = r.id
                        WHERE r.organisation_id = $1 AND r.system AND ra.user_id = $2),
                EXISTS (SELECT 1 FROM role r JOIN role_assignment ra ON ra.role_id = r.id
                        JOIN account a ON a.user_id = ra.user_id
                        WHERE r.organisation_id = $1 AND r.system AND a.status = 'active' AND NOT a.external
                          AND a.user_id <> $2)")
        .bind(grant.organisation().0).bind(grant.user().0).fetch_one(c).await)?;
    Ok(others.0 && !others.1)
}

async fn mark<P>(tx: &mut Tx, grant: &Grant<P>, user: UserId, action: Action) -> Result<()> {
    let organisation = grant.organisation();
    let marked = on_db!(tx, c => sqlx::query(
        "UPDATE account SET status = 'terminating' WHERE user_id = $1 AND status <> 'terminating'")
        .bind(user.0).execute(c).await.map(|done| done.rows_affected()))?;
    if marked == 0 {
        return Ok(());
    }
    roles::keep_an_admin(tx, organisation).await?;
    history::record(tx, grant, action, Subject::User(user)).await?;
    switches::end_all(tx, user).await?;
    links::end_all(tx, user).await?;
    sessions::end_all(tx, organisation, user).await
}

async fn finish(store: &Store, organisation: OrganisationId, user: UserId) -> Result<()> {
    handing_over::wait(store, Whose::User(user)).await?;
    store.keys().destroy(user).await?;
    store.note_erasure();
    let counted = store.clone();
    store
        .write(async move |tx| {
            let now = tx.now();
            let invited: Option<bool> = on_db!(tx, c => sqlx::query_scalar(
                "SELECT invitation_ends_at IS NOT NULL FROM account WHERE user_id = $1")
                .bind(user.0).fetch_optional(c).await)?;
            let lookup = user_contact::lookup(tx, user).await?;
            limits::forget(tx, &counted, user, lookup.as_deref()).await?;
            on_db!(tx, c => sqlx::query("UPDATE person SET terminated_at = $2 WHERE id = $1 AND terminated_at IS NULL")
                .bind(user.0).bind(now).execute(c).await.map(drop))?;
            requests::end_all(tx, user).await?;
            // Contact, password, sessions, links and roles hang on the account and go with it.
            on_db!(tx, c => sqlx::query("DELETE FROM account WHERE user_id = $1")
                .bind(user.0).execute(c).await.map(drop))?;
            if invited == Some(true) {
                on_db!(tx, c => sqlx::query("DELETE FROM person WHERE id = $1").bind(user.0).execute(c).await.map(drop))?;
            }
            announce_rights(tx, organisation);
            Ok(())
        })
        .await?;
    store.note_erasure();
    receipts::settle(store).await
}
