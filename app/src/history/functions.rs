//! Server functions: the history.

use crate::{Failure, api::Api, codec::StrictJson};
use domain::history;
use leptos::prelude::*;

/// A page of the history, newest first.
#[server(endpoint = "history/list", protocol = Api<StrictJson>)]
pub async fn list(request: history::ListHistory) -> Result<history::HistoryPage, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::history::list(&services, &caller, request).await?)
}
