//! Server functions: explanations, and asking for a permission.

use crate::{Failure, api::Api, codec::StrictJson};
use domain::explain;
use leptos::prelude::*;

/// Why one doesn't hold a permission.
#[server(endpoint = "explain/why", protocol = Api<StrictJson>)]
pub async fn why(request: explain::AboutPermission) -> Result<explain::Explanation, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::explain::why(&services, &caller, request).await?)
}

/// Who holds a permission.
#[server(endpoint = "explain/holders", protocol = Api<StrictJson>)]
pub async fn holders(request: explain::AboutPermission) -> Result<explain::Holders, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::explain::holders(&services, &caller, request).await?)
}

/// Asks for a permission.
#[server(endpoint = "explain/ask", protocol = Api<StrictJson>)]
pub async fn ask(request: explain::AboutPermission) -> Result<explain::Explanation, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::explain::ask(&services, &caller, request).await?)
}

/// Takes one's own request back.
#[server(endpoint = "explain/take_back", protocol = Api<StrictJson>)]
pub async fn take_back(request: explain::AboutPermission) -> Result<explain::Explanation, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::explain::take_back(&services, &caller, request).await?)
}

/// The requests of others that one can answer.
#[server(endpoint = "explain/list", protocol = Api<StrictJson>)]
pub async fn list() -> Result<explain::OpenRequests, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::explain::list(&services, &caller).await?)
}

/// Grants what somebody asked for, by giving a role.
#[server(endpoint = "explain/grant", protocol = Api<StrictJson>)]
pub async fn grant(request: explain::GrantRequest) -> Result<explain::OpenRequests, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::explain::grant(&services, &caller, request).await?)
}

/// Declines what somebody asked for.
#[server(endpoint = "explain/decline", protocol = Api<StrictJson>)]
pub async fn decline(request: explain::FindOpenRequest) -> Result<explain::OpenRequests, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::explain::decline(&services, &caller, request).await?)
}
