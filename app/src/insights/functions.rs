//! Server functions: anonymous usage.

#[cfg(feature = "ssr")]
use crate::context::{self, BeforeAgreeing};
use crate::{Failure, api::Api, codec::StrictJson};
use domain::insights;
use leptos::prelude::*;

/// The counts of a period.
#[server(endpoint = "insights/find", protocol = Api<StrictJson>)]
pub async fn find(request: insights::FindInsights) -> Result<insights::Insights, Failure> {
    let (services, caller) = context::current_to_read()?;
    Ok(services::insights::find(&services, &caller, request).await?)
}

/// A page was opened in the browser; whether that was counted.
#[server(endpoint = "insights/count", protocol = Api<StrictJson>)]
pub async fn count(request: insights::Opened) -> Result<bool, Failure> {
    let (services, caller) = context::current_before_agreeing(BeforeAgreeing::OwnData)?;
    let counting = services::insights::counting(&caller, context::asks_not_to_be_counted());
    let counted = counting == insights::Counting::Counted;
    if counted {
        services::insights::count(&services, request.feature);
    }
    Ok(counted)
}

/// What one's own pages added, and the rows as they stand.
#[server(endpoint = "insights/own", protocol = Api<StrictJson>)]
pub async fn own(request: insights::FindOwnUse) -> Result<insights::OwnUse, Failure> {
    let (services, caller) = context::current_before_agreeing(BeforeAgreeing::OwnData)?;
    let refused = context::asks_not_to_be_counted();
    Ok(services::insights::find_own(&services, &caller, refused, request).await?)
}
