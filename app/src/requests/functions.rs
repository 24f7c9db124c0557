//! Server functions: data requests. What concerns one's own takes no permission.

#[cfg(feature = "ssr")]
use crate::context::BeforeAgreeing;
use crate::{Failure, api::Api, codec::StrictJson};
use domain::requests;
use leptos::prelude::*;

/// A page of one's own requests, newest first.
#[server(endpoint = "requests/list_own", protocol = Api<StrictJson>)]
pub async fn list_own(request: requests::ListOwnRequests) -> Result<requests::RequestPage, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::DataRequests)?;
    Ok(services::requests::list_own(&services, &caller, request).await?)
}

/// One of one's own requests.
#[server(endpoint = "requests/find_own", protocol = Api<StrictJson>)]
pub async fn find_own(request: requests::FindRequest) -> Result<requests::DataRequest, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::DataRequests)?;
    Ok(services::requests::find_own(&services, &caller, request).await?)
}

/// Files a request.
#[server(endpoint = "requests/file", protocol = Api<StrictJson>)]
pub async fn file(request: requests::FileRequest) -> Result<requests::DataRequest, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::DataRequests)?;
    Ok(services::requests::file(&services, &caller, request).await?)
}

/// Takes back one's own request.
#[server(endpoint = "requests/withdraw", protocol = Api<StrictJson>)]
pub async fn withdraw(request: requests::FindRequest) -> Result<requests::DataRequest, Failure> {
    let (services, caller) = crate::context::current_before_agreeing(BeforeAgreeing::DataRequests)?;
    Ok(services::requests::withdraw(&services, &caller, request).await?)
}

/// A page of the organisation's requests, by the day they are due.
#[server(endpoint = "requests/list", protocol = Api<StrictJson>)]
pub async fn list(request: requests::ListRequests) -> Result<requests::RequestPage, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::requests::list(&services, &caller, request).await?)
}

/// A request of the organisation.
#[server(endpoint = "requests/find", protocol = Api<StrictJson>)]
pub async fn find(request: requests::FindRequest) -> Result<requests::DataRequest, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::requests::find(&services, &caller, request).await?)
}

/// Answers a request.
#[server(endpoint = "requests/answer", protocol = Api<StrictJson>)]
pub async fn answer(request: requests::ReplyToRequest) -> Result<requests::DataRequest, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::requests::answer(&services, &caller, request).await?)
}

/// Moves the day by which a request has to be answered.
#[server(endpoint = "requests/extend", protocol = Api<StrictJson>)]
pub async fn extend(request: requests::ReplyToRequest) -> Result<requests::DataRequest, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::requests::extend(&services, &caller, request).await?)
}
