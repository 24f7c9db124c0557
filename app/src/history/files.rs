//! What is listed, as files: plain links, which work by themselves. Where the page is hydrated it begins the file
//! first, and then shows how far it is; the browser downloads it all the same.

use super::functions;
use crate::{
    Failure,
    components::{dynamic::dynamic, field::ErrorSummary, form::Form},
    load::{Loaded, load, loaded_within, replace},
    messages::messages,
    session::{go_to, use_session},
};
use domain::history::{ExportState, HistoryExport, ListHistory};
use leptos::prelude::*;

/// The files of a page. Made at its top.
#[derive(Clone, Copy)]
pub struct Files {
    form: Form,
    resource: Loaded<Option<HistoryExport>>,
    /// Whether one was seen to run here: what ended before is of no interest.
    seen: StoredValue<bool>,
}

impl Files {
    pub fn new() -> Self {
        let session = use_session();
        Self {
            form: Form::new("export"),
            resource: load(move || (session.jobs(), session.is_own()), |(_, own)| newest(own)),
            seen: StoredValue::new(false),
        }
    }

    /// The links to what is wanted, and how far the file is.
    pub fn draw(self, wanted: Signal<ListHistory>) -> AnyView {
        let words = &messages().history;
        let links = dynamic(move || {
            let csv = self.link(("history.csv", words.csv), wanted.get());
            let lines = self.link(("history.jsonl", words.json_lines), wanted.get());
            view! { {csv} {lines} }.into_any()
        });
        view! {
            <div class="stack small">
                <div class="row">
                    <span class="soft">{words.files}</span>
                    {links}
                </div>
                <ErrorSummary form=self.form/>
                {loaded_within(self.resource, move |export| self.state(export))}
            </div>
        }
        .into_any()
    }

    fn link(self, (name, label): (&'static str, &'static str), wanted: ListHistory) -> AnyView {
        let href = format!("/{name}{}", wanted.to_query());
        let path = href.clone();
        let download = move |event: web_sys::MouseEvent| {
            event.prevent_default();
            let path = path.clone();
            self.form.send(functions::begin_export(wanted.clone()), move |export| {
                let joint = if path.contains('?') { '&' } else { '?' };
                replace(self.resource, Some(export));
                go_to(&format!("{path}{joint}export={}", export.id));
            });
        };
        view! { <a href=href rel="external" download=name on:click=download>{label}</a> }.into_any()
    }

    fn state(self, export: Signal<Option<HistoryExport>>) -> AnyView {
        let running = dynamic(move || {
            let running = export.get().filter(is_running)?;
            self.seen.set_value(true);
            Some(progress(running))
        });
        let ended = dynamic(move || {
            let ended = export.get().filter(|export| !is_running(export) && self.seen.get_value());
            ended.map(told)
        });
        view! { {running} <div role="status">{ended}</div> }.into_any()
    }
}

/// A preview has none.
async fn newest(own: bool) -> Result<Option<HistoryExport>, Failure> {
    if own { functions::find_export().await } else { Ok(None) }
}

fn is_running(export: &HistoryExport) -> bool {
    export.state == ExportState::Running
}

fn progress(export: HistoryExport) -> AnyView {
    let words = &messages().history;
    view! {
        <div class="stack">
            <label for="history-export">{(words.downloading)(export.entries, export.expected)}</label>
            <progress id="history-export" max="100" value=export.percent.to_string()>{format!("{} %", export.percent)}</progress>
        </div>
    }
    .into_any()
}

fn told(export: HistoryExport) -> AnyView {
    let words = &messages().history;
    if export.state == ExportState::Whole {
        view! { <p class="note">{(words.downloaded)(export.entries)}</p> }.into_any()
    } else {
        view! { <p class="note danger">{(words.broken_off)(export.entries)}</p> }.into_any()
    }
}
