//! Server functions: the organisation itself.

use crate::{Failure, api::Api, codec::StrictJson};
use domain::organisation;
use leptos::prelude::*;

/// What is known of the organisation.
#[server(endpoint = "organisation/find", protocol = Api<StrictJson>)]
pub async fn find() -> Result<organisation::Organisation, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::organisation::find(&services, &caller).await?)
}

/// Changes the organisation.
#[server(endpoint = "organisation/save", protocol = Api<StrictJson>)]
pub async fn save(request: organisation::SaveOrganisation) -> Result<organisation::Organisation, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::organisation::save(&services, &caller, request).await?)
}
