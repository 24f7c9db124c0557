//! Server functions: billing details.

use crate::{Failure, api::Api, codec::StrictJson};
use domain::billing;
use leptos::prelude::*;

/// The billing details of a partner.
#[server(endpoint = "billing/find_partner", protocol = Api<StrictJson>)]
pub async fn find_partner(request: billing::FindPartnerBilling) -> Result<billing::PartnerBilling, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::billing::find_partner(&services, &caller, request).await?)
}

/// Saves a new version of a partner's billing details.
#[server(endpoint = "billing/save_partner", protocol = Api<StrictJson>)]
pub async fn save_partner(request: billing::SavePartnerBilling) -> Result<billing::PartnerBilling, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::billing::save_partner(&services, &caller, request).await?)
}

/// The organisation's own billing details.
#[server(endpoint = "billing/find_organisation", protocol = Api<StrictJson>)]
pub async fn find_organisation() -> Result<billing::CurrentBilling, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::billing::find_organisation(&services, &caller).await?)
}

/// Saves a new version of the organisation's billing details.
#[server(endpoint = "billing/save_organisation", protocol = Api<StrictJson>)]
pub async fn save_organisation(
    request: billing::SaveOrganisationBilling,
) -> Result<billing::CurrentBilling, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::billing::save_organisation(&services, &caller, request).await?)
}
