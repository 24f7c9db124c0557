//! Server functions: the organisation itself.

#[cfg(feature = "ssr")]
use crate::context::BeforeAgreeing;
use crate::{Failure, api::Api, codec::StrictJson};
use domain::{closing, organisation};
use leptos::prelude::*;

/// What is known of the organisation.
#[server(endpoint = "organisation/find", protocol = Api<StrictJson>)]
pub async fn find() -> Result<organisation::Organisation, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::organisation::find(&services, &caller).await?)
}

/// Changes the organisation.
#[server(endpoint = "organisation/save", protocol = Api<StrictJson>)]
pub async fn save(request: organisation::SaveOrganisation) -> Result<organisation::Organisation, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::organisation::save(&services, &caller, request).await?)
}

/// What closing the organisation would do.
#[server(endpoint = "organisation/preview_closing", protocol = Api<StrictJson>)]
pub async fn preview_closing() -> Result<closing::ClosingPreview, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::Closing)?;
    Ok(services::closing::preview(&services, &caller).await?)
}

/// Closes the organisation, and everybody's session with it.
#[server(endpoint = "organisation/close", protocol = Api<StrictJson>)]
pub async fn close(request: closing::CloseOrganisation) -> Result<(), Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::Closing)?;
    services::closing::close(&services, &caller, &request).await?;
    crate::context::leave(&services);
    Ok(())
}
