//! Proving anew who one is, while signed in. A fresh proof is what ending an account and changing an
//! address, a password or an IBAN take; what failed for want of one is sent again after it.
//!
//! To add a way: a variant of [`Prove`], and a function here that ends in the store's proof.

use crate::Services;
use domain::{Error, Field, FieldError, Problem, password::Password, sign_in::Prove};
use store::{
    Caller, Proven,
    limits::{self, Attempt, Limit, Whom},
    sessions, sign_in,
};

/// Renews the proof of the caller's session.
///
/// # Errors
/// `Invalid` if it is not right, `TooManyRequests`.
pub(crate) async fn prove(services: &Services, caller: &Caller, request: Prove) -> Result<Proven, Error> {
    match request {
        Prove::Password { password } => by_password(services, caller, Field::Password, &password).await,
    }
}

/// Renews it by the password that stands in `field`.
///
/// # Errors
/// `Invalid` if it is not right, `TooManyRequests`.
pub(crate) async fn by_password(
    services: &Services,
    caller: &Caller,
    field: Field,
    typed: &str,
) -> Result<Proven, Error> {
    let store = services.store();
    let wrong = |problem| FieldError { field, problem };
    let password = Password::typed(typed).map_err(wrong)?;
    let attempt = Attempt::new(store, Limit::Proof, Whom::User(caller.user()), None);
    limits::charge(store, &attempt).await?;
    let hash = sign_in::own_hash(&mut store.read().await?, &caller.own()).await?;
    let fits = verify(services, &attempt, password, hash.as_deref()).await?;
    let Some(hash) = hash.filter(|_| fits) else { return Err(wrong(Problem::WrongPassword).into()) };
    let owner = caller.clone();
    let proven = store.write(async move |tx| sessions::prove_by_password(tx, &owner, &hash).await).await?;
    limits::succeed(store, &attempt).await?;
    Ok(proven)
}

/// Whether a password fits. What was charged for it is given back where it could not be found out.
///
/// # Errors
/// `TooManyRequests`, `Internal`.
pub(crate) async fn verify(
    services: &Services,
    attempt: &Attempt,
    password: &str,
    hash: Option<&str>,
) -> Result<bool, Error> {
    let fits = services.hashing().verify(password, hash).await;
    if fits.is_err() {
        limits::give_back(services.store(), attempt).await?;
    }
    fits
}
