//! Server functions: the receipts of ended accounts.

use crate::{
    Failure,
    api::Api,
    codec::{Secret, StrictJson},
};
use domain::receipts;
use leptos::prelude::*;

/// The receipt that a secret opens, also for those who are signed out.
#[server(endpoint = "receipts/find", protocol = Api<StrictJson>)]
pub async fn find(request: Secret<receipts::FindReceipt>) -> Result<receipts::ShownReceipt, Failure> {
    Ok(services::receipts::find(&crate::context::services()?, &request.0).await?)
}
