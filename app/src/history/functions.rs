//! Server functions: the history.

use crate::{Failure, api::Api, codec::StrictJson};
use domain::{UserId, history};
use leptos::prelude::*;

/// A page of the history, newest first.
#[server(endpoint = "history/list", protocol = Api<StrictJson>)]
pub async fn list(request: history::ListHistory) -> Result<history::HistoryPage, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::history::list(&services, &caller, request).await?)
}

/// Those who did something and are called so, to choose from.
#[server(endpoint = "history/find_people", protocol = Api<StrictJson>)]
pub async fn find_people(request: history::FindPeople) -> Result<Vec<history::Named<UserId>>, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::history::find_people(&services, &caller, request).await?)
}

/// Begins a file of the history, which the page then downloads.
#[server(endpoint = "history/begin_export", protocol = Api<StrictJson>)]
pub async fn begin_export(request: history::ListHistory) -> Result<history::HistoryExport, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::history::progress::begin(&services, &caller, request).await?)
}

/// How far one's newest file of the history is.
#[server(endpoint = "history/find_export", protocol = Api<StrictJson>)]
pub async fn find_export() -> Result<Option<history::HistoryExport>, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::history::progress::find(&services, &caller).await?)
}

/// A page of what one did oneself, newest first.
#[server(endpoint = "history/list_own", protocol = Api<StrictJson>)]
pub async fn list_own(request: history::ListOwnHistory) -> Result<history::HistoryPage, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::history::list_own(&services, &caller, request).await?)
}

/// Takes back what an entry tells of.
#[server(endpoint = "history/revert", protocol = Api<StrictJson>)]
pub async fn revert(request: history::RevertEntry) -> Result<(), Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::history::revert::revert(&services, &caller, request).await?)
}
