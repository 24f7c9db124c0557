//! The roles matrix: permissions down, roles across.

use crate::{
    components::{dynamic::dynamic, failure_view::failure_note, page_head::PageHead},
    load::{load, loaded},
    messages::Messages,
    roles::{
        dialogs::Dialogs,
        editor::{Editor, Note},
        functions,
        groups::Group,
        names::role_name,
    },
    shell::is_hydrated,
};
use domain::{
    Permission, PermissionSet, Rights, RoleId,
    roles::{Matrix, Role},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// The roles matrix.
#[component]
pub fn RolesPage() -> impl IntoView {
    let resource = load(|| (), |()| functions::matrix());
    let editor = Editor::new(resource);
    let dialogs = Dialogs::new(editor);
    loaded(resource, move |matrix| page(editor, dialogs, matrix))
}

fn page(editor: Editor, dialogs: Dialogs, matrix: Signal<Matrix>) -> AnyView {
    let say = &editor.words.roles;
    let note = dynamic(move || {
        editor.note.get().map(|note| match note {
            Note::Text(text) => view! { <p class="note warn">{text}</p> }.into_any(),
            Note::Failure(failure) => failure_note(failure),
        })
    });
    view! {
        <PageHead title=say.title lead=say.lead>
            <button type="button" class="main" disabled=move || !is_hydrated() on:click=move |_| dialogs.create()>
                {say.new}
            </button>
        </PageHead>
        <div role="alert">{note}</div>
        <div class="card scroll">
            <table
                class="matrix"
                on:change=move |event| ticked(editor, &event)
                on:click=move |event| pressed(dialogs, &event)
            >
                <thead>
                    <tr>
                        <th scope="col">{say.permission}</th>
                        {move || heads(editor, &matrix.get())}
                    </tr>
                </thead>
                <tbody>{move || rows(editor, &matrix.get())}</tbody>
            </table>
        </div>
        <div class="row small soft">
            <span inert>
                <input type="checkbox" class="implied" checked aria-hidden="true" tabindex="-1"/>
            </span>
            {say.implied}
        </div>
        {dialogs.draw()}
    }
    .into_any()
}

/// A cell changed: the one handler of the table finds out which.
fn ticked(editor: Editor, event: &web_sys::Event) {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    let role = input.get_attribute("data-role").and_then(|id| id.parse().ok());
    let permission = input.get_attribute("data-permission").and_then(|code| Permission::from_code(&code));
    if let (Some(role), Some(permission)) = (role, permission) {
        let ticked = input.checked();
        if !editor.tick(role, permission, ticked) {
            input.set_checked(!ticked);
        }
    }
}

/// A button in the head of a column.
fn pressed(dialogs: Dialogs, event: &web_sys::MouseEvent) {
    let button = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest("button[data-action]").ok().flatten());
    let Some(button) = button else { return };
    let role: Option<RoleId> = button.get_attribute("data-role").and_then(|id| id.parse().ok());
    match (button.get_attribute("data-action").as_deref(), role) {
        (Some("rename"), Some(role)) => dialogs.rename(role),
        (Some("delete"), Some(role)) => dialogs.delete(role),
        _ => {}
    }
}

fn heads(editor: Editor, matrix: &Matrix) -> Vec<AnyView> {
    let rights = editor.session.rights();
    let ready = is_hydrated();
    matrix.roles.iter().map(|role| head(editor.words, rights, ready, role)).collect()
}

fn head(words: &'static Messages, rights: Rights, ready: bool, role: &Role) -> AnyView {
    let say = &words.roles;
    let name = role_name(&role.name, words);
    let id = role.id.to_string();
    let lacking =
        rights.lack(role.permissions).map(|lacking| (say.lacking)(words.permissions.label(lacking)));
    let buttons = (!role.system).then(|| {
        view! {
            <span class="row">
                <button
                    type="button"
                    class="quiet small"
                    data-action="rename"
                    data-role=id.clone()
                    aria-label=(say.rename_role)(&name)
                    disabled=!ready
                >
                    {say.rename}
                </button>
                <button
                    type="button"
                    class="quiet small"
                    data-action="delete"
                    data-role=id
                    aria-label=(say.delete_role)(&name)
                    disabled=!ready || lacking.is_some()
                    title=lacking
                >
                    {words.common.delete}
                </button>
            </span>
        }
        .into_any()
    });
    view! { <th scope="col">{name.clone()}<small>{(say.members)(role.members)}</small>{buttons}</th> }
        .into_any()
}

fn rows(editor: Editor, matrix: &Matrix) -> Vec<AnyView> {
    let words = editor.words;
    let columns: Vec<_> = matrix
        .roles
        .iter()
        .map(|role| Column { name: role_name(&role.name, words), shown: editor.shown(role), role })
        .collect();
    let rights = editor.session.rights();
    let ready = is_hydrated();
    let width = (columns.len() + 1).to_string();
    let mut rows = Vec::new();
    let mut group = None;
    for permission in Permission::ALL {
        if group != Some(Group::of(permission)) {
            group = Some(Group::of(permission));
            let title = (words.roles.group)(Group::of(permission));
            let width = width.clone();
            rows.push(
                view! { <tr class="group"><th colspan=width scope="colgroup"><span>{title}</span></th></tr> }
                    .into_any(),
            );
        }
        let text = (words.permissions.of)(permission);
        let cells: Vec<_> =
            columns.iter().map(|column| column.cell(words, rights, ready, permission)).collect();
        rows.push(
            view! { <tr><th scope="row">{text.label}<small>{text.allows}</small></th>{cells}</tr> }
                .into_any(),
        );
    }
    rows
}

/// A role as its cells need it.
struct Column<'a> {
    role: &'a Role,
    name: String,
    shown: PermissionSet,
}

impl Column<'_> {
    fn cell(&self, words: &'static Messages, rights: Rights, ready: bool, permission: Permission) -> AnyView {
        let Self { role, name, shown } = self;
        let say = &words.roles;
        let checked = shown.contains(permission);
        if role.held_by_external && permission.internal_only() && !checked {
            return view! { <td><span class="soft small" title=say.never_reason>{say.never}</span></td> }
                .into_any();
        }
        let reason = self.locked(words, rights, permission);
        let implied = !role.system && checked && shown.comes_with(permission).is_some();
        let busy = (checked != role.permissions.contains(permission)).then_some("true");
        let label = (say.cell)(words.permissions.label(permission), name);
        view! {
            <td>
                <input
                    type="checkbox"
                    aria-label=label
                    aria-busy=busy
                    class:implied=implied
                    data-role=role.id.to_string()
                    data-permission=permission.code()
                    disabled=!ready || reason.is_some()
                    title=reason
                    checked=checked
                    prop:checked=checked
                />
            </td>
        }
        .into_any()
    }

    /// Why a cell can't be changed: nobody gives or takes what they don't hold.
    fn locked(&self, words: &Messages, rights: Rights, permission: Permission) -> Option<String> {
        if self.role.system {
            return Some(words.roles.system_reason.to_owned());
        }
        let now = self.shown;
        let change = if now.contains(permission) {
            now.minus(now.revoke(permission))
        } else {
            now.grant(permission).minus(now)
        };
        rights.lack(change).map(|lacking| (words.roles.lacking)(words.permissions.label(lacking)))
    }
}
