//! The step after the password: a code, or a passkey. The form for codes works without JavaScript too.

use crate::{
    codec::Secret,
    components::{
        field::{ErrorSummary, SubmitButton, TextField},
        form::Form,
        frame::brand,
        page_head::PageHead,
    },
    load::{again, load, loaded},
    messages::messages,
    second_factor::{functions, passkey_sign_in::passkey_button},
    session::go_to,
};
use domain::{
    Field,
    second_factor::{AnswerCode, Asked},
};
use leptos::prelude::*;

/// Where the form is sent.
const ACTION: &str = "/fn/second_factor/give_code";

/// The step after the password.
#[component]
pub fn CodePage() -> impl IntoView {
    let asked = load(|| (), |()| functions::asked());
    let form = Form::new("code").with_answer_to(ACTION).when_stale(move || again(asked));
    let passkey = Form::new("passkey");
    view! {
        {brand()}
        {loaded(asked, move |asked| editor(form, passkey, asked))}
    }
}

fn editor(form: Form, passkey: Form, asked: Signal<Asked>) -> AnyView {
    let words = messages();
    let say = &words.second_factor;
    let Asked { passkey: has_passkey, return_to, .. } = asked.get_untracked();
    let return_to = StoredValue::new(return_to);
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = AnswerCode { code: form.value_untracked(Field::Code, "") };
        form.send(functions::give_code(Secret(request)), |next| go_to(next.path()));
    };
    let lead = if has_passkey { say.code_lead_passkey } else { say.code_lead };
    let passkey = has_passkey.then(|| {
        view! { {passkey_button(passkey, return_to)} <p class="or">{say.or}</p> }
    });
    view! {
        <PageHead title=say.code_title lead/>
        <div class="card">
            <div class="body">
                {passkey}
                <form method="post" action=ACTION novalidate class="stack" on:submit=send>
                    <ErrorSummary form/>
                    <div class="fields">
                        <TextField
                            form
                            field=Field::Code
                            label=(words.fields.label)(Field::Code)
                            autocomplete="one-time-code"
                            hint=say.answer_hint
                            name="request[code]"
                        />
                    </div>
                    <SubmitButton form label=say.answer plain=true/>
                </form>
                <p><a href="/sign-in">{say.start_again}</a></p>
            </div>
        </div>
    }
    .into_any()
}
