//! `GET /history.csv` and `/history.jsonl`: the history as a file, sent piece by piece as it is read. The
//! address filters as that of the page does.

use crate::identify::ToRead;
use async_stream::stream;
use axum::{
    Extension,
    body::Body,
    extract::Query,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Error, history::ListHistory};
use services::{
    Services,
    history::export::{Format, Piece, piece},
};
use std::collections::HashMap;
use store::Caller;

type Words = Query<HashMap<String, String>>;

/// As a table.
pub async fn csv(Extension(services): Extension<Services>, ToRead(caller): ToRead, words: Words) -> Response {
    file(services, caller, &words, Format::Csv).await
}

/// A JSON object on each line.
pub async fn json_lines(
    Extension(services): Extension<Services>,
    ToRead(caller): ToRead,
    words: Words,
) -> Response {
    file(services, caller, &words, Format::JsonLines).await
}

async fn file(services: Services, caller: Caller, words: &Words, format: Format) -> Response {
    let request = ListHistory::from_query(|name| words.get(name).map(String::as_str));
    let request = ListHistory { after: None, ..request };
    let (media_type, name) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "history.csv"),
        Format::JsonLines => ("application/jsonl", "history.jsonl"),
    };
    // The first piece before the head of the answer, so that a refusal has its status.
    match piece(&services, &caller, &request, format).await {
        Ok(first) => {
            let disposition = format!("attachment; filename=\"{name}\"");
            let headers =
                [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
            let rest = Rest { services, caller, request, format };
            (headers, Body::from_stream(rest.after(first))).into_response()
        }
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or_default().into_response(),
    }
}

/// What the pieces after the first are made of.
struct Rest {
    services: Services,
    caller: Caller,
    request: ListHistory,
    format: Format,
}

impl Rest {
    /// The first piece and all others. A failure breaks the answer off, so that nobody takes a part for the whole.
    fn after(mut self, first: Piece) -> impl futures::Stream<Item = Result<String, Error>> {
        stream! {
            let mut next = first.next;
            yield Ok(first.text);
            while let Some(after) = next {
                self.request.after = Some(after);
                match piece(&self.services, &self.caller, &self.request, self.format).await {
                    Ok(piece) => {
                        next = piece.next;
                        yield Ok(piece.text);
                    }
                    Err(error) => {
                        next = None;
                        yield Err(error);
                    }
                }
            }
        }
    }
}
