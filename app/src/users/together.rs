//! One role for several users of the list at once, or from them; saved at once and taken back by one click.

use crate::{
    components::{
        dynamic::dynamic,
        field::ErrorSummary,
        focus::{focus, is_within},
        form::Form,
        toast::{Toasts, use_toast},
    },
    load::{Loaded, again},
    messages::{Messages, messages},
    roles::names::role_name,
    session::{OpenSession, use_session},
    shell::is_hydrated,
    users::functions,
};
use domain::{
    Permission, RoleId, UserId,
    roles::RoleName,
    users::{AssignRole, UserPage},
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The `id` of the list that rows are chosen in.
pub const LIST: &str = "users";
/// Selects the bar.
const BAR: &str = ".together";

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
    list: Loaded<UserPage>,
}

impl Together {
    /// Nobody of the list is chosen yet.
    pub fn new(list: Loaded<UserPage>) -> Self {
        Self {
            chosen: RwSignal::default(),
            form: Form::new("together"),
            role: RwSignal::default(),
            session: use_session(),
            toasts: use_toast(),
            words: messages(),
            list,
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
            let roles = StoredValue::new(page.with_untracked(|page| page.roles.clone()));
            let option = |role: &RoleName| {
                view! { <option value=role.id.to_string()>{role_name(&role.name, self.words)}</option> }
                    .into_any()
            };
            let options = roles.with_value(|roles| roles.iter().map(option).collect::<Vec<_>>());
            let choose = move |event| self.role.set(event_target_value(&event).parse().ok());
            let assign = move |held| {
                roles.with_value(|roles| {
                    let chosen = self.role.get_untracked();
                    if let Some(role) = roles.iter().find(|role| Some(role.id) == chosen) {
                        self.assign(role, shown.get_untracked(), held);
                    }
                });
            };
            let clear = move |_| self.forget(&self.chosen.get_untracked());
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
                            <button type="button" class="quiet" on:click=clear>{say.choose_nobody}</button>
                        </div>
                    </div>
                </section>
            }
            .into_any())
        })
    }

    /// Chooses these no more. Where that ends the bar, the keyboard goes on at the list.
    fn forget(self, users: &[UserId]) {
        let was_there = is_within(BAR);
        self.chosen.update(|chosen| chosen.retain(|user| !users.contains(user)));
        if was_there && self.chosen.with_untracked(Vec::is_empty) {
            let _ = focus(LIST);
        }
    }

    fn assign(self, role: &RoleName, users: Vec<UserId>, held: bool) {
        let name = role_name(&role.name, self.words);
        let (role, words) = (role.id, &self.words.users);
        let request = AssignRole { role, users: users.clone(), held };
        self.form.send(functions::assign_role(request), move |answer| {
            self.forget(&users);
            again(self.list);
            let text = (words.together_done)(answer.changed.len(), &name, held);
            if answer.changed.is_empty() {
                return self.toasts.show(text);
            }
            let back = AssignRole { role, users: answer.changed, held: !held };
            let (list, toasts) = (self.list, self.toasts);
            toasts.show_with_undo(text, move || {
                let (back, name) = (back.clone(), name.clone());
                spawn_local(async move {
                    let text = match functions::assign_role(back).await {
                        Ok(answer) => (words.together_done)(answer.changed.len(), &name, !held),
                        Err(_) => words.together_undo_failed.to_owned(),
                    };
                    toasts.show(text);
                    again(list);
                });
            });
        });
    }
}
