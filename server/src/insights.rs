//! `GET /insights.csv?period=…`: the anonymous counts as a file, rounded as everywhere.

use crate::identify::ToRead;
use axum::{
    Extension,
    extract::Query,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::insights::{FindInsights, Period};
use serde::Deserialize;
use services::Services;

/// What stands in the address.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    period: Option<String>,
}

/// As a table.
pub async fn csv(
    Extension(services): Extension<Services>,
    ToRead(caller): ToRead,
    Query(Wanted { period }): Query<Wanted>,
) -> Response {
    let period = period.and_then(|code| Period::from_code(&code)).unwrap_or_default();
    match services::insights::csv(&services, &caller, FindInsights { period }).await {
        Ok(table) => (
            [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"usage.csv\""),
            ],
            table,
        )
            .into_response(),
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or_default().into_response(),
    }
}
