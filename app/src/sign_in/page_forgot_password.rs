//! Asking for a link to set a new password. The answer is the same for every address. The form works
//! without JavaScript too.

use crate::{
    codec::Secret,
    components::{
        dynamic::dynamic,
        field::{ErrorSummary, SubmitButton, TextField},
        focus::focus_soon,
        form::Form,
        frame::brand,
        page_head::PageHead,
    },
    load::{load, loaded},
    messages::messages,
    sign_in::{functions, page::organisation_field},
};
use domain::{
    Field,
    sign_in::{ForgotPassword, SignInOptions},
};
use leptos::prelude::*;

/// Where the form is sent.
const ACTION: &str = "/fn/sign_in/forgot_password";

/// Asking for a link to set a new password.
#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    let options = load(|| (), |()| functions::options());
    let form = Form::new("forgot-password").with_answer_to(ACTION);
    let done = RwSignal::new(false);
    let say = &messages().sign_in;
    view! {
        {brand()}
        {loaded(options, move |options| {
            dynamic(move || {
                if done.get() {
                    told(say.forgot_done, say.reset_asked)
                } else if options.with(|options| options.sends_mail) {
                    editor(form, options, done)
                } else {
                    told(say.forgot, say.forgot_without_mail)
                }
            })
        })}
    }
    .into_any()
}

fn told(title: &'static str, text: &'static str) -> AnyView {
    let say = &messages().sign_in;
    view! {
        <PageHead title/>
        <p class="note" role="status">{text}</p>
        <div class="row"><a class="button" href="/sign-in">{say.to_sign_in}</a></div>
    }
    .into_any()
}

fn editor(form: Form, options: Signal<SignInOptions>, done: RwSignal<bool>) -> AnyView {
    let words = messages();
    let say = &words.sign_in;
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = ForgotPassword {
            email: form.value_untracked(Field::Email, ""),
            organisation: form.value_untracked(Field::Organisation, ""),
        };
        form.send(functions::forgot_password(Secret(request)), move |()| {
            done.set(true);
            focus_soon("main");
        });
    };
    view! {
        <PageHead title=say.forgot lead=say.forgot_lead/>
        <form method="post" action=ACTION novalidate class="card" on:submit=send>
            <div class="body">
                <ErrorSummary form/>
                <div class="fields">
                    {organisation_field(form, options)}
                    <TextField
                        form
                        field=Field::Email
                        label=(words.fields.label)(Field::Email)
                        kind="email"
                        autocomplete="username"
                        name="request[email]"
                    />
                </div>
                <div class="row">
                    <SubmitButton form label=say.forgot_submit plain=true/>
                    <a class="button" href="/sign-in">{say.to_sign_in}</a>
                </div>
            </div>
        </form>
    }
    .into_any()
}
