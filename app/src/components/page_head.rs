//! The head of a page: its one `h1`, a line about it, and what can be done.

use crate::components::dynamic::dynamic;
use leptos::prelude::*;
use leptos_meta::Title;

/// The head of a page. It also names the document.
#[component]
pub fn PageHead(
    /// The `h1`.
    #[prop(into)]
    title: Signal<String>,
    /// A line below it.
    #[prop(optional, into)]
    lead: Signal<String>,
    /// Beside the title, such as a badge.
    #[prop(optional)]
    mark: Option<ViewFn>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let lead_line = dynamic(move || {
        lead.with(|lead| !lead.is_empty()).then(|| view! { <p class="soft">{lead.get()}</p> }.into_any())
    });
    // The document outlives the page: it may ask once more when the title is gone already.
    let document_title =
        move || title.try_get().map_or_else(|| "Assent".to_owned(), |title| format!("{title} · Assent"));
    view! {
        <Title text=document_title/>
        <div class="head">
            <div>
                <div class="row">
                    <h1>{move || title.get()}</h1>
                    {mark.map(|mark| dynamic(move || mark.run()))}
                </div>
                {lead_line}
            </div>
            {children.map(|children| view! { <div class="row">{children()}</div> }.into_any())}
        </div>
    }
    .into_any()
}
