//! For whoever watches the server: is it alive, can it serve?

use axum::{Extension, http::StatusCode};
use services::Services;

/// The process answers.
pub async fn live() -> &'static str {
    "live\n"
}

/// The database answers too.
pub async fn ready(Extension(services): Extension<Services>) -> (StatusCode, &'static str) {
    match services::sign_in::options(&services).await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database doesn't answer\n"),
    }
}
