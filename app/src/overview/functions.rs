//! Server functions: the first page.

use crate::{Failure, api::Api, codec::StrictJson};
use domain::overview;
use leptos::prelude::*;

/// One's roles, and what changed lately.
#[server(endpoint = "overview/find", protocol = Api<StrictJson>)]
pub async fn find() -> Result<overview::Overview, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::overview::find(&services, &caller).await?)
}
