//! What a user's roles come to, and through which of them each right is held.

use super::Page;
use crate::{components::dynamic::dynamic, roles::names::role_name};
use domain::{rights::EffectiveRight, users::User};
use leptos::prelude::*;

impl Page {
    /// Only those who manage roles are told.
    pub(super) fn rights(self, user: Signal<User>) -> AnyView {
        dynamic(move || user.with(|user| user.rights.is_some()).then(|| self.rights_card(user))).into_any()
    }

    fn rights_card(self, user: Signal<User>) -> AnyView {
        let say = &self.words.users;
        let list = dynamic(move || {
            let items: Vec<_> = user.with(|user| {
                user.rights.iter().flat_map(|known| &known.rights).map(|right| self.right(right)).collect()
            });
            match items.is_empty() {
                true => view! { <p class="soft">{say.no_rights}</p> }.into_any(),
                false => view! { <ul class="list">{items}</ul> }.into_any(),
            }
        });
        let waiting = dynamic(move || {
            let waits =
                user.with(|user| user.rights.as_ref().is_some_and(|known| known.wait_for_second_factor));
            waits.then(|| view! { <p class="note warn">{say.rights_wait}</p> }.into_any())
        });
        let masked = dynamic(move || {
            user.with(|user| user.external)
                .then(|| view! { <p class="soft small">{say.rights_external}</p> }.into_any())
        });
        view! {
            <section class="card" aria-labelledby="effective-rights">
                <header><h2 id="effective-rights">{say.rights}</h2></header>
                <div class="body">{waiting}{list}{masked}</div>
            </section>
        }
        .into_any()
    }

    fn right(self, right: &EffectiveRight) -> AnyView {
        let text = (self.words.permissions.of)(right.permission);
        let roles: Vec<_> = right.roles.iter().map(|role| role_name(role, self.words)).collect();
        view! {
            <li>
                <div><strong>{text.label}</strong><div class="soft small">{text.allows}</div></div>
                <span class="soft small">{(self.words.users.rights_through)(&roles.join(", "))}</span>
            </li>
        }
        .into_any()
    }
}
