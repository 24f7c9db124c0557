//! Checkboxes for the roles of a user, with the reason at those that can't be given or taken.

use crate::{
    components::{dynamic::dynamic, form::Form},
    messages::{Messages, messages},
    roles::names::role_name,
    shell::is_hydrated,
};
use domain::{Field, Rights, RoleId, roles::Role, users::AssignableRole};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// What is ticked; `None` while it is what is stored.
#[derive(Clone, Copy)]
pub struct RoleChoice {
    chosen: RwSignal<Option<Vec<RoleId>>>,
    options: Signal<Vec<AssignableRole>>,
    held: Signal<Vec<RoleId>>,
    external: Signal<bool>,
}

/// What was ticked, kept by the page.
pub type Chosen = RwSignal<Option<Vec<RoleId>>>;

/// A role as it can be given by somebody with these rights.
pub fn offer(role: &Role, rights: Rights) -> AssignableRole {
    AssignableRole {
        id: role.id,
        name: role.name.clone(),
        lacks: rights.lack(role.permissions),
        internal_only: role.permissions.iter().any(domain::Permission::internal_only),
    }
}

impl RoleChoice {
    pub fn new(
        chosen: Chosen,
        options: Signal<Vec<AssignableRole>>,
        held: Signal<Vec<RoleId>>,
        external: Signal<bool>,
    ) -> Self {
        Self { chosen, options, held, external }
    }

    /// The roles to send. What can't be given is not among them.
    pub fn roles(self) -> Vec<RoleId> {
        untrack(|| {
            let options = self.options.get();
            options.iter().filter(|option| self.is_ticked(option)).map(|option| option.id).collect()
        })
    }

    fn is_ticked(self, option: &AssignableRole) -> bool {
        let held = self.held.with(|held| held.contains(&option.id));
        if option.lacks.is_some() {
            return held;
        }
        let ticked =
            self.chosen.with(|chosen| chosen.as_ref().map_or(held, |chosen| chosen.contains(&option.id)));
        ticked && (held || !self.is_for_others(option))
    }

    fn is_for_others(self, option: &AssignableRole) -> bool {
        option.internal_only && self.external.get()
    }

    fn reason(self, option: &AssignableRole, words: &Messages) -> Option<String> {
        let held = self.held.with(|held| held.contains(&option.id));
        match option.lacks {
            Some(lacking) => Some((words.users.lacks)(words.permissions.label(lacking))),
            None if self.is_for_others(option) && !held => Some(words.users.internal_only.to_owned()),
            None => None,
        }
    }

    fn tick(self, event: &web_sys::Event) {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let Ok(role) = input.value().parse::<RoleId>() else { return };
        let mut roles = self.roles();
        roles.retain(|chosen| *chosen != role);
        if input.checked() {
            roles.push(role);
        }
        let stored = self.held.get_untracked();
        let same = roles.len() == stored.len() && roles.iter().all(|role| stored.contains(role));
        self.chosen.set((!same).then_some(roles));
    }

    /// Whether anything is ticked that is not stored. Tracked.
    pub fn is_changed(self) -> bool {
        self.chosen.with(Option::is_some)
    }

    /// The checkboxes, as a field of `form`.
    pub fn draw(self, form: Form) -> AnyView {
        let words = messages();
        let id = form.id(Field::Roles);
        let error_id = format!("{id}-error");
        let described_by = error_id.clone();
        let boxes = dynamic(move || {
            let ready = is_hydrated() && form.is_editable();
            let options = self.options.get();
            options.iter().map(|option| self.draw_one(option, words, ready)).collect::<Vec<_>>()
        });
        let error = move || form.problem(Field::Roles.into());
        view! {
            <fieldset
                class="field"
                id=id
                tabindex="-1"
                aria-describedby=move || error().map(|_| described_by.clone())
                on:change=move |event| self.tick(&event)
            >
                <legend>{(words.fields.label)(Field::Roles)}</legend>
                {boxes}
                {move || error().map(|text| view! { <span class="error" id=error_id.clone()>{text}</span> }.into_any())}
            </fieldset>
        }
        .into_any()
    }

    fn draw_one(self, option: &AssignableRole, words: &'static Messages, ready: bool) -> AnyView {
        let reason = self.reason(option, words);
        let ticked = self.is_ticked(option);
        let value = option.id.to_string();
        let hint_id = format!("role-{value}-hint");
        let described_by = reason.is_some().then(|| hint_id.clone());
        view! {
            <div class="field check">
                <label>
                    <input
                        type="checkbox"
                        value=value
                        disabled=!ready || reason.is_some()
                        aria-describedby=described_by
                        checked=ticked
                        prop:checked=ticked
                    />
                    <span>{role_name(&option.name, words)}</span>
                </label>
                {reason.map(|reason| view! { <span class="hint" id=hint_id>{reason}</span> }.into_any())}
            </div>
        }
        .into_any()
    }
}
