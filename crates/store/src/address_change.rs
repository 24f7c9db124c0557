//! A new address that its owner confirms by a link sent there, before it takes the place of the old.

use crate::{
    Grant, Own, Result, Store, System, Token, Tx,
    connection::on_db,
    grants::UsersManage,
    history, links, mail,
    user_contact::{self, SealedAddress},
};
use domain::{
    Email, Field, OrganisationId, UserId,
    history::{Action, Subject},
    mail::Message,
    sign_in::LinkPurpose,
};

/// A new address, encrypted, and until when it can be confirmed.
#[derive(Clone, Debug)]
pub struct NewAddress {
    /// The address.
    pub address: SealedAddress,
    /// Unix milliseconds.
    pub ends_at: i64,
}

/// Asks for a new address of a user. The old one is told, the new one gets a link.
///
/// # Errors
/// The database failed.
pub async fn ask(tx: &mut Tx, grant: &Grant<UsersManage>, user: UserId, new: &NewAddress) -> Result<()> {
    put(tx, grant, user, new).await
}

/// Asks for a new address of one's own.
///
/// # Errors
/// The database failed.
pub async fn ask_own(tx: &mut Tx, grant: &Grant<Own>, new: &NewAddress) -> Result<()> {
    put(tx, grant, grant.user(), new).await
}

async fn put<P>(tx: &mut Tx, grant: &Grant<P>, user: UserId, new: &NewAddress) -> Result<()> {
    let (lookup, address) = new.address.parts();
    on_db!(tx, c => sqlx::query(
        "INSERT INTO address_change (user_id, lookup, address, expires_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id) DO UPDATE
         SET lookup = excluded.lookup, address = excluded.address, expires_at = excluded.expires_at")
        .bind(user.0).bind(lookup).bind(address).bind(new.ends_at).execute(c).await.map(drop))?;
    links::end(tx, user, LinkPurpose::Address).await?;
    mail::queue_once(tx, grant, user, Message::AddressConfirmation).await?;
    mail::queue_once(tx, grant, user, Message::AddressChange).await
}

/// Takes back what was asked for; the link dies.
///
/// # Errors
/// The database failed.
pub async fn withdraw(tx: &mut Tx, _: &Grant<UsersManage>, user: UserId) -> Result<()> {
    end(tx, user).await
}

/// Takes back what one asked for oneself; the link dies.
///
/// # Errors
/// The database failed.
pub async fn withdraw_own(tx: &mut Tx, grant: &Grant<Own>) -> Result<()> {
    end(tx, grant.user()).await
}

async fn end(tx: &mut Tx, user: UserId) -> Result<()> {
    on_db!(tx, c => sqlx::query("DELETE FROM address_change WHERE user_id = $1")
        .bind(user.0).execute(c).await.map(drop))?;
    links::end(tx, user, LinkPurpose::Address).await
}

/// The address that waits to be confirmed, for somebody who manages users.
///
/// # Errors
/// The database failed, or the key is another one.
pub async fn find(store: &Store, grant: &Grant<UsersManage>, user: UserId) -> Result<Option<Email>> {
    waiting(store, grant.organisation(), user).await
}

/// One's own address that waits to be confirmed.
///
/// # Errors
/// The database failed, or the key is another one.
pub async fn find_own(store: &Store, grant: &Grant<Own>) -> Result<Option<Email>> {
    waiting(store, grant.organisation(), grant.user()).await
}

async fn waiting(store: &Store, organisation: OrganisationId, user: UserId) -> Result<Option<Email>> {
    let (mut read, now) = (store.read().await?, store.clock().now());
    let sealed: Option<Vec<u8>> = on_db!(read, c => sqlx::query_scalar(
        "SELECT ac.address FROM address_change ac JOIN account a ON a.user_id = ac.user_id
         WHERE ac.user_id = $1 AND a.organisation_id = $2 AND ac.expires_at > $3")
        .bind(user.0).bind(organisation.0).bind(now).fetch_optional(c).await)?;
    drop(read);
    let Some(sealed) = sealed else { return Ok(None) };
    user_contact::decrypt_sealed(store, user, &sealed).await
}

/// Puts the new address in the place of the old one, for whoever brings the link that was sent there.
/// The old one is nowhere from here on, except with a notice that is still on its way to it.
///
/// # Errors
/// `LinkExpired`, `EmailTaken`, or the database failed.
pub async fn confirm(tx: &mut Tx, token: &Token) -> Result<()> {
    let links::Found { user, organisation, .. } = links::take(tx, LinkPurpose::Address, token).await?;
    let grant: Grant<System> = Grant::acting_as(organisation, user);
    let new = taken(tx, user).await?;
    mail::queue_to_former_address(tx, &grant, user).await?;
    user_contact::replace(tx, user, &new).await?;
    links::end_all(tx, user).await?;
    on_db!(tx, c => sqlx::query("UPDATE account SET version = version + 1 WHERE user_id = $1")
        .bind(user.0).execute(c).await.map(drop))?;
    let action = Action::UserChanged { fields: vec![Field::Email] };
    history::record(tx, &grant, action, Subject::User(user)).await
}

async fn taken(tx: &mut Tx, user: UserId) -> Result<SealedAddress> {
    let row: Option<(Vec<u8>, Vec<u8>)> = on_db!(tx, c => sqlx::query_as(
        "DELETE FROM address_change WHERE user_id = $1 RETURNING lookup, address")
        .bind(user.0).fetch_optional(c).await)?;
    let (lookup, address) = row.ok_or(domain::Conflict::LinkExpired)?;
    Ok(SealedAddress::from_parts(lookup, address))
}
