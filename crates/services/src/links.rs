//! What can be done with a link: accept or decline an invitation, set a new password, confirm a new
//! address. Opening a link only shows a page; nothing happens before its form is sent.

use crate::{
    Services,
    sign_in::{SignedIn, new_session, organisation_meant},
};
use domain::{
    Email, Error, Field, FieldError, Fields,
    password::Password,
    sign_in::{CheckLink, ForgotPassword, LinkOwner, LinkPurpose, SetPassword, Visitor},
};
use store::{Token, address_change, links, sign_in, termination};

/// Whom a link is for.
///
/// # Errors
/// `LinkExpired`.
pub async fn check(
    services: &Services,
    purpose: LinkPurpose,
    request: &CheckLink,
) -> Result<LinkOwner, Error> {
    let store = services.store();
    let token = Token::brought(&request.token);
    Ok(links::owner(&mut store.read().await?, purpose, &token, store.clock().now()).await?)
}

/// Sets a password by a link, which for an invitation accepts it, and signs in.
///
/// # Errors
/// `LinkExpired`; `Invalid` for a password that can't be taken.
pub async fn set_password(
    services: &Services,
    visitor: Visitor,
    purpose: LinkPurpose,
    request: SetPassword,
) -> Result<SignedIn, Error> {
    let mut fields = Fields::default();
    let Some(password) = fields.take(Field::Password, Password::parse(&request.password)) else {
        return Err(fields.errors().into());
    };
    check(services, purpose, &CheckLink { token: request.token.clone() }).await?;
    let hash = services.hashing().hash(password.reveal()).await?;
    let (link, session) = (Token::brought(&request.token), new_session(services, visitor));
    let token = services
        .store()
        .write(async move |tx| sign_in::use_link(tx, purpose, &link, &hash, session).await)
        .await?;
    Ok(SignedIn::new(&token, "/"))
}

/// Declines an invitation, which erases the invited person.
///
/// # Errors
/// `LinkExpired`.
pub async fn decline_invitation(services: &Services, request: &CheckLink) -> Result<(), Error> {
    Ok(termination::decline_invitation(services.store(), &Token::brought(&request.token)).await?)
}

/// Puts a new address in the place of the old one.
///
/// # Errors
/// `LinkExpired`, `EmailTaken`.
pub async fn confirm_address(services: &Services, request: &CheckLink) -> Result<(), Error> {
    let token = Token::brought(&request.token);
    Ok(services.store().write(async move |tx| address_change::confirm(tx, &token).await).await?)
}

/// Sends a link to set a new password, if the address is that of somebody who can sign in. Whoever
/// asks learns nothing: the answer comes before anything is looked up.
///
/// # Errors
/// `Invalid` for what can't be an address.
pub fn forgot_password(services: &Services, request: ForgotPassword) -> Result<(), Error> {
    let wrong = |problem| FieldError { field: Field::Email, problem };
    let email = Email::parse(&request.email).map_err(wrong)?;
    let services = services.clone();
    tokio::spawn(async move {
        // What fails is in the log under its reference.
        drop(send_reset(&services, &email, request.organisation.trim()).await);
    });
    Ok(())
}

/// What [`forgot_password`] does behind its answer.
///
/// # Errors
/// `Internal`.
pub async fn send_reset(services: &Services, email: &Email, organisation: &str) -> Result<(), Error> {
    let Some(organisation) = organisation_meant(services, organisation).await? else { return Ok(()) };
    Ok(sign_in::send_reset(services.store(), organisation, email).await?)
}
