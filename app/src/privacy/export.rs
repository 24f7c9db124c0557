//! Taking one's data along: asking for the file, seeing how far it is, downloading it.

use crate::{
    components::{dynamic::dynamic, field::ErrorSummary, form::Form, local_time::moment},
    load::{Loaded, loaded, replace},
    messages::messages,
    privacy::functions,
    session::go_to,
    shell::is_hydrated,
};
use domain::privacy::Export;
use leptos::prelude::*;

/// The card, over where the export stands.
pub fn export_card(form: Form, resource: Loaded<Export>) -> AnyView {
    let words = &messages().privacy;
    loaded(resource, move |export| {
        let running = Memo::new(move |_| matches!(export.get(), Export::Running { .. }));
        let ask = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            form.send(functions::start_export(), move |export| replace(resource, export));
        };
        let button = move || match export.get() {
            Export::Nothing => words.start,
            Export::Failed | Export::Running { .. } => words.start_again,
            Export::Ready { .. } => words.start_anew,
        };
        view! {
            <form method="post" class="card" on:submit=ask aria-labelledby="export-title">
                <header><h2 id="export-title">{words.export}</h2></header>
                <div class="body">
                    <p class="soft">{words.export_lead}</p>
                    <ErrorSummary form/>
                    <div role="status">{dynamic(move || state(form, export.get()))}</div>
                    {move || (!running.get()).then(|| {
                        view! {
                            <div class="row">
                                <button type="submit" disabled=move || form.is_pending() || !is_hydrated()>{button}</button>
                            </div>
                        }
                        .into_any()
                    })}
                </div>
            </form>
        }
        .into_any()
    })
}

/// Where the export stands.
fn state(form: Form, export: Export) -> AnyView {
    let words = &messages().privacy;
    match export {
        Export::Nothing => ().into_any(),
        Export::Failed => view! { <p class="note danger">{words.export_failed}</p> }.into_any(),
        Export::Running { percent } => view! {
            <div class="stack">
                <label for="export-progress">{words.running}</label>
                <progress id="export-progress" max="100" value=percent.to_string()>{format!("{percent} %")}</progress>
            </div>
        }
        .into_any(),
        Export::Ready { id, ends, kilobytes } => {
            let path = format!("/privacy/export/{id}");
            let href = path.clone();
            let download = move |event: web_sys::MouseEvent| {
                event.prevent_default();
                let path = path.clone();
                form.send(functions::check_download(), move |()| go_to(&path));
            };
            view! {
                <div class="row">
                    <a class="button primary" href=href download rel="external" on:click=download>{words.download}</a>
                    <span class="soft small num">{(words.size)(kilobytes)}</span>
                    <span class="soft small">{words.until}" "{moment(ends)}</span>
                </div>
            }
            .into_any()
        }
    }
}
