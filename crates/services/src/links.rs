//! What can be done with a link: accept or decline an invitation, set a new password, confirm a new
//! address. Opening a link only shows a page; nothing happens before its form is sent.

use crate::{
    Services, passwords,
    sign_in::{Entry, Named, new_session},
};
use domain::{
    Email, Error, Field, FieldError, Fields,
    password::Password,
    sign_in::{CheckLink, ForgotPassword, LinkOwner, LinkPurpose, SetPassword, Visitor},
};
use store::{Token, address_change, limits::Limit, links, sign_in, termination};

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

/// Sets a password by a link, which for an invitation accepts it, and signs in; whoever has
/// a second factor is asked for it.
///
/// # Errors
/// `LinkExpired`; `Invalid` for a password that is too short, too long or guessed too easily.
pub async fn set_password(
    services: &Services,
    visitor: Visitor,
    purpose: LinkPurpose,
    request: SetPassword,
) -> Result<Entry, Error> {
    let mut fields = Fields::default();
    let Some(password) = fields.take(Field::Password, Password::parse(&request.password)) else {
        return Err(fields.errors().into());
    };
    let link = Token::brought(&request.token);
    let personal = links::personal_words(services.store(), purpose, &link).await?;
    let hash = passwords::hash_new(services, &password, &personal).await?;
    let session = new_session(services, visitor);
    let entered = services
        .store()
        .write(async move |tx| sign_in::use_link(tx, purpose, &link, &hash, session).await)
        .await?;
    Ok(Entry::new(entered, "/"))
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
/// asks learns nothing: attempts count for every address alike, and the answer comes before the
/// account is looked up.
///
/// # Errors
/// `Invalid` for what can't be an address, `TooManyRequests`.
pub async fn forgot_password(
    services: &Services,
    visitor: Visitor,
    request: ForgotPassword,
) -> Result<(), Error> {
    let wrong = |problem| FieldError { field: Field::Email, problem };
    let email = Email::parse(&request.email).map_err(wrong)?;
    let named = Named { organisation: &request.organisation, email: &email };
    let (organisation, _) = named.charge(services, Limit::ResetMail, &visitor).await?;
    let Some(organisation) = organisation else { return Ok(()) };
    let store = services.store().clone();
    tokio::spawn(async move {
        if let Err(error) = sign_in::send_reset(&store, organisation, &email).await {
            tracing::error!("a link to set a new password could not be queued: {error}");
        }
    });
    Ok(())
}
