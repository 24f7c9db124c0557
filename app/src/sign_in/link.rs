//! What the pages share that a link with a secret opens. Opening one changes nothing: the server says
//! what the secret is good for, and a form does it, also without JavaScript.

use crate::{
    Failure,
    codec::Secret,
    components::{
        failure_view::{FailureText, InWords, Way, failure_text},
        field::{ErrorSummary, SubmitButton, TextField},
        form::Form,
        frame::brand,
    },
    load::{Loadable, again, load, loaded_or},
    messages::{Messages, messages},
};
use domain::{Conflict, Field, password::Password, sign_in::CheckLink};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::pin::Pin;

/// What the server says a link is good for.
pub type Checked<T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send>>;
/// What is drawn over that; it gets the secret too.
type Ready<T> = Box<dyn Fn(Signal<T>, Memo<String>) -> AnyView + Send + Sync>;

/// A page that a link opens: asks what the secret in the address is good for, and draws `ready` over the
/// answer. `forms` find out too when the link is used up; `dead` says so.
pub fn link_page<T: Loadable>(
    forms: &[Form],
    dead: InWords,
    check: fn(Secret<CheckLink>) -> Checked<T>,
    ready: Ready<T>,
) -> AnyView {
    let query = use_query_map();
    let token = Memo::new(move |_| query.with(|query| query.get("token")).unwrap_or_default());
    let found = load(move || token.get(), move |token| check(Secret(CheckLink { token })));
    for form in forms {
        let _ = form.when_stale(move || again(found));
    }
    view! { {brand()} {loaded_or(found, move |found| ready(found, token), dead)} }.into_any()
}

/// The words for a link that is good for nothing: `what` is to be done, and where.
pub fn dead_link(
    failure: &Failure,
    what: fn(&Messages) -> &'static str,
    ways: &'static [Way],
) -> FailureText {
    let text = failure_text(failure);
    if *failure != Failure::Refused(Conflict::LinkExpired.into()) {
        return text;
    }
    let words = messages();
    FailureText { text: format!("{}\n{}", words.failures.link_over, what(words)), ways, ..text }
}

/// A form that uses the link.
#[derive(Clone, Copy)]
pub struct LinkForm {
    pub form: Form,
    /// Where it is sent.
    pub action: &'static str,
    pub token: Memo<String>,
    /// What its button says.
    pub submit: &'static str,
    /// Whether that can't be taken back.
    pub danger: bool,
}

impl LinkForm {
    /// The form around `inside`; `send` gets the secret.
    pub fn draw(self, inside: AnyView, send: impl Fn(String) + 'static) -> AnyView {
        let Self { form, action, token, submit, danger } = self;
        let send = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            send(token.get_untracked());
        };
        view! {
            <form method="post" action=action novalidate class="card" on:submit=send>
                <div class="body">
                    <ErrorSummary form/>
                    <input type="hidden" name="request[token]" value=token.get_untracked()/>
                    {inside}
                    <SubmitButton form label=submit plain=true danger/>
                </div>
            </form>
        }
        .into_any()
    }
}

/// The field for a new password.
pub fn new_password(form: Form) -> AnyView {
    let words = messages();
    view! {
        <TextField
            form
            field=Field::Password
            label=(words.fields.label)(Field::Password)
            kind="password"
            autocomplete="new-password"
            hint=(words.sign_in.password_hint)(Password::LEAST)
            name="request[password]"
        />
    }
    .into_any()
}
