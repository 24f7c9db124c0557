//! Creating, renaming and deleting a role.

use crate::{
    components::{dialog::ConfirmDialog, dynamic::dynamic, field::TextField, form::Form},
    load::again,
    roles::{editor::Editor, functions},
};
use domain::{
    Field, Permission, RoleId,
    roles::{CreateRole, DeleteRole, RenameRole, Role},
};
use leptos::prelude::*;

/// The dialogs of the matrix, and which role they are about.
#[derive(Clone, Copy)]
pub struct Dialogs {
    editor: Editor,
    role: RwSignal<Option<Role>>,
    new: Asked,
    rename: Asked,
    delete: Asked,
}

#[derive(Clone, Copy)]
struct Asked {
    open: RwSignal<bool>,
    form: Form,
}

impl Asked {
    fn new(editor: Editor, prefix: &'static str) -> Self {
        let allowed = move || editor.session.allows(Permission::RolesManage);
        let form = Form::locked_unless(prefix, allowed).when_stale(move || again(editor.resource));
        Self { open: RwSignal::new(false), form }
    }

    fn ask(self) {
        self.form.reset();
        self.open.set(true);
    }
}

impl Dialogs {
    pub fn new(editor: Editor) -> Self {
        Self {
            editor,
            role: RwSignal::new(None),
            new: Asked::new(editor, "new-role"),
            rename: Asked::new(editor, "rename-role"),
            delete: Asked::new(editor, "delete-role"),
        }
    }

    pub fn create(self) {
        self.new.ask();
    }

    pub fn rename(self, role: RoleId) {
        self.about(role, self.rename);
    }

    pub fn delete(self, role: RoleId) {
        self.about(role, self.delete);
    }

    fn about(self, role: RoleId, asked: Asked) {
        if let Some(role) = self.editor.stored(role) {
            self.role.set(Some(role));
            asked.ask();
        }
    }

    fn name(self) -> String {
        self.role.with(|role| role.as_ref().map(|role| role.name.clone())).unwrap_or_default()
    }

    /// The role with its newest version, after a conflict too.
    fn newest(self) -> Option<Role> {
        self.role.get_untracked().and_then(|role| self.editor.stored(role.id).or(Some(role)))
    }

    pub fn draw(self) -> AnyView {
        view! { {self.draw_new()} {self.draw_rename()} {self.draw_delete()} }.into_any()
    }

    fn draw_new(self) -> AnyView {
        let Editor { words, toasts, resource, .. } = self.editor;
        let Asked { open, form } = self.new;
        let send = move |()| {
            let request = CreateRole { name: form.value_untracked(Field::Name, "") };
            form.send(functions::create(request), move |role| {
                open.set(false);
                toasts.show((words.roles.created)(&role.name));
                again(resource);
            });
        };
        let label = (words.fields.label)(Field::Name);
        view! {
            <ConfirmDialog
                open
                id="new-role"
                title=words.roles.new
                confirm=words.common.create
                form
                danger=false
                on_confirm=Callback::new(send)
            >
                <TextField form field=Field::Name label hint=words.roles.new_hint/>
            </ConfirmDialog>
        }
        .into_any()
    }

    fn draw_rename(self) -> AnyView {
        let Editor { words, toasts, resource, .. } = self.editor;
        let Asked { open, form } = self.rename;
        let stored = Signal::derive(move || self.name());
        let send = move |()| {
            let Some(role) = self.newest() else { return };
            let name = form.value_untracked(Field::Name, &stored.get_untracked());
            let request = RenameRole { id: role.id, version: role.version, name };
            form.send(functions::rename(request), move |role| {
                open.set(false);
                toasts.show((words.roles.renamed)(&role.name));
                again(resource);
            });
        };
        let label = (words.fields.label)(Field::Name);
        view! {
            <ConfirmDialog
                open
                id="rename-role"
                title=Signal::derive(move || (words.roles.rename_role)(&self.name()))
                confirm=words.roles.rename
                form
                danger=false
                on_confirm=Callback::new(send)
            >
                <TextField form field=Field::Name label stored/>
            </ConfirmDialog>
        }
        .into_any()
    }

    fn draw_delete(self) -> AnyView {
        let Editor { words, toasts, resource, .. } = self.editor;
        let Asked { open, form } = self.delete;
        let effect = move || {
            self.role.with(|role| {
                role.as_ref()
                    .map(|role| (words.roles.delete_effect)(role.members, role.permissions.iter().count()))
            })
        };
        let send = move |()| {
            let Some(role) = self.newest() else { return };
            let request = DeleteRole { id: role.id, version: role.version };
            form.send(functions::delete(request), move |()| {
                open.set(false);
                toasts.show((words.roles.deleted)(&role.name));
                again(resource);
            });
        };
        view! {
            <ConfirmDialog
                open
                id="delete-role"
                title=Signal::derive(move || (words.roles.delete_question)(&self.name()))
                confirm=words.common.delete
                form
                on_confirm=Callback::new(send)
            >
                <p>{dynamic(effect)}</p>
            </ConfirmDialog>
        }
        .into_any()
    }
}
