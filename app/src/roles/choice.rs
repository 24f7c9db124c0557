//! Which columns the matrix shows: all roles, those whose name is looked for, or two that are compared.

use crate::{
    components::dynamic::dynamic,
    messages::Messages,
    roles::{editor::Editor, names::role_name},
    shell::is_hydrated,
};
use domain::{
    PermissionSet, RoleId,
    roles::{Matrix, Role},
};
use leptos::prelude::*;
use web_sys::js_sys::JsString;

/// What was chosen above the matrix.
#[derive(Clone, Copy)]
pub struct Choice {
    search: RwSignal<String>,
    /// Ids of the roles that are compared; empty where none is chosen.
    one: RwSignal<String>,
    other: RwSignal<String>,
}

impl Choice {
    pub fn new() -> Self {
        Self { search: RwSignal::default(), one: RwSignal::default(), other: RwSignal::default() }
    }

    /// Shows all roles.
    pub fn clear(self) {
        for part in [self.search, self.one, self.other] {
            part.set(String::new());
        }
    }

    /// Whether anything is chosen. Tracked.
    fn is_made(self) -> bool {
        [self.search, self.one, self.other].into_iter().any(|part| part.with(|text| !text.is_empty()))
    }

    /// The roles that have a column. Tracked.
    pub fn shown<'a>(self, matrix: &'a Matrix, words: &Messages) -> Vec<&'a Role> {
        if let Some(pair) = self.compared(matrix) {
            return pair.into();
        }
        let wanted = self.search.with(|search| search.trim().to_owned());
        if wanted.is_empty() {
            return matrix.roles.iter().collect();
        }
        let wanted = folded(&wanted);
        let fits = |role: &&Role| folded(&role_name(&role.name, words)).contains(&wanted);
        matrix.roles.iter().filter(fits).collect()
    }

    /// The two roles that are compared, if two are. Tracked.
    pub fn compared(self, matrix: &Matrix) -> Option<[&Role; 2]> {
        let find = |chosen: RwSignal<String>| {
            let id: Option<RoleId> = chosen.with(|id| id.parse().ok());
            matrix.roles.iter().find(|role| Some(role.id) == id)
        };
        // Both are always asked, so that a change of either is noticed.
        match (find(self.one), find(self.other)) {
            (Some(one), Some(other)) if one.id != other.id => Some([one, other]),
            _ => None,
        }
    }

    /// The fields above the matrix, and in words what it shows because of them.
    pub fn draw(self, editor: Editor, matrix: Signal<Matrix>) -> AnyView {
        let words = editor.words;
        let say = &words.roles;
        let look_for = move |event: web_sys::Event| {
            self.one.set(String::new());
            self.other.set(String::new());
            self.search.set(event_target_value(&event));
        };
        let one = Side { id: "roles-one", label: say.compare, chosen: self.one, except: self.other };
        let other = Side { id: "roles-other", label: say.compare_with, chosen: self.other, except: self.one };
        let all = dynamic(move || {
            let clear = move |_: web_sys::MouseEvent| self.clear();
            self.is_made()
                .then(|| view! { <button type="button" on:click=clear>{say.show_all}</button> }.into_any())
        });
        let told = dynamic(move || {
            let told = self.told(editor, &matrix.get());
            (!told.is_empty()).then(|| view! { <p class="soft">{told}</p> }.into_any())
        });
        view! {
            <div class="filters">
                <div class="field">
                    <label for="roles-search">{say.find}</label>
                    <input
                        type="search"
                        id="roles-search"
                        maxlength="100"
                        autocomplete="off"
                        disabled=move || !is_hydrated()
                        prop:value=move || self.search.get()
                        on:input=look_for
                    />
                </div>
                {self.select(words, matrix, one)}
                {self.select(words, matrix, other)}
                {all}
            </div>
            <div role="status">{told}</div>
        }
        .into_any()
    }

    fn select(self, words: &'static Messages, matrix: Signal<Matrix>, side: Side) -> AnyView {
        let Side { id, label, chosen, except } = side;
        let choose = move |event: web_sys::Event| {
            self.search.set(String::new());
            chosen.set(event_target_value(&event));
        };
        let options = move || {
            let (now, except) = (chosen.get(), except.get());
            let roles = matrix.get().roles.into_iter();
            let roles = roles.map(|role| (role.id.to_string(), role_name(&role.name, words)));
            let options = roles.filter(|(id, _)| *id != except);
            std::iter::once((String::new(), words.roles.no_role.to_owned()))
                .chain(options)
                .map(|(id, name)| {
                    let selected = id == now;
                    view! { <option value=id selected=selected prop:selected=selected>{name}</option> }
                        .into_any()
                })
                .collect::<Vec<_>>()
        };
        view! {
            <div class="field">
                <label for=id>{label}</label>
                <select id=id disabled=move || !is_hydrated() on:change=choose>
                    {options}
                </select>
            </div>
        }
        .into_any()
    }

    /// What is shown, if not everything.
    fn told(self, editor: Editor, matrix: &Matrix) -> String {
        let words = editor.words;
        if let Some([one, other]) = self.compared(matrix) {
            let count = different(editor, [one, other]).iter().count();
            let names = [one, other].map(|role| role_name(&role.name, words));
            return (words.roles.compared)(&names[0], &names[1], count);
        }
        let search = self.search.get();
        if search.trim().is_empty() {
            return String::new();
        }
        (words.roles.found)(search.trim(), self.shown(matrix, words).len(), matrix.roles.len())
    }
}

/// One of the two fields that choose what is compared.
struct Side {
    id: &'static str,
    label: &'static str,
    chosen: RwSignal<String>,
    except: RwSignal<String>,
}

/// What one of two roles has and the other has not. Tracked.
pub fn different(editor: Editor, roles: [&Role; 2]) -> PermissionSet {
    let [one, other] = roles.map(|role| editor.shown(role).permissions);
    one.minus(other).union(other.minus(one))
}

/// Without upper case, as the browser knows it: the rules of all scripts need not be in the module.
fn folded(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}
