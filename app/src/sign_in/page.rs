//! Signing in. The form works without JavaScript too.

use crate::{
    codec::Secret,
    components::{
        dynamic::dynamic,
        field::{ErrorSummary, SubmitButton, TextField},
        form::Form,
        frame::brand,
        page_head::PageHead,
    },
    load::{load, loaded},
    messages::messages,
    second_factor::passkey_sign_in::passkey_button,
    session::go_to,
    sign_in::functions,
};
use domain::{
    Field,
    sign_in::{SignIn, SignInOptions, safe_return},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Where the form is sent.
const ACTION: &str = "/fn/sign_in/sign_in";

/// Signing in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let words = &messages().sign_in;
    let options = load(|| (), |()| functions::options());
    let form = Form::new("sign-in").with_answer_to(ACTION);
    let passkey = Form::new("passkey");
    let query = use_query_map();
    let return_to = query.with_untracked(|query| query.get("return_to")).unwrap_or_default();
    let return_to = StoredValue::new(safe_return(&return_to).to_owned());
    let notice = move || {
        let text = query.with(|query| match query.get_str("notice") {
            Some("signed_out") => Some(words.signed_out),
            Some("declined") => Some(words.declined),
            Some("confirmed") => Some(words.confirmed),
            Some("closed") => Some(messages().closing.done),
            Some("reset") => Some(words.reset_asked),
            _ => None,
        });
        text.map(|text| view! { <p class="note" role="status">{text}</p> }.into_any())
    };
    view! {
        {brand()}
        {loaded(options, move |options| view! {
            <PageHead title=words.title/>
            {dynamic(notice)}
            {content(form, passkey, options, return_to)}
        }.into_any())}
    }
}

/// The form, or what has to be done before there is anybody to sign in.
fn content(
    form: Form,
    passkey: Form,
    options: Signal<SignInOptions>,
    return_to: StoredValue<String>,
) -> AnyView {
    let words = &messages().sign_in;
    let needs_set_up = Memo::new(move |_| options.get().needs_set_up);
    dynamic(move || {
        if needs_set_up.get() {
            view! {
                <div class="note">
                    <strong>{words.needs_set_up_title}</strong>
                    <p>{words.needs_set_up}</p>
                </div>
            }
            .into_any()
        } else {
            let passkey = options.get_untracked().passkeys_work.then(|| {
                view! { <p class="or">{messages().second_factor.or}</p> {passkey_button(passkey, return_to)} }
                    .into_any()
            });
            let editor = editor(form, options, return_to);
            view! { <div class="card"><div class="body">{editor}{passkey}</div></div> }.into_any()
        }
    })
}

fn editor(form: Form, options: Signal<SignInOptions>, return_to: StoredValue<String>) -> AnyView {
    let words = messages();
    let label = words.fields.label;
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = SignIn {
            email: form.value_untracked(Field::Email, ""),
            password: form.value_untracked(Field::Password, ""),
            organisation: form.value_untracked(Field::Organisation, ""),
            return_to: return_to.get_value(),
        };
        form.send(functions::sign_in(Secret(request)), |next| go_to(next.path()));
    };
    let forgot = options.with_untracked(|options| options.sends_mail).then(|| {
        view! { <p class="small"><a href="/forgot-password">{words.sign_in.forgot}</a></p> }.into_any()
    });
    view! {
        <form method="post" action=ACTION novalidate class="stack" on:submit=send>
            <ErrorSummary form/>
            <input type="hidden" name="request[return_to]" value=return_to.get_value()/>
            <div class="fields">
                {organisation_field(form, options)}
                <TextField
                    form
                    field=Field::Email
                    label=label(Field::Email)
                    kind="email"
                    autocomplete="username"
                    name="request[email]"
                />
                <TextField
                    form
                    field=Field::Password
                    label=label(Field::Password)
                    kind="password"
                    autocomplete="current-password"
                    name="request[password]"
                />
            </div>
            <SubmitButton form label=words.sign_in.submit plain=true/>
            {forgot}
        </form>
    }
    .into_any()
}

/// The organisation's short name, where the installation holds several.
pub fn organisation_field(form: Form, options: Signal<SignInOptions>) -> AnyView {
    let words = messages();
    let several = Memo::new(move |_| options.get().several_organisations);
    dynamic(move || {
        several.get().then(|| {
            view! {
                <TextField
                    form
                    field=Field::Organisation
                    label=(words.fields.label)(Field::Organisation)
                    hint=words.sign_in.organisation_hint
                    autocomplete="organization"
                    name="request[organisation]"
                />
            }
            .into_any()
        })
    })
}
