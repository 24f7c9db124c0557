//! Server functions: starting and ending a preview.

use crate::{
    Failure,
    api::Api,
    codec::{JsonOrForm, StrictJson},
};
use domain::preview;
use leptos::prelude::*;

/// Starts a preview in this session.
#[server(endpoint = "preview/start", protocol = Api<StrictJson>)]
pub async fn start(request: preview::StartPreview) -> Result<(), Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::preview::start(&services, &caller, request).await?)
}

/// Ends it, and answers the path to go on at. It is the one thing that can be changed in a preview.
#[server(endpoint = "preview/end", protocol = Api<JsonOrForm>)]
pub async fn end() -> Result<String, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    let path = services::preview::end(&services, &caller).await?;
    crate::context::lead_form_to(&path);
    Ok(path)
}
