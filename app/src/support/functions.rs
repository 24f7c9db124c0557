//! Server functions: how to reach the organisation.

use crate::{Failure, api::Api, codec::StrictJson};
use domain::support;
use leptos::prelude::*;

/// How to reach the organisation. It takes no session.
#[server(endpoint = "support/find", protocol = Api<StrictJson>)]
pub async fn find(request: support::FindSupport) -> Result<support::Support, Failure> {
    let services = crate::context::services()?;
    let caller = crate::context::caller_before_agreeing(crate::context::BeforeAgreeing::DataRequests);
    Ok(services::support::find(&services, caller.as_ref(), request).await?)
}

/// What is set, for those who change it.
#[server(endpoint = "support/settings", protocol = Api<StrictJson>)]
pub async fn settings() -> Result<support::SupportForm, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::support::settings(&services, &caller).await?)
}

/// Changes it.
#[server(endpoint = "support/save", protocol = Api<StrictJson>)]
pub async fn save(request: support::SupportForm) -> Result<support::SupportForm, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::support::save(&services, &caller, request).await?)
}
