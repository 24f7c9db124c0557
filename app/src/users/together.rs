//! One role for several users of the list at once, or from them; saved at once and taken back by one click.

use crate::{
    components::{
        dynamic::dynamic,
        field::ErrorSummary,
        focus::focus,
        form::Form,
        toast::{Toasts, use_toast},
    },
    messages::{Messages, messages},
    roles::names::role_name,
    session::{OpenSession, use_session},
    shell::is_hydrated,
    users::functions,
};
use domain::{
    Permission, RoleId, UserId,
    users::{AssignRole, UserPage},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The `id` of the list that rows are chosen in.
pub const LIST: &str = "users";

/// Who is chosen, and what is sent for them. Made at the top of the page's component.
#[derive(Clone, Copy)]
pub struct Together {
    chosen: RwSignal<Vec<UserId>>,
    form: Form,
    /// What stands in the bar's field; nothing until a role is chosen.
    role: RwSignal<Option<RoleId>>,
    session: OpenSession,
    toasts: Toasts,
    words: &'static Messages,
    reload: Callback<()>,
}

impl Together {
    /// Nobody is chosen yet; `reload` loads the list again.
    pub fn new(reload: Callback<()>) -> Self {
        Self {
            chosen: RwSignal::default(),
            form: Form::new("together"),
            role: RwSignal::default(),
            session: use_session(),
            toasts: use_toast(),
            words: messages(),
            reload,
        }
    }

    /// Whether there is anything to choose for. Tracked.
    pub fn is_offered(self) -> bool {
        self.session.allows(Permission::RolesManage)
    }

    /// Somebody ticked or unticked a row. One listener for the whole table.
    pub fn tick(self, event: &web_sys::Event) {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let Ok(user) = input.value().parse::<UserId>() else { return };
        self.chosen.update(|chosen| {
            chosen.retain(|one| *one != user);
            if input.checked() {
                chosen.push(user);
            }
        });
    }

    /// The box beside a name.
    pub fn choice(self, id: UserId, name: &str) -> AnyView {
        let is_chosen = move || self.chosen.with(|chosen| chosen.contains(&id));
        view! {
            <input
                type="checkbox"
                value=id.to_string()
                aria-label=(self.words.users.choose)(name)
                disabled=move || !is_hydrated()
                prop:checked=is_chosen
            />
        }
        .into_any()
    }

    /// What can be done with those who are chosen, of those who are shown.
    pub fn bar(self, page: Signal<UserPage>) -> AnyView {
        let say = &self.words.users;
        let shown = Signal::derive(move || {
            let visible = page.with(|page| page.users.iter().map(|user| user.id).collect::<Vec<_>>());
            self.chosen
                .with(|chosen| chosen.iter().copied().filter(|id| visible.contains(id)).collect::<Vec<_>>())
        });
        // Made once, so that a role stays chosen while rows are ticked.
        let is_open = Memo::new(move |_| self.is_offered() && shown.with(|users| !users.is_empty()));
        dynamic(move || {
            if !is_open.get() {
                return None;
            }
            self.role.set(None);
            let options: Vec<_> = page.with_untracked(|page| {
                page.roles.iter().map(|role| {
                    view! { <option value=role.id.to_string()>{role_name(&role.name, self.words)}</option> }.into_any()
                }).collect()
            });
            let choose = move |event| self.role.set(event_target_value(&event).parse().ok());
            let assign = move |held| self.assign(page, shown.get_untracked(), held);
            let has_none = move || self.role.with(Option::is_none);
            Some(view! {
                <section class="card together" aria-label=say.together>
                    <div class="body">
                        <ErrorSummary form=self.form/>
                        <div class="row">
                            <span role="status">{move || (say.chosen)(shown.with(Vec::len))}</span>
                            <label class="visually-hidden" for="together-role">{say.together_role}</label>
                            <select id="together-role" on:change=choose>
                                <option value="">{say.together_choose}</option>
                                {options}
                            </select>
                            <button type="button" disabled=has_none on:click=move |_| assign(true)>{say.give}</button>
                            <button type="button" disabled=has_none on:click=move |_| assign(false)>{say.take}</button>
                            <button type="button" class="quiet" on:click=move |_| self.clear()>{say.choose_nobody}</button>
                        </div>
                    </div>
                </section>
            }
            .into_any())
        })
    }

    /// Chooses nobody. The bar goes, so the keyboard goes on at the list.
    fn clear(self) {
        self.chosen.set(Vec::new());
        let _ = focus(LIST);
    }

    fn assign(self, page: Signal<UserPage>, users: Vec<UserId>, held: bool) {
        let role = self
            .role
            .get_untracked()
            .and_then(|id| page.with_untracked(|page| page.roles.iter().find(|role| role.id == id).cloned()));
        if let Some(role) = role {
            let name = role_name(&role.name, self.words);
            self.send(AssignRole { role: role.id, users, held }, name, true);
        }
    }

    fn send(self, request: AssignRole, name: String, undoable: bool) {
        let (role, held) = (request.role, request.held);
        self.form.send(functions::assign_role(request), move |answer| {
            let changed = answer.changed;
            self.clear();
            self.reload.run(());
            let text = (self.words.users.together_done)(changed.len(), &name, held);
            if !undoable || changed.is_empty() {
                return self.toasts.show(text);
            }
            self.toasts.show_with_undo(text, move || {
                self.send(AssignRole { role, users: changed.clone(), held: !held }, name.clone(), false);
            });
        });
    }
}
