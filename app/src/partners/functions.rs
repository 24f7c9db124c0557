//! Server functions: partners.

use crate::{Failure, api::Api, codec::StrictJson};
use domain::partners;
use leptos::prelude::*;

/// A page of the list.
#[server(endpoint = "partners/list", protocol = Api<StrictJson>)]
pub async fn list(request: partners::ListPartners) -> Result<partners::PartnerPage, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::partners::list(&services, &caller, request).await?)
}

/// One partner's general fields.
#[server(endpoint = "partners/find", protocol = Api<StrictJson>)]
pub async fn find(request: partners::FindPartner) -> Result<partners::Partner, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::partners::find(&services, &caller, request).await?)
}

/// Creates a partner.
#[server(endpoint = "partners/create", protocol = Api<StrictJson>)]
pub async fn create(request: partners::CreatePartner) -> Result<partners::Partner, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::partners::create(&services, &caller, request).await?)
}

/// Changes a partner's general fields.
#[server(endpoint = "partners/update", protocol = Api<StrictJson>)]
pub async fn update(request: partners::UpdatePartner) -> Result<partners::Partner, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::partners::update(&services, &caller, request).await?)
}

/// Pauses a partner.
#[server(endpoint = "partners/deactivate", protocol = Api<StrictJson>)]
pub async fn deactivate(request: partners::ChangePartnerStatus) -> Result<partners::Partner, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::partners::deactivate(&services, &caller, request).await?)
}

/// Brings a paused partner back.
#[server(endpoint = "partners/reactivate", protocol = Api<StrictJson>)]
pub async fn reactivate(request: partners::ChangePartnerStatus) -> Result<partners::Partner, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::partners::reactivate(&services, &caller, request).await?)
}

/// Takes a partner out of every list and erases its contact person and note.
#[server(endpoint = "partners/delete", protocol = Api<StrictJson>)]
pub async fn delete(request: partners::ChangePartnerStatus) -> Result<(), Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::partners::delete(&services, &caller, request).await?)
}
