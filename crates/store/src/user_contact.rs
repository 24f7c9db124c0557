//! The one place of an e-mail address: encrypted under its user's own key, found by a keyed hash.

use crate::{
    Error, Grant, Own, Proven, Read, Result, Store, System, Tx, connection::on_db, grants::UsersManage,
    keys::UserKey,
};
use domain::{Conflict, Email, OrganisationId, UserId};

/// An address, encrypted for a user and ready to be stored.
#[derive(Clone, Debug)]
pub struct SealedAddress {
    lookup: Vec<u8>,
    address: Vec<u8>,
}

impl SealedAddress {
    pub(crate) fn new(
        store: &Store,
        organisation: OrganisationId,
        key: &UserKey,
        email: &Email,
    ) -> Result<Self> {
        Ok(Self {
            lookup: store.keys().lookup(organisation, email),
            address: key.encrypt(email, store.random())?,
        })
    }

    /// An address as it lies in another table.
    pub(crate) const fn from_parts(lookup: Vec<u8>, address: Vec<u8>) -> Self {
        Self { lookup, address }
    }

    /// Lookup hash and ciphertext.
    pub(crate) fn parts(&self) -> (&[u8], &[u8]) {
        (&self.lookup, &self.address)
    }
}

/// The address of a user, for somebody who manages users.
///
/// # Errors
/// The database failed, or the key is another one.
pub async fn find(store: &Store, grant: &Grant<UsersManage>, id: UserId) -> Result<Option<Email>> {
    decrypt(store, grant.organisation(), id).await
}

/// One's own address.
///
/// # Errors
/// The database failed, or the key is another one.
pub async fn find_own(store: &Store, grant: &Grant<Own>) -> Result<Option<Email>> {
    decrypt(store, grant.organisation(), grant.user()).await
}

pub(crate) async fn decrypt(
    store: &Store,
    organisation: OrganisationId,
    id: UserId,
) -> Result<Option<Email>> {
    let mut read = store.read().await?;
    let sealed: Option<Vec<u8>> = on_db!(read, c => sqlx::query_scalar(
        "SELECT address FROM user_contact WHERE user_id = $1 AND organisation_id = $2")
        .bind(id.0).bind(organisation.0).fetch_optional(c).await)?;
    drop(read);
    let Some(sealed) = sealed else { return Ok(None) };
    decrypt_sealed(store, id, &sealed).await
}

/// The address that a mail goes to; nothing if the key of its user is gone.
pub(crate) async fn open(
    store: &Store,
    _: &Grant<System>,
    id: UserId,
    sealed: &[u8],
) -> Result<Option<Email>> {
    decrypt_sealed(store, id, sealed).await
}

pub(crate) async fn decrypt_sealed(store: &Store, id: UserId, sealed: &[u8]) -> Result<Option<Email>> {
    store.keys().find(id).await?.map(|key| key.decrypt(sealed)).transpose()
}

/// Encrypts a new address for a user, for somebody who manages users.
///
/// # Errors
/// `NotFound` if the user has no key any more, or the database failed.
pub async fn seal(
    store: &Store,
    grant: &Grant<UsersManage>,
    id: UserId,
    email: &Email,
) -> Result<SealedAddress> {
    seal_for(store, grant.organisation(), id, email).await
}

/// Encrypts a new address of one's own.
///
/// # Errors
/// `NotFound` if there is no key any more, or the database failed.
pub async fn seal_own(
    store: &Store,
    grant: &Grant<Own>,
    _proven: &Proven,
    email: &Email,
) -> Result<SealedAddress> {
    seal_for(store, grant.organisation(), grant.user(), email).await
}

async fn seal_for(
    store: &Store,
    organisation: OrganisationId,
    id: UserId,
    email: &Email,
) -> Result<SealedAddress> {
    let key = store.keys().find(id).await?.ok_or(domain::Error::NotFound)?;
    SealedAddress::new(store, organisation, &key, email)
}

/// Refuses an address that somebody else has.
///
/// # Errors
/// `EmailTaken`, or the database failed.
pub async fn is_free(
    store: &Store,
    grant: &Grant<UsersManage>,
    id: UserId,
    sealed: &SealedAddress,
) -> Result<()> {
    let mut read = store.read().await?;
    let taken: bool = on_db!(read, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM user_contact WHERE organisation_id = $1 AND lookup = $2 AND user_id <> $3)")
        .bind(grant.organisation().0).bind(&sealed.lookup).bind(id.0).fetch_one(c).await)?;
    if taken { Err(Conflict::EmailTaken.into()) } else { Ok(()) }
}

/// What the address of a user is found by.
pub(crate) async fn lookup(read: &mut Read, id: UserId) -> Result<Option<Vec<u8>>> {
    Ok(on_db!(read, c => sqlx::query_scalar("SELECT lookup FROM user_contact WHERE user_id = $1")
        .bind(id.0).fetch_optional(c).await)?)
}

pub(crate) async fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: UserId,
    sealed: &SealedAddress,
) -> Result<()> {
    let inserted = on_db!(tx, c => sqlx::query(
        "INSERT INTO user_contact (user_id, organisation_id, lookup, address) VALUES ($1, $2, $3, $4)")
        .bind(id.0).bind(organisation.0).bind(&sealed.lookup).bind(&sealed.address).execute(c).await.map(drop));
    inserted.map_err(|error| Error::unique(error, Conflict::EmailTaken))
}

pub(crate) async fn replace(tx: &mut Tx, id: UserId, sealed: &SealedAddress) -> Result<()> {
    let written = on_db!(tx, c => sqlx::query(
        "UPDATE user_contact SET lookup = $2, address = $3 WHERE user_id = $1")
        .bind(id.0).bind(&sealed.lookup).bind(&sealed.address).execute(c).await.map(drop));
    written.map_err(|error| Error::unique(error, Conflict::EmailTaken))
}
