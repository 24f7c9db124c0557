//! Accepting an invitation with a first password, or declining it. Both forms work without JavaScript.

use crate::{
    codec::Secret,
    components::{
        field::{ErrorSummary, SubmitButton, TextField},
        form::Form,
        frame::brand,
        page_head::PageHead,
    },
    load::{load, loaded},
    messages::messages,
    session::go_to,
    sign_in::functions,
};
use domain::{
    Field,
    password::Password,
    sign_in::{CheckLink, LinkOwner, SetPassword},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Where the forms are sent.
const ACCEPT: &str = "/fn/sign_in/accept_invitation";
const DECLINE: &str = "/fn/sign_in/decline_invitation";

/// Accepting or declining an invitation.
#[component]
pub fn AcceptInvitePage() -> impl IntoView {
    let query = use_query_map();
    let token = Memo::new(move |_| query.with(|query| query.get("token")).unwrap_or_default());
    let owner = load(move || token.get(), |token| functions::check_invitation(Secret(CheckLink { token })));
    let accept = Form::new("accept").with_answer_to(ACCEPT);
    let decline = Form::new("decline").with_answer_to(DECLINE);
    view! {
        {brand()}
        {loaded(owner, move |owner| view! { {accepting(accept, owner, token)} {declining(decline, token)} }.into_any())}
    }
    .into_any()
}

fn accepting(form: Form, owner: Signal<LinkOwner>, token: Memo<String>) -> AnyView {
    let words = messages();
    let say = &words.sign_in;
    let title = Signal::derive(move || owner.with(|owner| (say.accept_title)(&owner.organisation)));
    let lead = Signal::derive(move || owner.with(|owner| (say.accept_lead)(&owner.name)));
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request =
            SetPassword { token: token.get_untracked(), password: form.value_untracked(Field::Password, "") };
        form.send(functions::accept_invitation(Secret(request)), |next| go_to(next.path()));
    };
    view! {
        <PageHead title lead/>
        <form method="post" action=ACCEPT novalidate class="card" on:submit=send>
            <div class="body">
                <ErrorSummary form/>
                <input type="hidden" name="request[token]" value=token.get_untracked()/>
                <div class="fields">
                    <TextField
                        form
                        field=Field::Password
                        label=(words.fields.label)(Field::Password)
                        kind="password"
                        autocomplete="new-password"
                        hint=(say.password_hint)(Password::LEAST)
                        name="request[password]"
                    />
                </div>
                <SubmitButton form label=say.accept_submit plain=true/>
            </div>
        </form>
    }
    .into_any()
}

fn declining(form: Form, token: Memo<String>) -> AnyView {
    let say = &messages().sign_in;
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = CheckLink { token: token.get_untracked() };
        form.send(functions::decline_invitation(Secret(request)), |()| go_to("/sign-in?notice=declined"));
    };
    view! {
        <form method="post" action=DECLINE novalidate class="card" on:submit=send>
            <header><h2>{say.decline_title}</h2></header>
            <div class="body">
                <ErrorSummary form/>
                <p class="soft">{say.decline_text}</p>
                <input type="hidden" name="request[token]" value=token.get_untracked()/>
                <SubmitButton form label=say.decline plain=true danger=true/>
            </div>
        </form>
    }
    .into_any()
}
