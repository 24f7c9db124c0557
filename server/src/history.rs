//! `GET /history.csv` and `/history.jsonl`: the history as a file, sent piece by piece as it is read and as the
//! browser takes it. The address filters as that of the page does. Where it names an export that the page has
//! begun, the page learns how far it is.

use crate::identify::ToRead;
use async_stream::stream;
use axum::{
    Extension,
    body::Body,
    extract::Query,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    history::{ExportState, ListHistory},
};
use services::{
    Services,
    history::{
        export::{Format, Piece, piece},
        progress::Progress,
    },
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
            let told = Told::of(&services, &caller, &request, words).await;
            let rest = Rest { services, caller, request, format, told };
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
    told: Told,
}

/// Tells the page how far its file is, if it wants to know. The file matters more: no failure of it ends that.
struct Told(Option<Progress>);

impl Told {
    async fn of(services: &Services, caller: &Caller, request: &ListHistory, words: &Words) -> Self {
        let Some(id) = words.get("export").and_then(|id| id.parse().ok()) else { return Self(None) };
        Self(Progress::of(services, caller, (id, request)).await.ok())
    }

    async fn sent(&mut self, piece: &Piece) {
        if let Some(progress) = &mut self.0 {
            drop(progress.sent(piece).await);
        }
    }

    async fn is_whole(&mut self) {
        if let Some(progress) = self.0.take() {
            drop(progress.end(ExportState::Whole).await);
        }
    }
}

impl Drop for Told {
    /// The browser took no more, or something failed.
    fn drop(&mut self) {
        if let Some(progress) = self.0.take() {
            tokio::spawn(async move { drop(progress.end(ExportState::Broken).await) });
        }
    }
}

impl Rest {
    /// The first piece and all others. A failure breaks the answer off, so that nobody takes a part for the whole.
    fn after(mut self, first: Piece) -> impl futures::Stream<Item = Result<String, Error>> {
        stream! {
            let mut last = first;
            loop {
                yield Ok(std::mem::take(&mut last.text));
                self.told.sent(&last).await;
                let Some(after) = last.next else { break };
                self.request.after = Some(after);
                match piece(&self.services, &self.caller, &self.request, self.format).await {
                    Ok(piece) => last = piece,
                    Err(error) => {
                        yield Err(error);
                        return;
                    }
                }
            }
            self.told.is_whole().await;
        }
    }
}
