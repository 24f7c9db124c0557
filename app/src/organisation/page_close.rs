//! Closing the organisation: first what goes, in numbers, and what to think of before; then its name, a
//! fresh proof, and it is done. For platform admins, whether they have agreed to the notice or not.

use crate::{
    components::{
        field::{ErrorSummary, SubmitButton, TextField},
        form::Form,
        page_head::PageHead,
    },
    load::{load, loaded},
    messages::messages,
    organisation::functions,
    session::{go_to, use_session},
};
use domain::{
    Field,
    closing::{CloseOrganisation, ClosingPreview, Going},
};
use leptos::prelude::*;

/// Closing the organisation.
#[component]
pub fn ClosePage() -> impl IntoView {
    let resource = load(|| (), |()| functions::preview_closing());
    let form = Form::new("close");
    loaded(resource, move |preview| shown(form, &preview.get_untracked()))
}

fn shown(form: Form, preview: &ClosingPreview) -> AnyView {
    let words = &messages().closing;
    let lead = (words.lead)(&preview.organisation);
    view! {
        <PageHead title=words.title lead/>
        {effects(preview)}
        {confirmation(form, &preview.organisation)}
    }
    .into_any()
}

/// What goes, and what to think of before.
fn effects(preview: &ClosingPreview) -> AnyView {
    let words = &messages().closing;
    let line = |text: String| view! { <li>{text}</li> }.into_any();
    let goes: Vec<_> = preview.parts.iter().map(|part| line((words.part)(part.going, part.count))).collect();
    let asked = preview.parts.iter().find(|part| part.going == Going::OpenRequests);
    let asked = asked.map(|part| line((words.unanswered)(part.count)));
    let before: Vec<_> = words.before.iter().map(|text| line((*text).to_owned())).collect();
    view! {
        <div class="columns">
            <section class="card">
                <header><h2>{words.goes}</h2></header>
                <div class="body"><ul class="effects">{goes}</ul></div>
            </section>
            <section class="card">
                <header><h2>{words.think}</h2></header>
                <div class="body">
                    <p class="note warn">{words.accounting}</p>
                    <ul class="effects">{asked}{before}</ul>
                </div>
            </section>
        </div>
    }
    .into_any()
}

/// The name, and the button that closes.
fn confirmation(form: Form, organisation: &str) -> AnyView {
    let words = messages();
    let session = use_session();
    let hint = (words.closing.name_hint)(organisation);
    let close = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = CloseOrganisation { name: form.value_untracked(Field::Organisation, "") };
        form.send(session.ends(functions::close(request)), |()| go_to("/sign-in?notice=closed"));
    };
    view! {
        <form method="post" novalidate class="card danger" on:submit=close>
            <header><h2>{words.closing.confirm}</h2></header>
            <div class="body">
                <ErrorSummary form/>
                <div class="fields">
                    <TextField form field=Field::Organisation label=(words.fields.label)(Field::Organisation) hint/>
                </div>
                <div class="row">
                    <SubmitButton form label=words.closing.title danger=true/>
                    <a class="button" href="/">{words.closing.back}</a>
                </div>
            </div>
        </form>
    }
    .into_any()
}
