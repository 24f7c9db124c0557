//! The secret of one-time codes (RFC 6238), encrypted under its user's own key, and the newest time
//! step that a code was taken for, so that each code works once.

use crate::{Error, Grant, Own, Read, Result, Store, Tx, connection::on_db};
use domain::{Conflict, UserId};
use std::fmt;
use zeroize::Zeroizing;

/// The length of a secret: as long as the hash (RFC 4226, 4).
pub const SECRET: usize = 20;

/// A secret that a user shares with their app.
pub struct Secret {
    bytes: Zeroizing<Vec<u8>>,
    /// Whether a first code has shown that the app has it.
    pub confirmed: bool,
}

impl Secret {
    /// The secret itself.
    #[must_use]
    pub fn reveal(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// A secret, encrypted for its user and ready to be stored.
#[derive(Clone, Debug)]
pub struct SealedSecret(Vec<u8>);

/// Encrypts a new secret of one's own.
///
/// # Errors
/// `NotFound` if there is no key any more, or the database failed.
pub async fn seal(store: &Store, grant: &Grant<Own>, secret: &[u8; SECRET]) -> Result<SealedSecret> {
    let key = store.keys().find(grant.user()).await?.ok_or(domain::Error::NotFound)?;
    Ok(SealedSecret(key.encrypt_secret(secret, store.random())?))
}

/// One's own secret.
///
/// # Errors
/// The database failed, or the key is another one.
pub async fn find_own(store: &Store, grant: &Grant<Own>) -> Result<Option<Secret>> {
    find(store, grant.user()).await
}

pub(crate) async fn find(store: &Store, user: UserId) -> Result<Option<Secret>> {
    let mut read = store.read().await?;
    let row: Option<(Vec<u8>, bool)> = on_db!(read, c => sqlx::query_as(
        "SELECT secret, confirmed FROM totp WHERE user_id = $1").bind(user.0).fetch_optional(c).await)?;
    drop(read);
    let Some((sealed, confirmed)) = row else { return Ok(None) };
    let key = store.keys().find(user).await?.ok_or(Error::Corrupt("secret without a key"))?;
    Ok(Some(Secret { bytes: key.decrypt_secret(&sealed)?, confirmed }))
}

/// Keeps a secret that a first code still has to confirm; an unconfirmed one gives way to it.
///
/// # Errors
/// `NotInThatState` if one is in use, or the database failed.
pub async fn put(tx: &mut Tx, grant: &Grant<Own>, secret: &SealedSecret) -> Result<()> {
    let written = on_db!(tx, c => sqlx::query(
        "INSERT INTO totp (user_id, secret, confirmed, last_step) VALUES ($1, $2, FALSE, 0)
         ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = 0 WHERE NOT totp.confirmed")
        .bind(grant.user().0).bind(&secret.0).execute(c).await.map(|done| done.rows_affected()))?;
    if written == 1 { Ok(()) } else { Err(Conflict::NotInThatState.into()) }
}

/// Takes the secret into use.
///
/// # Errors
/// `NotInThatState` if it is in use already or gone, or the database failed.
pub async fn confirm(tx: &mut Tx, grant: &Grant<Own>, step: i64) -> Result<()> {
    let confirmed = on_db!(tx, c => sqlx::query(
        "UPDATE totp SET confirmed = TRUE, last_step = $2 WHERE user_id = $1 AND NOT confirmed")
        .bind(grant.user().0).bind(step).execute(c).await.map(|done| done.rows_affected()))?;
    if confirmed == 1 { Ok(()) } else { Err(Conflict::NotInThatState.into()) }
}

/// Whether a right code of this time step may be used: no code of this or a later one was.
pub(crate) async fn use_step(tx: &mut Tx, user: UserId, step: i64) -> Result<bool> {
    let used = on_db!(tx, c => sqlx::query(
        "UPDATE totp SET last_step = $2 WHERE user_id = $1 AND confirmed AND last_step < $2")
        .bind(user.0).bind(step).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(used == 1)
}

/// Forgets the secret.
///
/// # Errors
/// `NotInThatState` if none is in use, or the database failed.
pub async fn remove(tx: &mut Tx, grant: &Grant<Own>) -> Result<()> {
    let removed = on_db!(tx, c => sqlx::query("DELETE FROM totp WHERE user_id = $1 AND confirmed")
        .bind(grant.user().0).execute(c).await.map(|done| done.rows_affected()))?;
    if removed == 1 { Ok(()) } else { Err(Conflict::NotInThatState.into()) }
}

pub(crate) async fn is_on(read: &mut Read, user: UserId) -> Result<bool> {
    Ok(
        on_db!(read, c => sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM totp WHERE user_id = $1 AND confirmed)")
        .bind(user.0).fetch_one(c).await)?,
    )
}
