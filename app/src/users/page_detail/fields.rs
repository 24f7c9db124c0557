//! The form over a user's fields.

use super::Page;
use crate::{
    components::{
        dynamic::dynamic,
        field::{Checkbox, ErrorSummary, SaveRow, TextField},
        focus::focus_soon,
        question::{Question, question_while},
        toast::use_toast,
    },
    load::replace,
    users::{
        fields::{access_ends_field, language_field},
        functions,
        new_address::new_address,
    },
};
use domain::{
    Field, Language, Permission,
    time::Date,
    users::{FindUser, UpdateUser, User},
};
use leptos::prelude::*;

impl Page {
    pub(super) fn fields(self, user: Signal<User>) -> AnyView {
        let Self { id, words, fields: form, resource, .. } = self;
        let toasts = use_toast();
        let name = Signal::derive(move || user.with(|user| user.name.clone()));
        let email = Signal::derive(move || user.with(|user| user.email.clone()).unwrap_or_default());
        let external = Signal::derive(move || user.with(|user| user.external));
        let ends = Signal::derive(move || {
            user.with(|user| user.access_ends.map(Date::machine_readable).unwrap_or_default())
        });
        let language = Signal::derive(move || user.with(|user| user.language.code().to_owned()));
        let is_external = move || form.value("external", &external.get().to_string()) == "true";
        let save = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let request = UpdateUser {
                id,
                version: user.with_untracked(|user| user.version),
                name: form.value_untracked(Field::Name, &name.get_untracked()),
                email: form.value_untracked(Field::Email, &email.get_untracked()),
                external: untrack(is_external),
                access_ends: form.value_untracked(Field::AccessEnds, &ends.get_untracked()),
                language: Language::from_code(
                    &form.value_untracked(Field::Language, &language.get_untracked()),
                )
                .unwrap_or_default(),
            };
            let before = user.with_untracked(|user| user.new_email.clone());
            form.send(functions::update(request), move |saved| {
                let asked = saved.new_email.is_some() && saved.new_email != before;
                toasts.show(if asked { words.users.email_asked } else { words.common.saved });
                replace(resource, saved);
            });
        };
        let lost = dynamic(move || {
            (!self.session.allows(Permission::UsersManage)).then(|| {
                let label = words.permissions.label(Permission::UsersManage);
                view! { <p class="note">{(words.common.locked)(label)}</p> }.into_any()
            })
        });
        let read_only = Signal::derive(move || !self.session.allows(Permission::UsersManage));
        let why = question_while(read_only, words.common.why_edit, Question::Why(Permission::UsersManage));
        let withdraw = Callback::new(move |()| {
            form.send(functions::withdraw_address(FindUser { id }), move |saved| {
                replace(resource, saved);
                toasts.show(words.users.withdrawn);
                focus_soon(form.id(Field::Email));
            });
        });
        let waiting = dynamic(move || {
            user.with(|user| user.new_email.clone()).map(|email| new_address(&email, withdraw))
        });
        let label = words.fields.label;
        view! {
            <form method="post" novalidate class="card" on:submit=save aria-labelledby="user-details">
                <header><h2 id="user-details">{words.users.details}</h2></header>
                <div class="body">
                    <ErrorSummary form/>
                    {lost}
                    {why}
                    {waiting}
                    <div class="fields">
                        <TextField form field=Field::Name label=label(Field::Name) stored=name/>
                        <TextField form field=Field::Email label=label(Field::Email) stored=email kind="email"/>
                        <Checkbox
                            form
                            field="external"
                            label=words.users.external_user
                            hint=words.users.external_hint
                            stored=external
                        />
                        {dynamic(move || is_external().then(|| access_ends_field(form, ends)))}
                        {language_field(form, language)}
                    </div>
                    <SaveRow form label=words.common.save/>
                </div>
            </form>
        }
        .into_any()
    }
}
