//! Headers on every answer, and what is taken out of requests before they are read.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use services::Services;

const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=()"),
];

/// Adds what every answer carries: no sniffing, no framing, no storing of pages.
pub async fn secure(mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (static_file, function) = (path.starts_with("/pkg/"), path.starts_with("/fn/"));
    let public_url = request.extensions().get::<Services>().map(|services| services.public_url().to_owned());
    let public_url = public_url.unwrap_or_default();
    if function {
        app::context::prepare(request.headers_mut(), &public_url);
    }
    let mut response = next.run(request).await;
    let found = response.status().is_success();
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    set_default(headers, header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    let cache = if static_file && found { "public, max-age=31536000, immutable" } else { "no-store" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if public_url.starts_with("https://") {
        set_default(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

fn set_default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
