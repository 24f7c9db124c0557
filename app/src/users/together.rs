//! One role for several users of the list at once, or from them; saved at once and taken back by one click.

use crate::{
    components::{
        dynamic::dynamic,
        field::ErrorSummary,
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
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Who is chosen, and what is sent for them. Made at the top of the page's component.
#[derive(Clone, Copy)]
pub struct Together {
    chosen: RwSignal<Vec<UserId>>,
    form: Form,
    role: NodeRef<html::Select>,
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
            role: NodeRef::new(),
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
        let shown = move || {
            let visible = page.with(|page| page.users.iter().map(|user| user.id).collect::<Vec<_>>());
            self.chosen
                .with(|chosen| chosen.iter().copied().filter(|id| visible.contains(id)).collect::<Vec<_>>())
        };
        dynamic(move || {
            let users = shown();
            if users.is_empty() || !self.is_offered() {
                return None;
            }
            let options: Vec<_> = page.with_untracked(|page| {
                page.roles.iter().map(|role| {
                    view! { <option value=role.id.to_string()>{role_name(&role.name, self.words)}</option> }.into_any()
                }).collect()
            });
            let (give, take) = (users.clone(), users.clone());
            let clear = move |_| self.chosen.set(Vec::new());
            Some(view! {
                <section class="card together" aria-label=say.together>
                    <div class="body">
                        <ErrorSummary form=self.form/>
                        <div class="row">
                            <span role="status">{(say.chosen)(users.len())}</span>
                            <label class="visually-hidden" for="together-role">{say.together_role}</label>
                            <select id="together-role" required node_ref=self.role>
                                <option value="">{say.together_choose}</option>
                                {options}
                            </select>
                            <button type="button" on:click=move |_| self.assign(give.clone(), true)>{say.give}</button>
                            <button type="button" on:click=move |_| self.assign(take.clone(), false)>{say.take}</button>
                            <button type="button" class="quiet" on:click=clear>{say.choose_nobody}</button>
                        </div>
                    </div>
                </section>
            }
            .into_any())
        })
    }

    fn assign(self, users: Vec<UserId>, held: bool) {
        let Some(select) = self.role.get_untracked() else { return };
        // Without a role the browser says that one is needed.
        let Ok(role) = select.value().parse::<RoleId>() else {
            select.report_validity();
            return;
        };
        self.send(AssignRole { role, users, held }, true);
    }

    fn send(self, request: AssignRole, undoable: bool) {
        let (role, held) = (request.role, request.held);
        self.form.send(functions::assign_role(request), move |answer| {
            let changed = answer.changed;
            self.chosen.set(Vec::new());
            self.reload.run(());
            let text = (self.words.users.together_done)(changed.len());
            if !undoable || changed.is_empty() {
                return self.toasts.show(text);
            }
            self.toasts.show_with_undo(text, move || {
                self.send(AssignRole { role, users: changed.clone(), held: !held }, false);
            });
        });
    }
}
