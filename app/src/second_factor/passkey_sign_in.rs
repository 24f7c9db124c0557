//! The button that signs in with a passkey: it asks for neither an address nor a password.

use crate::{
    codec::Secret,
    components::{
        field::{ErrorSummary, SubmitButton},
        form::Form,
    },
    messages::messages,
    second_factor::{ask_browser, functions},
    session::go_to,
};
use domain::second_factor::UsePasskey;
use leptos::prelude::*;

/// The button, and what went wrong with it.
pub fn passkey_button(form: Form, return_to: StoredValue<String>) -> AnyView {
    let words = &messages().second_factor;
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let signing_in = async move {
            let question = functions::begin_sign_in().await?;
            let answer = ask_browser(&question, false).await?;
            let (token, return_to) = (question.token, return_to.get_value());
            functions::sign_in(Secret(UsePasskey { token, answer, return_to })).await
        };
        form.send(signing_in, |next| go_to(next.path()));
    };
    view! {
        <form method="post" novalidate class="stack" on:submit=send>
            <ErrorSummary form/>
            <SubmitButton form label=words.use_passkey/>
        </form>
    }
    .into_any()
}
