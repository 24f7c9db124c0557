//! Server functions: the privacy notice.

#[cfg(feature = "ssr")]
use crate::context::BeforeAgreeing;
use crate::{
    Failure,
    api::Api,
    codec::{JsonOrForm, StrictJson},
};
use domain::notice;
use leptos::prelude::*;

/// The notice, for whoever asks.
#[server(endpoint = "notice/find", protocol = Api<StrictJson>)]
pub async fn find(request: notice::FindNotice) -> Result<Option<notice::Notice>, Failure> {
    let services = crate::context::services()?;
    let caller = crate::context::caller_before_agreeing(BeforeAgreeing::Notice);
    Ok(services::notice::find(&services, caller.as_ref(), crate::context::language(), request).await?)
}

/// Agrees to the current version.
#[server(endpoint = "notice/agree", protocol = Api<JsonOrForm>)]
pub async fn agree(request: notice::Agree) -> Result<(), Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::Notice)?;
    services::notice::agree(&services, &caller, &request).await?;
    crate::context::lead_form_to(domain::sign_in::safe_return(&request.return_to));
    Ok(())
}

/// The next version, as it is being written.
#[server(endpoint = "notice/find_draft", protocol = Api<StrictJson>)]
pub async fn find_draft() -> Result<notice::Draft, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::notice::find_draft(&services, &caller).await?)
}

/// Saves it.
#[server(endpoint = "notice/save_draft", protocol = Api<StrictJson>)]
pub async fn save_draft(request: notice::SaveNotice) -> Result<notice::Draft, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::notice::save_draft(&services, &caller, request).await?)
}

/// Publishes it.
#[server(endpoint = "notice/publish", protocol = Api<StrictJson>)]
pub async fn publish(request: notice::SaveNotice) -> Result<(), Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::notice::publish(&services, &caller, request).await?)
}
