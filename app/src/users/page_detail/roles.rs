//! The roles of a user.

use super::Page;
use crate::{
    components::{
        dynamic::dynamic,
        field::{ErrorSummary, SubmitButton},
        toast::use_toast,
    },
    load::replace,
    users::{functions, role_choice::RoleChoice},
};
use domain::users::{AssignRoles, User};
use leptos::prelude::*;

impl Page {
    pub(super) fn roles(self, user: Signal<User>) -> AnyView {
        let Self { id, words, roles: form, resource, chosen, .. } = self;
        let toasts = use_toast();
        let options = Signal::derive(move || user.with(|user| user.assignable.clone()));
        let held = Signal::derive(move || {
            user.with(|user| user.roles.iter().map(|role| role.id).collect::<Vec<_>>())
        });
        let external = Signal::derive(move || user.with(|user| user.external));
        let choice = RoleChoice::new(chosen, options, held, external);
        let save = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let version = user.with_untracked(|user| user.version);
            let request = AssignRoles { id, version, roles: choice.roles() };
            form.send(functions::assign_roles(request), move |saved| {
                chosen.set(None);
                toasts.show((words.users.roles_saved)(&saved.name));
                replace(resource, saved);
            });
        };
        let unsaved = dynamic(move || {
            choice.is_changed().then(|| {
                view! { <span class="unsaved small soft">{words.common.unsaved_changes}</span> }.into_any()
            })
        });
        view! {
            <form method="post" novalidate class="card" on:submit=save>
                <div class="body">
                    <ErrorSummary form/>
                    {choice.draw(form)}
                    <div class="row"><SubmitButton form label=words.users.save_roles/>{unsaved}</div>
                </div>
            </form>
        }
        .into_any()
    }
}
