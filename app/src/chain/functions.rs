//! Server functions: the history as a hash chain.

use crate::{Failure, api::Api, codec::StrictJson};
use domain::chain;
use leptos::prelude::*;

/// Checks some links after those that were checked before.
#[server(endpoint = "chain/check", protocol = Api<StrictJson>)]
pub async fn check(request: chain::CheckChain) -> Result<chain::Checked, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::chain::check(&services, &caller, request).await?)
}

/// Compares a head that was written down with the chain of today.
#[server(endpoint = "chain/compare", protocol = Api<StrictJson>)]
pub async fn compare(request: chain::CompareHead) -> Result<chain::Compared, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::chain::compare(&services, &caller, request).await?)
}
