//! Changing a user: the fields, and the roles.

use super::{Account, account};
use crate::{
    Grant, Own, Read, Result, Tx,
    connection::on_db,
    explain::requests,
    grants::{RolesManage, UsersManage},
    links, mail, roles,
    sign_in::announce_rights,
    sort_key,
    user_contact::{self, SealedAddress},
};
use domain::{
    Conflict, Language, OrganisationId, RoleId, UserId,
    event::{Event, EventKind},
    name::PersonName,
};

/// What of an account is changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// Who.
    pub id: UserId,
    /// The version that was on the screen.
    pub version: i64,
    /// The new name.
    pub name: PersonName,
    /// The new address, if it changes at once.
    pub address: Option<SealedAddress>,
    /// Whether the user is from outside, and until when, if that is to be said anew.
    pub standing: Option<Standing>,
    /// Language of the pages.
    pub language: Language,
}

/// Whether a user is from outside the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// From outside.
    pub external: bool,
    /// When the access ends, in unix milliseconds; only where it is external.
    pub access_ends_at: Option<i64>,
}

/// Changes a user.
///
/// # Errors
/// `Stale`, `EmailTaken`, `LastAdmin`, or the database failed.
pub async fn update(tx: &mut Tx, grant: &Grant<UsersManage>, change: &Change) -> Result<()> {
    write_change(tx, grant.organisation(), change).await?;
    announce_rights(tx, grant.organisation());
    roles::keep_an_admin(tx, grant.organisation()).await
}

/// Changes one's own account.
///
/// # Errors
/// `Stale`, `EmailTaken`, or the database failed.
pub async fn update_own(tx: &mut Tx, grant: &Grant<Own>, change: &Change) -> Result<()> {
    let own = Change { id: grant.user(), standing: None, ..change.clone() };
    write_change(tx, grant.organisation(), &own).await?;
    // Nobody else's rights change by it, so nobody else's pages are asked to load again.
    let (organisation, user) = (grant.organisation(), Some(grant.user()));
    tx.announce(Event { organisation, user, kind: EventKind::RightsChanged });
    Ok(())
}

async fn standing(read: &mut Read, organisation: OrganisationId, id: UserId) -> Result<Standing> {
    let account = account(read, organisation, id).await?;
    Ok(Standing { external: account.external, access_ends_at: account.access_ends_at })
}

async fn write_change(tx: &mut Tx, organisation: OrganisationId, change: &Change) -> Result<()> {
    let Standing { external, access_ends_at } = match change.standing {
        Some(standing) => standing,
        None => standing(tx, organisation, change.id).await?,
    };
    let changed = on_db!(tx, c => sqlx::query(
        "UPDATE account SET sort_key = $4, external = $5, access_ends_at = $6, language = $7, version = version + 1
         WHERE user_id = $1 AND organisation_id = $2 AND version = $3 AND status <> 'terminating'")
        .bind(change.id.0).bind(organisation.0).bind(change.version).bind(sort_key(change.name.as_str()))
        .bind(external).bind(access_ends_at).bind(change.language.code())
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed != 1 {
        return Err(Conflict::Stale.into());
    }
    on_db!(tx, c => sqlx::query("UPDATE person SET name = $2 WHERE id = $1")
        .bind(change.id.0).bind(change.name.as_str()).execute(c).await.map(drop))?;
    if let Some(sealed) = &change.address {
        user_contact::replace(tx, change.id, sealed).await?;
        // A link that was handed out for the old address dies with it.
        links::end_all(tx, change.id).await?;
    }
    Ok(())
}

/// Replaces the roles of a user by adding and removing some.
///
/// # Errors
/// `Stale`, `LastAdmin`, or the database failed.
pub async fn change_roles(
    tx: &mut Tx,
    grant: &Grant<RolesManage>,
    account: &Account,
    added: &[RoleId],
    removed: &[RoleId],
) -> Result<()> {
    let changed = on_db!(tx, c => sqlx::query(
        "UPDATE account SET version = version + 1 WHERE user_id = $1 AND organisation_id = $2 AND version = $3")
        .bind(account.id.0).bind(grant.organisation().0).bind(account.version)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed != 1 {
        return Err(Conflict::Stale.into());
    }
    for role in added {
        roles::assign(tx, account.id, *role).await?;
    }
    if !added.is_empty() {
        links::end_all(tx, account.id).await?;
        requests::settle(tx, grant.organisation()).await?;
    }
    for role in removed {
        roles::unassign(tx, account.id, *role).await?;
    }
    mail::tell_of_rights(tx, grant, account.id).await?;
    roles::keep_an_admin(tx, grant.organisation()).await?;
    announce_rights(tx, grant.organisation());
    Ok(())
}
