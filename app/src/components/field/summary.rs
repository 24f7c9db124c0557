//! What is wrong with a form, in one place.

use crate::{
    components::{dynamic::dynamic, failure_view::failure_note, focus::focus, form::Form},
    messages::messages,
};
use leptos::{html, prelude::*};

/// All that is wrong, above the fields, with links to them. It takes the focus when it appears.
#[component]
pub fn ErrorSummary(form: Form) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let any = !form.errors().is_empty() || form.failure().is_some();
        if any && let Some(summary) = node.get() {
            drop(summary.focus());
        }
    });
    let shown = dynamic(move || {
        let errors = form.errors();
        let failure = form.failure().map(failure_note);
        let list = (!errors.is_empty()).then(|| summary_list(form, errors));
        (failure.is_some() || list.is_some())
            .then(|| view! { <div class="body">{failure}{list}</div> }.into_any())
    });
    view! {
        <div class="summary" role="alert" tabindex="-1" node_ref=node>
            {shown}
        </div>
    }
}

fn summary_list(form: Form, errors: Vec<domain::FieldError>) -> AnyView {
    let words = messages();
    let items: Vec<_> = errors
        .into_iter()
        .map(|error| {
            let id = form.id(error.field);
            let href = format!("#{id}");
            let label = form.label(error.field);
            let text = format!("{label}: {}", (words.fields.problem)(error.problem));
            let go = move |event: web_sys::MouseEvent| {
                if focus(&id) {
                    event.prevent_default();
                }
            };
            view! { <li><a href=href rel="external" on:click=go>{text}</a></li> }.into_any()
        })
        .collect();
    view! {
        <div class="note danger">
            <div><strong>{(words.common.errors_above)(items.len())}</strong><ul>{items}</ul></div>
        </div>
    }
    .into_any()
}
