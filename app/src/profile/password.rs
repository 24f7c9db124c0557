//! Changing one's own password.

use crate::{
    codec::Secret,
    components::{
        field::{ErrorSummary, SubmitButton, TextField},
        form::Form,
        toast::use_toast,
    },
    load::{Loaded, again},
    messages::messages,
    profile::functions,
};
use domain::{
    Field,
    profile::{ChangePassword, SignInEntry},
};
use leptos::prelude::*;

/// The card; `sign_ins` is loaded again when the others have ended.
pub fn password(form: Form, sign_ins: Loaded<Vec<SignInEntry>>) -> AnyView {
    let words = messages();
    let say = &words.sign_ins;
    let toasts = use_toast();
    let change = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = ChangePassword {
            current: form.value_untracked(Field::CurrentPassword, ""),
            password: form.value_untracked(Field::Password, ""),
        };
        form.send(functions::change_password(Secret(request)), move |()| {
            again(sign_ins);
            toasts.show(say.password_changed);
        });
    };
    view! {
        <form method="post" novalidate class="card" on:submit=change>
            <header><h2>{say.password}</h2></header>
            <div class="body">
                <ErrorSummary form/>
                <div class="fields">
                    <TextField
                        form
                        field=Field::CurrentPassword
                        label=(words.fields.label)(Field::CurrentPassword)
                        kind="password"
                        autocomplete="current-password"
                    />
                    <TextField
                        form
                        field=Field::Password
                        label=say.new_password
                        kind="password"
                        autocomplete="new-password"
                        hint=say.new_password_hint
                    />
                </div>
                <p class="soft">{say.password_effect}</p>
                <div class="row"><SubmitButton form label=say.change_password/></div>
            </div>
        </form>
    }
    .into_any()
}
