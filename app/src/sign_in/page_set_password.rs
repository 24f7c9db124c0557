//! Setting the password by a link that is good for one time. The form works without JavaScript too.

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

/// Where the form is sent.
const ACTION: &str = "/fn/sign_in/set_password";

/// Setting the password by link.
#[component]
pub fn SetPasswordPage() -> impl IntoView {
    let query = use_query_map();
    let token = Memo::new(move |_| query.with(|query| query.get("token")).unwrap_or_default());
    let owner = load(move || token.get(), |token| functions::check_link(Secret(CheckLink { token })));
    let form = Form::new("set-password").with_answer_to(ACTION);
    view! {
        {brand()}
        {loaded(owner, move |owner| editor(form, owner, token))}
    }
}

/// Whose password it is, and the form.
fn editor(form: Form, owner: Signal<LinkOwner>, token: Memo<String>) -> AnyView {
    let words = messages();
    let say = &words.sign_in;
    let lead =
        Signal::derive(move || owner.with(|owner| (say.set_password_lead)(&owner.name, &owner.organisation)));
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request =
            SetPassword { token: token.get_untracked(), password: form.value_untracked(Field::Password, "") };
        form.send(functions::set_password(Secret(request)), |next| go_to(next.path()));
    };
    view! {
        <PageHead title=say.set_password_title lead/>
        <form method="post" action=ACTION novalidate class="card" on:submit=send>
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
                <SubmitButton form label=say.set_password_submit plain=true/>
            </div>
        </form>
    }
    .into_any()
}
