//! Server functions: the session, signing in and out, links, the first set-up.
//!
//! Those that a form sends where no JavaScript runs take forms as well, and lead on by themselves.

#[cfg(feature = "ssr")]
use crate::context::BeforeAgreeing;
use crate::{
    Failure,
    api::Api,
    codec::{JsonOrForm, Secret, StrictJson},
};
use domain::sign_in;
#[cfg(feature = "ssr")]
use domain::sign_in::LinkPurpose;
use leptos::prelude::*;

/// Who is signed in, and what they may do now. Nobody is an answer too.
#[server(endpoint = "sign_in/current", protocol = Api<StrictJson>)]
pub async fn current() -> Result<Option<sign_in::Session>, Failure> {
    Ok(crate::context::session())
}

/// What the sign-in page needs to know.
#[server(endpoint = "sign_in/options", protocol = Api<StrictJson>)]
pub async fn options() -> Result<sign_in::SignInOptions, Failure> {
    Ok(services::sign_in::options(&crate::context::services()?).await?)
}

/// Signs in, and answers how to go on.
#[server(endpoint = "sign_in/sign_in", protocol = Api<JsonOrForm>)]
pub async fn sign_in(request: Secret<sign_in::SignIn>) -> Result<sign_in::Next, Failure> {
    let services = crate::context::services()?;
    let entry = services::sign_in::sign_in(&services, crate::context::visitor(), request.0).await?;
    Ok(crate::context::go_on(&services, &entry))
}

/// Proves anew who one is, for what takes a fresh proof.
#[server(endpoint = "sign_in/prove", protocol = Api<StrictJson>)]
pub async fn prove(request: Secret<sign_in::Prove>) -> Result<(), Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::Termination)?;
    Ok(services::sign_in::prove(&services, &caller, request.0).await?)
}

/// Ends the session, if there is one.
#[server(endpoint = "sign_in/sign_out", protocol = Api<JsonOrForm>)]
pub async fn sign_out() -> Result<(), Failure> {
    let services = crate::context::services()?;
    if let Some(caller) = crate::context::caller_before_agreeing(BeforeAgreeing::SignOut) {
        services::sign_in::sign_out(&services, &caller).await?;
    }
    crate::context::leave(&services);
    Ok(())
}

/// Changes the language of the pages, for this browser and for the account.
#[server(endpoint = "sign_in/set_language", protocol = Api<StrictJson>)]
pub async fn set_language(request: sign_in::SetLanguage) -> Result<(), Failure> {
    let services = crate::context::services()?;
    let language = request.language;
    let caller = crate::context::caller_before_agreeing(BeforeAgreeing::Language);
    let caller = caller.map(crate::context::as_themselves).transpose()?;
    services::sign_in::set_language(&services, caller.as_ref(), request).await?;
    crate::context::set_language_cookie(&services, language);
    Ok(())
}

/// Whose password a link sets.
#[server(endpoint = "sign_in/check_link", protocol = Api<StrictJson>)]
pub async fn check_link(request: Secret<sign_in::CheckLink>) -> Result<sign_in::LinkOwner, Failure> {
    let services = crate::context::services()?;
    Ok(services::links::check(&services, LinkPurpose::Password, &request.0).await?)
}

/// Sets the password by link, signs in, and answers how to go on.
#[server(endpoint = "sign_in/set_password", protocol = Api<JsonOrForm>)]
pub async fn set_password(request: Secret<sign_in::SetPassword>) -> Result<sign_in::Next, Failure> {
    let (services, visitor) = (crate::context::services()?, crate::context::visitor());
    let purpose = LinkPurpose::Password;
    let entry = services::links::set_password(&services, visitor, purpose, request.0).await?;
    Ok(crate::context::go_on(&services, &entry))
}

/// Who is invited by a link.
#[server(endpoint = "sign_in/check_invitation", protocol = Api<StrictJson>)]
pub async fn check_invitation(request: Secret<sign_in::CheckLink>) -> Result<sign_in::LinkOwner, Failure> {
    let services = crate::context::services()?;
    Ok(services::links::check(&services, LinkPurpose::Invitation, &request.0).await?)
}

/// Accepts an invitation with a first password, signs in, and answers where to go on.
#[server(endpoint = "sign_in/accept_invitation", protocol = Api<JsonOrForm>)]
pub async fn accept_invitation(request: Secret<sign_in::SetPassword>) -> Result<sign_in::Next, Failure> {
    let (services, visitor) = (crate::context::services()?, crate::context::visitor());
    let purpose = LinkPurpose::Invitation;
    let entry = services::links::set_password(&services, visitor, purpose, request.0).await?;
    Ok(crate::context::go_on(&services, &entry))
}

/// Declines an invitation, which erases the invited person.
#[server(endpoint = "sign_in/decline_invitation", protocol = Api<JsonOrForm>)]
pub async fn decline_invitation(request: Secret<sign_in::CheckLink>) -> Result<(), Failure> {
    services::links::decline_invitation(&crate::context::services()?, &request.0).await?;
    crate::context::lead_form_to("/sign-in?notice=declined");
    Ok(())
}

/// Whose new address a link confirms.
#[server(endpoint = "sign_in/check_address", protocol = Api<StrictJson>)]
pub async fn check_address(request: Secret<sign_in::CheckLink>) -> Result<sign_in::LinkOwner, Failure> {
    let services = crate::context::services()?;
    Ok(services::links::check(&services, LinkPurpose::Address, &request.0).await?)
}

/// Puts a new address in the place of the old one.
#[server(endpoint = "sign_in/confirm_address", protocol = Api<JsonOrForm>)]
pub async fn confirm_address(request: Secret<sign_in::CheckLink>) -> Result<(), Failure> {
    services::links::confirm_address(&crate::context::services()?, &request.0).await?;
    crate::context::lead_form_to("/sign-in?notice=confirmed");
    Ok(())
}

/// Sends a link to set a new password to whoever has the address. The answer tells nothing.
#[server(endpoint = "sign_in/forgot_password", protocol = Api<JsonOrForm>)]
pub async fn forgot_password(request: Secret<sign_in::ForgotPassword>) -> Result<(), Failure> {
    let (services, visitor) = (crate::context::services()?, crate::context::visitor());
    services::links::forgot_password(&services, visitor, request.0).await?;
    crate::context::lead_form_to("/sign-in?notice=reset");
    Ok(())
}

/// Whether the set-up link can be used.
#[server(endpoint = "sign_in/check_set_up", protocol = Api<StrictJson>)]
pub async fn check_set_up(request: Secret<sign_in::CheckLink>) -> Result<(), Failure> {
    Ok(services::sign_in::check_set_up(&crate::context::services()?, request.0).await?)
}

/// Creates the first organisation and its admin, signs in, and answers how to go on.
#[server(endpoint = "sign_in/set_up", protocol = Api<JsonOrForm>)]
pub async fn set_up(request: Secret<sign_in::SetUp>) -> Result<sign_in::Next, Failure> {
    let services = crate::context::services()?;
    let entry = services::sign_in::set_up(&services, crate::context::visitor(), request.0).await?;
    Ok(crate::context::go_on(&services, &entry))
}
