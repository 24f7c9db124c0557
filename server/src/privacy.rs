//! `GET /privacy/export/:id`: the file of one's own export, and `GET /schemas/export-1.json`, which
//! describes it. The link is good for whoever asked for the export, while they are signed in; for
//! everybody else it is an address like any other that isn't there.

use crate::identify::BeforeAgreeing;
use axum::{
    Extension,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Error, ExportId};
use services::Services;

/// The file.
pub async fn export(
    Extension(services): Extension<Services>,
    caller: Result<BeforeAgreeing, StatusCode>,
    Path(id): Path<String>,
) -> Response {
    let Ok(BeforeAgreeing(caller)) = caller else {
        return Redirect::to("/sign-in?return_to=%2Fprivacy").into_response();
    };
    let Ok(id) = id.parse::<ExportId>() else { return StatusCode::NOT_FOUND.into_response() };
    match services::privacy::download(&services, &caller, id).await {
        Ok(file) => (
            [
                (header::CONTENT_TYPE, "application/zip"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"assent-export.zip\""),
            ],
            file,
        )
            .into_response(),
        // The page asks for it.
        Err(Error::ProofNeeded) => Redirect::to("/privacy").into_response(),
        Err(error) => status(&error).into_response(),
    }
}

fn status(error: &Error) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The JSON schema of the export, for everybody.
pub async fn schema() -> Response {
    ([(header::CONTENT_TYPE, "application/schema+json")], services::privacy::SCHEMA).into_response()
}
