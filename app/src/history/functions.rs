//! Server functions: the history.

use crate::{Failure, api::Api, codec::StrictJson};
use domain::history;
use leptos::prelude::*;

/// A page of the history, newest first.
#[server(endpoint = "history/list", protocol = Api<StrictJson>)]
pub async fn list(request: history::ListHistory) -> Result<history::HistoryPage, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::history::list(&services, &caller, request).await?)
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
