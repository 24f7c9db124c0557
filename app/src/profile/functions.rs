//! Server functions: one's own account.

use crate::{
    Failure,
    api::Api,
    codec::{Secret, StrictJson},
};
use domain::profile;
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

/// What ending the account would do.
#[server(endpoint = "profile/preview_termination", protocol = Api<StrictJson>)]
pub async fn preview_termination() -> Result<profile::TerminationPreview, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::profile::preview_termination(&services, &caller).await?)
}

/// Ends one's own account, and the session with it.
#[server(endpoint = "profile/terminate", protocol = Api<StrictJson>)]
pub async fn terminate(request: Secret<profile::Terminate>) -> Result<(), Failure> {
    let (services, caller) = crate::context::current()?;
    services::profile::terminate(&services, &caller, request.0).await?;
    crate::context::leave(&services);
    Ok(())
}
