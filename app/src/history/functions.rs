//! Server functions: the history.

use crate::{
    Failure,
    codec::{Answer, StrictJson},
};
use domain::history;
use leptos::prelude::*;

/// A page of the history, newest first.
#[server(endpoint = "history/list", input = StrictJson, output = Answer)]
pub async fn list(request: history::ListHistory) -> Result<history::HistoryPage, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::history::list(&services, &caller, request).await?)
}
