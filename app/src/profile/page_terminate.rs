//! Ending one's own account: first what goes and what stays, then the password, then it is done.

use crate::{
    codec::Secret,
    components::{
        dynamic::dynamic,
        field::{ErrorSummary, SubmitButton, TextField},
        form::Form,
        page_head::PageHead,
    },
    load::{load, loaded},
    messages::messages,
    profile::functions,
    receipts::effects::removed_list,
    session::{go_to, use_session},
};
use domain::{
    Field,
    profile::{Terminate, TerminationPreview},
};
use leptos::prelude::*;

/// Ending one's own account.
#[component]
pub fn TerminatePage() -> impl IntoView {
    let resource = load(|| (), |()| functions::preview_termination());
    let form = Form::new("terminate");
    let words = &messages().profile;
    loaded(resource, move |preview| {
        let last_admin = Memo::new(move |_| preview.with(|preview| preview.last_admin));
        let way = dynamic(move || if last_admin.get() { appoint_first() } else { confirmation(form) });
        view! {
            <PageHead title=words.terminate lead=words.terminate_lead/>
            {effects(preview)}
            {way}
        }
        .into_any()
    })
}

/// What goes and what stays, in numbers.
fn effects(preview: Signal<TerminationPreview>) -> AnyView {
    let words = &messages().profile;
    let goes = dynamic(move || preview.with(|preview| removed_list(&preview.effects.removed)));
    let stays =
        dynamic(move || preview.with(|preview| (words.stays_name)(&preview.name, preview.effects.actions)));
    view! {
        <div class="columns">
            <section class="card">
                <header><h2>{words.goes}</h2></header>
                <div class="body">{goes}</div>
            </section>
            <section class="card">
                <header><h2>{words.stays}</h2></header>
                <div class="body">
                    <ul class="effects"><li>{stays}</li></ul>
                    <p class="soft">{words.stays_why}</p>
                </div>
            </section>
        </div>
    }
    .into_any()
}

/// The password, and the button that ends the account.
fn confirmation(form: Form) -> AnyView {
    let words = messages();
    let session = use_session();
    let end = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = Terminate { password: form.value_untracked(Field::Password, "") };
        form.send(session.ends(functions::terminate(Secret(request))), |terminated| {
            go_to(&terminated.path());
        });
    };
    view! {
        <form method="post" novalidate class="card danger" on:submit=end>
            <header><h2>{words.profile.confirm}</h2></header>
            <div class="body">
                <ErrorSummary form/>
                <div class="fields">
                    <TextField
                        form
                        field=Field::Password
                        label=(words.fields.label)(Field::Password)
                        kind="password"
                        autocomplete="current-password"
                        hint=words.profile.password_hint
                    />
                </div>
                <div class="row">
                    <SubmitButton form label=words.profile.terminate danger=true/>
                    <a class="button" href="/profile">{words.profile.back}</a>
                </div>
            </div>
        </form>
    }
    .into_any()
}

/// What the last platform admin has to do before.
fn appoint_first() -> AnyView {
    let words = &messages().profile;
    view! {
        <div class="note warn">
            <strong>{words.last_admin_title}</strong>
            <p>{words.last_admin}</p>
            <div class="row">
                <a class="button" href="/users">{words.last_admin_link}</a>
                <a class="button" href="/profile">{words.back}</a>
            </div>
        </div>
    }
    .into_any()
}
