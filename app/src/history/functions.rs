//! Server functions: the history.

use crate::{Failure, codec::StrictJson};
use domain::history;
use leptos::prelude::*;
use server_fn::codec::Json;

/// A page of the history, newest first.
#[server(endpoint = "history/list", input = StrictJson, output = Json)]
pub async fn list(request: history::ListHistory) -> Result<history::HistoryPage, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::history::list(&services, &caller, request).await?)
}
