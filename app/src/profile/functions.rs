//! Server functions: one's own account.

#[cfg(feature = "ssr")]
use crate::context::BeforeAgreeing;
use crate::{
    Failure,
    api::Api,
    codec::{Secret, StrictJson},
};
use domain::{profile, receipts};
use leptos::prelude::*;

/// What is stored about oneself.
#[server(endpoint = "profile/find", protocol = Api<StrictJson>)]
pub async fn find() -> Result<profile::Profile, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::profile::find(&services, &caller).await?)
}

/// Changes one's own account.
#[server(endpoint = "profile/save", protocol = Api<StrictJson>)]
pub async fn save(request: profile::SaveProfile) -> Result<profile::Profile, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::profile::save(&services, &caller, request).await?)
}

/// Takes a new address back that was not confirmed yet.
#[server(endpoint = "profile/withdraw_address", protocol = Api<StrictJson>)]
pub async fn withdraw_address() -> Result<profile::Profile, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::profile::withdraw_address(&services, &caller).await?)
}

/// Where one is signed in.
#[server(endpoint = "profile/sign_ins", protocol = Api<StrictJson>)]
pub async fn sign_ins() -> Result<Vec<profile::SignInEntry>, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::profile::sign_ins(&services, &caller).await?)
}

/// Ends one of one's own sign-ins.
#[server(endpoint = "profile/end_sign_in", protocol = Api<StrictJson>)]
pub async fn end_sign_in(request: profile::EndSignIn) -> Result<Vec<profile::SignInEntry>, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::profile::end_sign_in(&services, &caller, request).await?)
}

/// Ends all of one's own sign-ins but this one.
#[server(endpoint = "profile/end_other_sign_ins", protocol = Api<StrictJson>)]
pub async fn end_other_sign_ins() -> Result<Vec<profile::SignInEntry>, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::profile::end_other_sign_ins(&services, &caller).await?)
}

/// Changes one's own password.
#[server(endpoint = "profile/change_password", protocol = Api<StrictJson>)]
pub async fn change_password(request: Secret<profile::ChangePassword>) -> Result<(), Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::profile::change_password(&services, &caller, request.0).await?)
}

/// What ending the account would do.
#[server(endpoint = "profile/preview_termination", protocol = Api<StrictJson>)]
pub async fn preview_termination() -> Result<profile::TerminationPreview, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::Termination)?;
    Ok(services::profile::preview_termination(&services, &caller).await?)
}

/// Ends one's own account, and the session with it.
#[server(endpoint = "profile/terminate", protocol = Api<StrictJson>)]
pub async fn terminate(request: Secret<profile::Terminate>) -> Result<receipts::Terminated, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::Termination)?;
    let terminated = services::profile::terminate(&services, &caller, request.0).await?;
    crate::context::leave(&services);
    Ok(terminated)
}

/// Makes somebody platform admin, so that the last one can go.
#[server(endpoint = "profile/appoint", protocol = Api<StrictJson>)]
pub async fn appoint(request: profile::Appoint) -> Result<profile::TerminationPreview, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::Succession)?;
    Ok(services::succession::appoint(&services, &caller, request).await?)
}
