//! Server functions: newsletters.

#[cfg(feature = "ssr")]
use crate::context::BeforeAgreeing;
use crate::{Failure, api::Api, codec::StrictJson};
use domain::newsletters;
use leptos::prelude::*;

/// One's own switches.
#[server(endpoint = "newsletters/own", protocol = Api<StrictJson>)]
pub async fn own() -> Result<Vec<newsletters::Switch>, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::OptOut)?;
    Ok(services::newsletters::switches::list(&services, &caller).await?)
}

/// Turns one of one's own switches.
#[server(endpoint = "newsletters/set", protocol = Api<StrictJson>)]
pub async fn set(request: newsletters::SetSwitch) -> Result<Vec<newsletters::Switch>, Failure> {
    let (services, caller) = if request.on {
        crate::context::current()?
    } else {
        crate::context::current_before_agreeing(BeforeAgreeing::OptOut)?
    };
    Ok(services::newsletters::switches::set(&services, &caller, request).await?)
}

/// All newsletters.
#[server(endpoint = "newsletters/list", protocol = Api<StrictJson>)]
pub async fn list() -> Result<Vec<newsletters::NewsletterEntry>, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::newsletters::list(&services, &caller).await?)
}

/// One newsletter.
#[server(endpoint = "newsletters/find", protocol = Api<StrictJson>)]
pub async fn find(request: newsletters::FindNewsletter) -> Result<newsletters::Newsletter, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::newsletters::find(&services, &caller, request).await?)
}

/// A new newsletter.
#[server(endpoint = "newsletters/create", protocol = Api<StrictJson>)]
pub async fn create(request: newsletters::CreateNewsletter) -> Result<newsletters::Newsletter, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::newsletters::create(&services, &caller, request).await?)
}

/// Gives a newsletter new words.
#[server(endpoint = "newsletters/update", protocol = Api<StrictJson>)]
pub async fn update(request: newsletters::UpdateNewsletter) -> Result<newsletters::Newsletter, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::newsletters::update(&services, &caller, request).await?)
}

/// Closes a newsletter.
#[server(endpoint = "newsletters/close", protocol = Api<StrictJson>)]
pub async fn close(request: newsletters::CloseNewsletter) -> Result<newsletters::Newsletter, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::newsletters::close(&services, &caller, request).await?)
}

/// Begins an issue.
#[server(endpoint = "newsletters/write_issue", protocol = Api<StrictJson>)]
pub async fn write_issue(request: newsletters::FindNewsletter) -> Result<newsletters::Issue, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::newsletters::issues::write(&services, &caller, request).await?)
}

/// One issue.
#[server(endpoint = "newsletters/find_issue", protocol = Api<StrictJson>)]
pub async fn find_issue(request: newsletters::FindIssue) -> Result<newsletters::Issue, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::newsletters::issues::find(&services, &caller, request).await?)
}

/// Saves a draft.
#[server(endpoint = "newsletters/save_issue", protocol = Api<StrictJson>)]
pub async fn save_issue(request: newsletters::SaveIssue) -> Result<newsletters::Issue, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::newsletters::issues::save(&services, &caller, request).await?)
}

/// Deletes a draft.
#[server(endpoint = "newsletters/delete_issue", protocol = Api<StrictJson>)]
pub async fn delete_issue(request: newsletters::SendIssue) -> Result<(), Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::newsletters::issues::delete(&services, &caller, request).await?)
}

/// How what was typed will look.
#[server(endpoint = "newsletters/preview_issue", protocol = Api<StrictJson>)]
pub async fn preview_issue(request: newsletters::PreviewIssue) -> Result<Vec<newsletters::Preview>, Failure> {
    let (_, caller) = crate::context::current_to_read()?;
    Ok(services::newsletters::issues::preview(&caller, &request)?)
}

/// Sends an issue to whoever asks.
#[server(endpoint = "newsletters/test_issue", protocol = Api<StrictJson>)]
pub async fn test_issue(request: newsletters::FindIssue) -> Result<(), Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::newsletters::issues::test(&services, &caller, request).await?)
}

/// Sends an issue to all who receive its newsletter.
#[server(endpoint = "newsletters/send_issue", protocol = Api<StrictJson>)]
pub async fn send_issue(request: newsletters::SendIssue) -> Result<newsletters::Issue, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::newsletters::issues::send(&services, &caller, request).await?)
}
