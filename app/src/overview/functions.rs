//! Server functions: the first page.

use crate::{Failure, codec::StrictJson};
use domain::overview;
use leptos::prelude::*;
use server_fn::codec::Json;

/// One's roles, and what changed lately.
#[server(endpoint = "overview/find", input = StrictJson, output = Json)]
pub async fn find() -> Result<overview::Overview, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::overview::find(&services, &caller).await?)
}
