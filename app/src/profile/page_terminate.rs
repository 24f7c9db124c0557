//! Ending one's own account: first what goes and what stays, then the proof of who one is, then it is done.

use crate::{
    codec::Secret,
    components::{
        dynamic::dynamic,
        field::{ErrorSummary, Select, SubmitButton},
        form::Form,
        page_head::PageHead,
        toast::use_toast,
    },
    load::{load, loaded, replace},
    messages::messages,
    profile::functions,
    proof::{passkey, proof_controls, typed},
    receipts::effects::removed_list,
    second_factor::section::Factors,
    session::{go_to, use_session},
};
use domain::{
    profile::{Appoint, Terminate, TerminationPreview},
    receipts::Terminated,
};
use leptos::prelude::*;

/// The choice of whom to appoint.
const SUCCESSOR: &str = "successor";

/// Ending one's own account.
#[component]
pub fn TerminatePage() -> impl IntoView {
    let resource = load(|| (), |()| functions::preview_termination());
    // Made here, since a live event may take the way away before the answer of its form has come.
    let (form, appointing) = (Form::new("terminate"), Form::new("appoint"));
    let session = use_session();
    let words = &messages().profile;
    // Without one that the organisation asks for nobody can be appointed.
    let waits = Memo::new(move |_| session.rights().wait_for_second_factor());
    let factors = untrack(|| waits.get()).then(Factors::new);
    let taken = Callback::new(move |preview| replace(resource, preview));
    loaded(resource, move |preview| {
        let last_admin = Memo::new(move |_| preview.with(|preview| preview.last_admin));
        // Drawn anew when there is a choice.
        let can_appoint = Memo::new(move |_| preview.with(|preview| !preview.successors.is_empty()));
        let way = dynamic(move || {
            can_appoint.track();
            if last_admin.get() { appoint_first(appointing, preview, taken) } else { confirmation(form) }
        });
        let factor = factors.map(|factors| factor_first(factors, waits, last_admin));
        view! {
            <PageHead title=words.terminate lead=words.terminate_lead/>
            {effects(preview)}
            {factor}
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
    let until =
        dynamic(move || preview.with(|preview| (messages().receipts.kept_until)(preview.effects.name)));
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
                    <p class="soft">{until} " " {words.stays_why}</p>
                </div>
            </section>
        </div>
    }
    .into_any()
}

/// The proof, and the button that ends the account. A passkey ends it without that button.
fn confirmation(form: Form) -> AnyView {
    let words = messages();
    let session = use_session();
    let leave = |terminated: Terminated| go_to(&terminated.path());
    let end = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = Terminate { proof: typed(form) };
        form.send(session.ends(functions::terminate(Secret(request))), leave);
    };
    let by_passkey = async || {
        let request = Terminate { proof: passkey().await? };
        functions::terminate(Secret(request)).await
    };
    let use_passkey = Callback::new(move |()| form.send(session.ends(by_passkey()), leave));
    view! {
        <form method="post" novalidate class="card danger" on:submit=end>
            <header><h2>{words.profile.confirm}</h2></header>
            <div class="body">
                <ErrorSummary form/>
                <div class="fields">{proof_controls(form, use_passkey)}</div>
                <div class="row">
                    <SubmitButton form label=words.profile.terminate danger=true/>
                    <a class="button" href="/profile">{words.profile.back}</a>
                </div>
            </div>
        </form>
    }
    .into_any()
}

/// What has to be set up before somebody can be appointed. What was made stays on the screen, since recovery codes
/// are shown once.
fn factor_first(factors: Factors, waits: Memo<bool>, last_admin: Memo<bool>) -> AnyView {
    let words = &messages().profile;
    let note = dynamic(move || {
        waits.get().then(|| view! { <p class="note warn">{words.factor_first}</p> }.into_any())
    });
    let sections = dynamic(move || last_admin.get().then(|| factors.draw()));
    view! { {note}{sections} }.into_any()
}

/// What the last platform admin has to do before, which works from here.
fn appoint_first(
    form: Form,
    preview: Signal<TerminationPreview>,
    taken: Callback<TerminationPreview>,
) -> AnyView {
    let words = messages();
    let toasts = use_toast();
    let options: Vec<_> = preview.with_untracked(|preview| {
        preview.successors.iter().map(|it| (it.id.to_string(), it.name.clone())).collect()
    });
    let first = options.first().map(|(id, _)| id.clone());
    let appoint = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let first = preview.with_untracked(|preview| preview.successors.first().map(|it| it.id.to_string()));
        let chosen = form.value_untracked(SUCCESSOR, &first.unwrap_or_default());
        let Ok(id) = chosen.parse() else { return };
        form.send(functions::appoint(Appoint { id }), move |preview| {
            toasts.show(words.notice.appointed);
            taken.run(preview);
        });
    };
    let choice = match first {
        None => view! { <p>{words.notice.no_successor}</p> }.into_any(),
        Some(first) => view! {
            <form method="post" novalidate on:submit=appoint>
                <ErrorSummary form/>
                <Select form field=SUCCESSOR label=words.notice.successor stored=Signal::stored(first) options/>
                <div class="row"><SubmitButton form label=words.notice.appoint/></div>
            </form>
        }
        .into_any(),
    };
    view! {
        <div class="note warn">
            <strong>{words.profile.last_admin_title}</strong>
            <p>{words.profile.last_admin}</p>
        </div>
        <section class="card"><div class="body">
            {choice}
            <p><a href="/organisation/close">{words.closing.instead}</a></p>
            <div class="row"><a class="button" href="/profile">{words.profile.back}</a></div>
        </div></section>
    }
    .into_any()
}
