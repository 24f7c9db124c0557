//! Server functions: the second factor and passkeys.

#[cfg(feature = "ssr")]
use crate::context::BeforeAgreeing;
use crate::{
    Failure,
    api::Api,
    codec::{JsonOrForm, Secret, StrictJson},
};
use domain::{second_factor, sign_in::Next};
use leptos::prelude::*;

/// What one has set up.
#[server(endpoint = "second_factor/find", protocol = Api<StrictJson>)]
pub async fn find() -> Result<second_factor::SecondFactors, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::SecondFactor)?;
    Ok(services::second_factor::find(&services, &caller).await?)
}

/// Begins to set up an app.
#[server(endpoint = "second_factor/begin", protocol = Api<StrictJson>)]
pub async fn begin() -> Result<second_factor::TotpSetUp, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::SecondFactor)?;
    Ok(services::second_factor::begin(&services, &caller).await?)
}

/// Takes the app into use by its first code.
#[server(endpoint = "second_factor/confirm", protocol = Api<StrictJson>)]
pub async fn confirm(
    request: Secret<second_factor::ConfirmTotp>,
) -> Result<second_factor::RecoveryCodes, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::SecondFactor)?;
    Ok(services::second_factor::confirm(&services, &caller, request.0).await?)
}

/// Replaces the recovery codes.
#[server(endpoint = "second_factor/renew_codes", protocol = Api<StrictJson>)]
pub async fn renew_codes() -> Result<second_factor::RecoveryCodes, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::second_factor::renew_codes(&services, &caller).await?)
}

/// Takes the app out of use.
#[server(endpoint = "second_factor/turn_off", protocol = Api<StrictJson>)]
pub async fn turn_off() -> Result<second_factor::SecondFactors, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::second_factor::turn_off(&services, &caller).await?)
}

/// What is asked for after the password.
#[server(endpoint = "second_factor/asked", protocol = Api<StrictJson>)]
pub async fn asked() -> Result<second_factor::Asked, Failure> {
    let services = crate::context::services()?;
    Ok(services::second_factor::asked(&services, &crate::context::challenge()?).await?)
}

/// Answers it with a code, and signs in.
#[server(endpoint = "second_factor/give_code", protocol = Api<JsonOrForm>)]
pub async fn give_code(request: Secret<second_factor::AnswerCode>) -> Result<Next, Failure> {
    let services = crate::context::services()?;
    let (visitor, challenge) = (crate::context::visitor(), crate::context::challenge()?);
    let signed_in = services::second_factor::answer(&services, visitor, &challenge, request.0).await?;
    Ok(crate::context::enter(&services, &signed_in))
}

/// Asks for a new passkey.
#[server(endpoint = "passkeys/begin_adding", protocol = Api<StrictJson>)]
pub async fn begin_adding() -> Result<second_factor::PasskeyQuestion, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::SecondFactor)?;
    Ok(services::passkeys::begin_adding(&services, &caller).await?)
}

/// Adds a passkey.
#[server(endpoint = "passkeys/add", protocol = Api<StrictJson>)]
pub async fn add(
    request: Secret<second_factor::AddPasskey>,
) -> Result<second_factor::RecoveryCodes, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::SecondFactor)?;
    Ok(services::passkeys::add(&services, &caller, request.0).await?)
}

/// Gives a passkey another name.
#[server(endpoint = "passkeys/rename", protocol = Api<StrictJson>)]
pub async fn rename(request: second_factor::RenamePasskey) -> Result<second_factor::SecondFactors, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::passkeys::rename(&services, &caller, request).await?)
}

/// Removes a passkey.
#[server(endpoint = "passkeys/remove", protocol = Api<StrictJson>)]
pub async fn remove(request: second_factor::RemovePasskey) -> Result<second_factor::SecondFactors, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::passkeys::remove(&services, &caller, request).await?)
}

/// Asks for a passkey to sign in or to prove with who one is.
#[server(endpoint = "passkeys/begin_sign_in", protocol = Api<StrictJson>)]
pub async fn begin_sign_in() -> Result<second_factor::PasskeyQuestion, Failure> {
    let services = crate::context::services()?;
    Ok(services::passkeys::begin_sign_in(&services, crate::context::visitor()).await?)
}

/// Signs in with a passkey, and answers where to go on.
#[server(endpoint = "passkeys/sign_in", protocol = Api<StrictJson>)]
pub async fn sign_in(request: Secret<second_factor::UsePasskey>) -> Result<Next, Failure> {
    let services = crate::context::services()?;
    let signed_in = services::passkeys::sign_in(&services, crate::context::visitor(), request.0).await?;
    Ok(crate::context::enter(&services, &signed_in))
}
