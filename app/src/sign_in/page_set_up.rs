//! The first organisation and its first admin, by the link that the server printed. The form works
//! without JavaScript too.

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
    sign_in::{CheckLink, SetUp},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Where the form is sent.
const ACTION: &str = "/fn/sign_in/set_up";

/// The first organisation and its first admin.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let query = use_query_map();
    let token = Memo::new(move |_| query.with(|query| query.get("token")).unwrap_or_default());
    let usable = load(move || token.get(), |token| functions::check_set_up(Secret(CheckLink { token })));
    let form = Form::new("set-up").with_answer_to(ACTION);
    view! {
        {brand()}
        {loaded(usable, move |_| editor(form, token))}
    }
}

fn editor(form: Form, token: Memo<String>) -> AnyView {
    let words = messages();
    let say = &words.sign_in;
    let label = words.fields.label;
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = SetUp {
            token: token.get_untracked(),
            organisation: form.value_untracked(Field::Organisation, ""),
            name: form.value_untracked(Field::Name, ""),
            email: form.value_untracked(Field::Email, ""),
            password: form.value_untracked(Field::Password, ""),
        };
        form.send(functions::set_up(Secret(request)), |next| go_to(next.path()));
    };
    view! {
        <PageHead title=say.set_up_title lead=say.set_up_lead/>
        <form method="post" action=ACTION novalidate class="card" on:submit=send>
            <div class="body">
                <ErrorSummary form/>
                <input type="hidden" name="request[token]" value=token.get_untracked()/>
                <div class="fields">
                    <TextField
                        form
                        field=Field::Organisation
                        label=label(Field::Organisation)
                        autocomplete="organization"
                        hint=say.set_up_organisation_hint
                        name="request[organisation]"
                    />
                    <TextField
                        form
                        field=Field::Name
                        label=label(Field::Name)
                        autocomplete="name"
                        hint=say.set_up_name_hint
                        name="request[name]"
                    />
                    <TextField
                        form
                        field=Field::Email
                        label=label(Field::Email)
                        kind="email"
                        autocomplete="username"
                        hint=say.set_up_email_hint
                        name="request[email]"
                    />
                    <TextField
                        form
                        field=Field::Password
                        label=label(Field::Password)
                        kind="password"
                        autocomplete="new-password"
                        hint=(say.password_hint)(Password::LEAST)
                        name="request[password]"
                    />
                </div>
                <SubmitButton form label=say.set_up_submit plain=true/>
            </div>
        </form>
    }
    .into_any()
}
