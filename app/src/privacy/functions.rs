//! Server functions: what is stored about oneself. None may ever depend on agreeing to anything.

#[cfg(feature = "ssr")]
use crate::context::BeforeAgreeing;
use crate::{Failure, api::Api, codec::StrictJson};
use domain::privacy;
use leptos::prelude::*;

/// What is stored about oneself.
#[server(endpoint = "privacy/find", protocol = Api<StrictJson>)]
pub async fn find() -> Result<privacy::Privacy, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::OwnData)?;
    Ok(services::privacy::find(&services, &caller).await?)
}

/// Where one's export stands.
#[server(endpoint = "privacy/export", protocol = Api<StrictJson>)]
pub async fn export() -> Result<privacy::Export, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::OwnData)?;
    Ok(services::privacy::export(&services, &caller).await?)
}

/// Asks for an export.
#[server(endpoint = "privacy/start_export", protocol = Api<StrictJson>)]
pub async fn start_export() -> Result<privacy::Export, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::OwnData)?;
    Ok(services::privacy::start_export(&services, &caller).await?)
}

/// Whether the file may be downloaded at this moment.
#[server(endpoint = "privacy/check_download", protocol = Api<StrictJson>)]
pub async fn check_download() -> Result<(), Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::OwnData)?;
    Ok(services::privacy::check_download(&services, &caller)?)
}
