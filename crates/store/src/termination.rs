//! Ending an account. Three steps, each safe to repeat, so that whoever starts next can finish what
//! a server that died left: mark it (no way in from here on), destroy the key (the address is
//! gone, whatever copies of it exist), erase the rest. The name stays in `person`.

use crate::{
    Grant, Own, Proven, Read, Result, Store, Tx, connection::on_db, history, limits, roles, sessions,
    sign_in::announce_rights, user_contact,
};
use domain::{
    OrganisationId, UserId,
    history::{Action, Subject},
};
use uuid::Uuid;

/// Ends one's own account.
///
/// # Errors
/// `LastAdmin` if nobody else could manage the organisation, or the database failed.
pub async fn terminate(store: &Store, grant: &Grant<Own>, _proven: &Proven) -> Result<()> {
    begin(store, grant).await?;
    finish(store, grant.organisation(), grant.user()).await
}

/// The first step alone: from here on there is no way in, and [`resume`] does the rest.
///
/// # Errors
/// `LastAdmin` if nobody else could manage the organisation, or the database failed.
pub async fn begin(store: &Store, grant: &Grant<Own>) -> Result<()> {
    let owner = grant.clone();
    store.write(async move |tx| mark(tx, &owner).await).await
}

/// Ends all accounts that were marked when a server died.
///
/// # Errors
/// The database failed.
pub async fn resume(store: &Store) -> Result<usize> {
    let mut read = store.read().await?;
    let rows: Vec<(Uuid, Uuid)> = on_db!(read, c => sqlx::query_as(
        "SELECT organisation_id, user_id FROM account WHERE status = 'terminating'").fetch_all(c).await)?;
    drop(read);
    let count = rows.len();
    for (organisation, user) in rows {
        finish(store, OrganisationId(organisation), UserId(user)).await?;
    }
    Ok(count)
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

/// How many one-time links one has.
///
/// # Errors
/// The database failed.
pub async fn count_links(read: &mut Read, grant: &Grant<Own>) -> Result<i64> {
    Ok(on_db!(read, c => sqlx::query_scalar("SELECT COUNT(*) FROM link WHERE user_id = $1")
        .bind(grant.user().0).fetch_one(c).await)?)
}

async fn mark(tx: &mut Tx, grant: &Grant<Own>) -> Result<()> {
    let (organisation, user) = (grant.organisation(), grant.user());
    let marked = on_db!(tx, c => sqlx::query(
        "UPDATE account SET status = 'terminating' WHERE user_id = $1 AND status <> 'terminating'")
        .bind(user.0).execute(c).await.map(|done| done.rows_affected()))?;
    if marked == 0 {
        return Ok(());
    }
    roles::keep_an_admin(tx, organisation).await?;
    history::record(tx, grant, Action::UserTerminated, Subject::User(user)).await?;
    sessions::end_all(tx, organisation, user).await
}

async fn finish(store: &Store, organisation: OrganisationId, user: UserId) -> Result<()> {
    store.keys().destroy(user).await?;
    let counted = store.clone();
    store
        .write(async move |tx| {
            let now = tx.now();
            let lookup = user_contact::lookup(tx, user).await?;
            limits::forget(tx, &counted, user, lookup.as_deref()).await?;
            on_db!(tx, c => sqlx::query("UPDATE person SET terminated_at = $2 WHERE id = $1 AND terminated_at IS NULL")
                .bind(user.0).bind(now).execute(c).await.map(drop))?;
            // Contact, password, sessions, links and roles hang on the account and go with it.
            on_db!(tx, c => sqlx::query("DELETE FROM account WHERE user_id = $1")
                .bind(user.0).execute(c).await.map(drop))?;
            announce_rights(tx, organisation);
            Ok(())
        })
        .await?;
    store.forget_log().await
}
