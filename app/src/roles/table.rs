//! The table itself: heads, rows and cells, with one listener of each kind for all of them.

use crate::{
    components::{
        badge::{Tone, badge},
        dynamic::dynamic,
        question::{Question, question},
    },
    messages::{Messages, messages},
    roles::{
        choice::{Choice, different},
        cursor::{Cursor, HEADS, attribute, cell_of},
        dialogs::Dialogs,
        editor::Editor,
        lines::{Holding, Line, Tick},
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
use web_sys::{HtmlInputElement, MouseEvent};

/// The table, and a line about the cell with the focus.
pub fn draw(editor: Editor, dialogs: Dialogs, choice: Choice, matrix: Signal<Matrix>) -> AnyView {
    let cursor = dialogs.cursor;
    let say = &editor.words.roles;
    let body = move || {
        if is_hydrated() {
            cursor.settle();
        }
        rows(editor, choice, &matrix.get())
    };
    view! {
        <div class="card scroll">
            <table
                class="matrix"
                role="grid"
                aria-label=say.title
                on:change=move |event| ticked(editor, &event)
                on:click=move |event| pressed(dialogs, &event)
                on:keydown=move |event| Cursor::pressed(&event)
                on:focusin=move |event| cursor.arrived(&event)
            >
                <thead>
                    <tr>
                        <th scope="col">{say.permission}</th>
                        {move || heads(editor, choice, &matrix.get())}
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
        <div class="matrix-notes small soft">
            <span class="row">
                <span inert>
                    <input type="checkbox" class="implied" checked aria-hidden="true" tabindex="-1"/>
                </span>
                {say.implied}
            </span>
            <span>{say.keys}</span>
            <span class="said" aria-hidden="true">{move || cursor.said()}</span>
            {dynamic(move || why(cursor))}
        </div>
    }
    .into_any()
}

/// Why the cell with the focus can't be changed, where a permission would help: asked once for the whole table.
fn why(cursor: Cursor) -> Option<AnyView> {
    cursor.lacks().map(|permission| question(messages().common.why_edit, Question::Why(permission)))
}

/// A checkbox was ticked or unticked.
fn ticked(editor: Editor, event: &web_sys::Event) {
    let Some(input) = cell_of(event).and_then(|cell| cell.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    let role = attribute(&input, "data-role").parse().ok();
    let line = Line::from_code(&attribute(&input, "data-line"));
    if let (Some(role), Some(line)) = (role, line) {
        let ticked = input.checked();
        if !editor.tick(role, line, ticked) {
            input.set_checked(!ticked);
        }
    }
}

/// A cell was clicked, or the space bar pressed in it.
fn pressed(dialogs: Dialogs, event: &MouseEvent) {
    let Some(cell) = cell_of(event) else { return };
    if cell.has_attribute("aria-disabled") {
        event.prevent_default();
    } else if attribute(&cell, "data-line") == HEADS
        && let Ok(role) = attribute(&cell, "data-role").parse::<RoleId>()
    {
        dialogs.about(role);
    }
}

fn heads(editor: Editor, choice: Choice, matrix: &Matrix) -> Vec<AnyView> {
    let ready = is_hydrated();
    let shown = choice.shown(matrix, editor.words).into_iter().enumerate();
    shown.map(|(at, role)| head(editor.words, ready, at == 0, role)).collect()
}

fn head(words: &'static Messages, ready: bool, first: bool, role: &Role) -> AnyView {
    let say = &words.roles;
    let name = role_name(&role.name, words);
    let members = (say.members)(role.members);
    let members = if role.members == 0 {
        view! { <small>{members}</small> }.into_any()
    } else {
        let label = format!("{members}: {name}");
        // Within the grid there is one stop in a cell; the dialog has this link too.
        view! { <a class="small" href=users_of(role.id) tabindex="-1" aria-label=label>{members}</a> }
            .into_any()
    };
    view! {
        <th scope="col">
            <span class="name">{name.clone()}</span>
            {members}
            <button
                type="button"
                class="quiet"
                data-line=HEADS
                data-role=role.id.to_string()
                tabindex=if first { "0" } else { "-1" }
                aria-label=(say.more_about)(&name)
                aria-haspopup="dialog"
                disabled=!ready
            >
                {say.more}
            </button>
        </th>
    }
    .into_any()
}

/// Those who hold a role, in the list of users.
pub fn users_of(role: RoleId) -> String {
    format!("/users?role={role}")
}

/// What all cells are drawn with.
struct Drawing<'a> {
    words: &'static Messages,
    rights: Rights,
    ready: bool,
    columns: Vec<Column<'a>>,
    /// Where the roles that are compared differ.
    different: PermissionSet,
}

/// A role as its cells need it.
struct Column<'a> {
    role: &'a Role,
    id: String,
    name: String,
    shown: Holding,
}

fn rows<'a>(editor: Editor, choice: Choice, matrix: &'a Matrix) -> Vec<AnyView> {
    let words = editor.words;
    let column = |role: &'a Role| Column {
        id: role.id.to_string(),
        name: role_name(&role.name, words),
        shown: editor.shown(role),
        role,
    };
    let drawing = Drawing {
        words,
        rights: editor.session.rights(),
        ready: is_hydrated(),
        columns: choice.shown(matrix, words).into_iter().map(column).collect(),
        different: choice.compared(matrix).map(|pair| different(editor, pair)).unwrap_or_default(),
    };
    Line::all().into_iter().map(|line| drawing.row(line)).collect()
}

impl Drawing<'_> {
    fn row(&self, line: Line) -> AnyView {
        let words = self.words;
        let cells: Vec<_> = self.columns.iter().map(|column| self.cell(column, line)).collect();
        match line {
            Line::All(group) => {
                let title = (words.roles.group)(group);
                view! { <tr class="group"><th scope="row">{title}</th>{cells}</tr> }.into_any()
            }
            Line::One(permission) => {
                let text = (words.permissions.of)(permission);
                let differs = self.different.contains(permission);
                let mark = differs.then(|| badge(Tone::Off, words.roles.differs));
                view! {
                    <tr class:differs=differs>
                        <th scope="row">{text.label}" "{mark}<small>{text.allows}</small></th>
                        {cells}
                    </tr>
                }
                .into_any()
            }
        }
    }

    fn cell(&self, column: &Column, line: Line) -> AnyView {
        let Column { role, id, name, shown } = column;
        let say = &self.words.roles;
        let label = match line {
            Line::One(permission) => (say.cell)(self.words.permissions.label(permission), name),
            Line::All(group) => (say.cell)(&(say.all_of)((say.group)(group)), name),
        };
        let tick = line.tick(*shown);
        if tick == Tick::Never {
            let label = format!("{label}: {}", say.never);
            return view! {
                <td
                    data-line=line.code()
                    data-role=id.clone()
                    tabindex="-1"
                    aria-label=label
                    title=say.never_reason
                >
                    <span class="soft small">{say.never}</span>
                </td>
            }
            .into_any();
        }
        let lacking = self.lacking(column, line);
        let locked = self.locked(column, lacking);
        let comes_with = comes_with(column, line).map(|with| self.words.permissions.label(with));
        let mark = if tick == Tick::Partly { "partly" } else { comes_with.map_or("", |_| "implied") };
        let stored = Holding { permissions: role.permissions, ..*shown };
        view! {
            <td>
                <input
                    type="checkbox"
                    class=mark
                    data-line=line.code()
                    data-role=id.clone()
                    tabindex="-1"
                    aria-label=label
                    aria-busy=(tick != line.tick(stored)).then_some("true")
                    data-lacks=lacking.map(Permission::code)
                    aria-disabled=locked.is_some().then_some("true")
                    title=locked.or_else(|| comes_with.map(say.comes_with))
                    disabled=!self.ready
                    checked=tick == Tick::On
                    prop:checked=tick == Tick::On
                    prop:indeterminate=tick == Tick::Partly
                />
            </td>
        }
        .into_any()
    }

    /// The permission without which a cell can't be changed: nobody gives or takes what they don't hold.
    fn lacking(&self, column: &Column, line: Line) -> Option<Permission> {
        if column.role.system { None } else { self.rights.lack(line.change(column.shown)) }
    }

    /// Why a cell can't be changed, in words.
    fn locked(&self, column: &Column, lacking: Option<Permission>) -> Option<String> {
        let say = &self.words.roles;
        if column.role.system {
            return Some(say.system_reason.to_owned());
        }
        lacking.map(|lacking| (say.lacking)(self.words.permissions.label(lacking)))
    }
}

/// What brings a permission along that is ticked for that reason alone.
fn comes_with(column: &Column, line: Line) -> Option<Permission> {
    let Line::One(permission) = line else { return None };
    let permissions = column.shown.permissions;
    if column.role.system || !permissions.contains(permission) {
        return None;
    }
    permissions.comes_with(permission)
}
