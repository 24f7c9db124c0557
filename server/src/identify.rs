//! Finds out, once for each request, who brings it and what they may do at this moment.

use crate::{proxies::Proxies, router::LARGEST_BODY};
use axum::{
    body::{Body, to_bytes},
    extract::{ConnectInfo, FromRequestParts, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{NetworkRange, device::Device, sign_in::Visitor};
use services::Services;
use std::net::SocketAddr;
use store::Caller;

/// Puts the [`Visitor`] into the request, and the [`Caller`] if somebody is signed in. It waits for all of the
/// request before: else somebody could begin one, lose their rights, and end it with them.
pub async fn identify(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let mut request = Request::from_parts(parts, Body::from(body));
    let Some(services) = request.extensions().get::<Services>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let visitor = visitor(&request);
    request.extensions_mut().insert(visitor);
    let secure = services.public_url().starts_with("https://");
    let name = app::context::session_cookie_name(secure);
    if let Some(token) = cookie(request.headers(), name) {
        match services::sign_in::resolve(&services, &token).await {
            Ok(Some(caller)) => {
                request.extensions_mut().insert(caller);
            }
            Ok(None) => {}
            // Not knowing who it is must not look like being signed out.
            Err(_) => {
                return (StatusCode::SERVICE_UNAVAILABLE, "the database doesn't answer\n").into_response();
            }
        }
    }
    next.run(request).await
}

/// Who is signed in and has agreed to the current privacy notice, for what a preview shows too; else 401, or 403.
/// Routes take their caller by one of these, and server functions by `app::context`.
#[derive(Debug)]
pub struct ToRead(pub Caller);

impl<S: Sync> FromRequestParts<S> for ToRead {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, StatusCode> {
        let SignedIn(caller) = SignedIn::from_request_parts(parts, state).await?;
        caller.require_agreement().map_err(forbidden)?;
        Ok(Self(caller))
    }
}

/// Who is signed in and acts as themselves, for what must never depend on agreeing; else 401, or 403.
#[derive(Debug)]
pub struct BeforeAgreeing(pub Caller);

impl<S: Sync> FromRequestParts<S> for BeforeAgreeing {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, StatusCode> {
        let SignedIn(caller) = SignedIn::from_request_parts(parts, state).await?;
        caller.require_no_preview().map_err(forbidden)?;
        Ok(Self(caller))
    }
}

/// Who is signed in, whatever they look at; else 401.
#[derive(Debug)]
pub struct SignedIn(pub Caller);

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        parts.extensions.get::<Caller>().cloned().map(Self).ok_or(StatusCode::UNAUTHORIZED)
    }
}

fn forbidden(_: domain::Error) -> StatusCode {
    StatusCode::FORBIDDEN
}

fn visitor(request: &Request) -> Visitor {
    let (headers, extensions) = (request.headers(), request.extensions());
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let range = match (extensions.get::<ConnectInfo<SocketAddr>>(), extensions.get::<Proxies>()) {
        (Some(ConnectInfo(peer)), Some(proxies)) => NetworkRange::of(proxies.client(peer.ip(), headers)),
        _ => NetworkRange::Unknown,
    };
    Visitor { device: Device::of_user_agent(agent), range }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let pairs = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    pairs
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name && !value.is_empty()).then(|| value.to_owned()))
}
