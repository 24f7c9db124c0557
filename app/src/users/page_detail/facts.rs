//! What there is to know of a user.

use super::Page;
use crate::{
    components::{
        badge::{Tone, badge},
        dynamic::dynamic,
        local_time::{day, moment},
    },
    roles::names::role_name,
    users::page::user_badge,
};
use domain::{Field, users::User};
use leptos::prelude::*;

impl Page {
    pub(super) fn facts(self, user: Signal<User>) -> AnyView {
        let words = self.words;
        let say = &words.users;
        let status = dynamic(move || {
            let (status, external) = user.with(|user| (user.status, user.external));
            let external = external.then(|| badge(Tone::Plain, say.external));
            view! { <span class="row">{user_badge(words, status)} {external}</span> }.into_any()
        });
        let roles = dynamic(move || {
            user.with(|user| {
                let names: Vec<_> = user.roles.iter().map(|role| role_name(&role.name, words)).collect();
                if names.is_empty() { say.no_roles.to_owned() } else { names.join(", ") }
            })
        });
        let email = dynamic(move || {
            user.with(|user| user.email.clone()).map(|email| {
                view! { <dt>{(words.fields.label)(Field::Email)}</dt><dd>{email}</dd> }.into_any()
            })
        });
        let ends = dynamic(move || {
            let (invitation, access) = user.with(|user| (user.invitation_ends, user.access_ends));
            let invitation = invitation
                .map(|ends| view! { <dt>{say.invitation_ends}</dt><dd>{moment(ends)}</dd> }.into_any());
            let access = access.map(|ends| {
                view! { <dt>{(words.fields.label)(Field::AccessEnds)}</dt><dd>{day(ends)}</dd> }.into_any()
            });
            view! { {invitation}{access} }.into_any()
        });
        let mail = dynamic(move || {
            user.with(|user| user.mail).map(|mail| {
                let text = format!(
                    "{}, {}",
                    (say.message)(mail.message),
                    (say.mail_state)(mail.state, mail.problem)
                );
                view! { <dt>{say.last_mail}</dt><dd>{text} " · " {moment(mail.at)}</dd> }.into_any()
            })
        });
        view! {
            <section class="card">
                <div class="body">
                    <dl class="facts">
                        {email}
                        <dt>{say.status_label}</dt><dd>{status}</dd>
                        {ends}
                        <dt>{(words.fields.label)(Field::Roles)}</dt><dd>{roles}</dd>
                        {mail}
                    </dl>
                </div>
            </section>
        }
        .into_any()
    }
}
