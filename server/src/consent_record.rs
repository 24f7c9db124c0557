//! `GET /profile/newsletters.json` and `.csv`: one's own record of opt-ins and opt-outs as a file. Whose it is,
//! the session says; nothing of it stands in the address.

use crate::identify::BeforeAgreeing;
use axum::{
    Extension,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::Error;
use services::{Services, newsletters::record};

/// As JSON.
pub async fn json(
    Extension(services): Extension<Services>,
    BeforeAgreeing(caller): BeforeAgreeing,
) -> Response {
    file(record::json(&services, &caller).await, "application/json", "newsletters.json")
}

/// As a table.
pub async fn csv(
    Extension(services): Extension<Services>,
    BeforeAgreeing(caller): BeforeAgreeing,
) -> Response {
    file(record::csv(&services, &caller).await, "text/csv; charset=utf-8", "newsletters.csv")
}

fn file(text: Result<String, Error>, media_type: &'static str, name: &str) -> Response {
    match text {
        Ok(text) => {
            let disposition = format!("attachment; filename=\"{name}\"");
            let headers =
                [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
            (headers, text).into_response()
        }
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or_default().into_response(),
    }
}
