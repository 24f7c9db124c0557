//! Proving anew who one is, while signed in: by the password, a code or a passkey. A fresh proof is what
//! ending an account and changing an address, an IBAN or a second factor take; what failed for want of
//! one is sent again after it.
//!
//! To add a way: a variant of [`Prove`], and a function here that ends in the store's proof.

use crate::{
    Services,
    codes::{account_may_try, check},
    passkeys,
};
use domain::{
    Error, Field, FieldError, Problem, password::Password, second_factor::TypedCode, sign_in::Prove,
};
use store::{
    Caller, Proven,
    limits::{self, Attempt, Limit, Whom},
    second_factor, sessions, sign_in, totp,
};

/// Renews the proof of the caller's session.
///
/// # Errors
/// `Invalid` or `PasskeyRefused` if it is not right, `TooManyRequests`.
pub(crate) async fn prove(services: &Services, caller: &Caller, request: Prove) -> Result<Proven, Error> {
    match request {
        Prove::Typed { proof } => by_typed(services, caller, &proof).await,
        Prove::Passkey { token, answer } => {
            let (used, owner) = (passkeys::check(services, &token, &answer).await?, caller.clone());
            let proven = async move |tx: &mut _| store::passkeys::prove(tx, &owner, &used).await;
            Ok(services.store().write(proven).await?)
        }
    }
}

/// Renews it by the password or a code, whichever it is. A password is never as short as the code of an
/// app, but may look like a recovery code.
async fn by_typed(services: &Services, caller: &Caller, typed: &str) -> Result<Proven, Error> {
    if let Ok(code) = TypedCode::parse(typed) {
        let is_one_time = matches!(code, TypedCode::OneTime(_));
        match by_code(services, caller, code).await? {
            Some(proven) => return Ok(proven),
            None if is_one_time => return Err(wrong(Field::Proof, Problem::WrongCode)),
            None => {}
        }
    }
    by_password(services, caller, Field::Proof, typed).await
}

fn wrong(field: Field, problem: Problem) -> Error {
    FieldError { field, problem }.into()
}

/// Renews it by a code, which is used up; nothing if it is wrong.
async fn by_code(services: &Services, caller: &Caller, typed: TypedCode) -> Result<Option<Proven>, Error> {
    let store = services.store();
    let attempt = account_may_try(services, caller.user()).await?;
    let secret = totp::find_own(store, &caller.own()).await?;
    let (answer, owner) = (check(services, secret.as_ref(), typed)?, caller.clone());
    let proven = store.write(async move |tx| second_factor::prove(tx, &owner, &answer).await).await?;
    if proven.is_some() {
        limits::succeed(store, &attempt).await?;
    }
    Ok(proven)
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
    let password = Password::typed(typed).map_err(|problem| wrong(field, problem))?;
    let attempt = Attempt::new(store, Limit::Proof, Whom::User(caller.user()), None);
    limits::charge(store, &attempt).await?;
    let hash = sign_in::own_hash(&mut store.read().await?, &caller.own()).await?;
    let fits = verify(services, &attempt, password, hash.as_deref()).await?;
    let Some(hash) = hash.filter(|_| fits) else { return Err(wrong(field, Problem::WrongPassword)) };
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
