//! What can be done with a role besides ticking: creating, copying, renaming and deleting one.

use crate::{
    components::{
        dialog::{ConfirmDialog, Dialog},
        dynamic::dynamic,
        field::TextField,
        form::Form,
    },
    load::again,
    preview::start::preview_button,
    roles::{choice::Choice, cursor::Cursor, editor::Editor, functions, names::role_name, table::users_of},
};
use domain::{
    Field, Permission, RoleId,
    preview::Target,
    roles::{CopyRole, CreateRole, DeleteRole, RenameRole, Role},
};
use leptos::prelude::*;

/// The dialogs of the matrix, and which role they are about.
#[derive(Clone, Copy)]
pub struct Dialogs {
    pub cursor: Cursor,
    editor: Editor,
    choice: Choice,
    /// For a new role the one that it is a copy of, if it is one.
    role: RwSignal<Option<Role>>,
    about: RwSignal<bool>,
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
    pub fn new(editor: Editor, choice: Choice) -> Self {
        Self {
            cursor: Cursor::new(),
            editor,
            choice,
            role: RwSignal::new(None),
            about: RwSignal::new(false),
            new: Asked::new(editor, "new-role"),
            rename: Asked::new(editor, "rename-role"),
            delete: Asked::new(editor, "delete-role"),
        }
    }

    /// Asks for a new role.
    pub fn create(self) {
        self.role.set(None);
        self.new.ask();
    }

    /// Says what there is to a role, and offers what can be done with it.
    pub fn about(self, role: RoleId) {
        if let Some(role) = self.editor.stored(role) {
            self.role.set(Some(role));
            self.about.set(true);
        }
    }

    /// Closes the dialog about a role first, so that the focus comes back to where that was opened.
    fn go_on(self, asked: Asked) {
        self.about.set(false);
        request_animation_frame(move || asked.ask());
    }

    fn name(self) -> String {
        let name = |role: &Role| role_name(&role.name, self.editor.words);
        self.role.with(|role| role.as_ref().map(name)).unwrap_or_default()
    }

    /// The role with its newest version, after a conflict too.
    fn newest(self) -> Option<Role> {
        self.role.get_untracked().and_then(|role| self.editor.stored(role.id).or(Some(role)))
    }

    pub fn draw(self) -> AnyView {
        view! { {self.draw_about()} {self.draw_new()} {self.draw_rename()} {self.draw_delete()} }.into_any()
    }

    fn draw_about(self) -> AnyView {
        let inside = move || self.role.get().map(|role| self.ways(&role));
        view! {
            <Dialog open=self.about id="role" title=Signal::derive(move || self.name())>
                {dynamic(inside)}
            </Dialog>
        }
        .into_any()
    }

    /// What is known about a role, and what can be done with it.
    fn ways(self, role: &Role) -> AnyView {
        let words = self.editor.words;
        let say = &words.roles;
        let lacking = self.editor.session.rights().lack(role.permissions);
        let locked = lacking.is_some();
        let reason = lacking.map(|permission| {
            let reason = (say.lacking_for_role)(words.permissions.label(permission));
            view! { <p class="reason">{reason}</p> }.into_any()
        });
        let own = (!role.system).then(|| {
            view! {
                <button type="button" disabled=locked on:click=move |_| self.go_on(self.rename)>{say.rename}</button>
                <button type="button" class="danger" disabled=locked on:click=move |_| self.go_on(self.delete)>
                    {words.common.delete}
                </button>
            }
            .into_any()
        });
        let system = role.system.then(|| view! { <p class="soft">{say.system_reason}</p> }.into_any());
        view! {
            <p>{(say.gives)(role.permissions.iter().count())}</p>
            <p><a href=users_of(role.id)>{(say.members)(role.members)}</a></p>
            {system}
            {reason}
            <div class="row">
                <button type="button" disabled=locked on:click=move |_| self.go_on(self.new)>{words.common.copy}</button>
                {own}
                {preview_button(Target::Role(role.id), words.preview.start_role)}
            </div>
            <div class="row end">
                <button type="button" on:click=move |_| self.about.set(false)>{words.common.close}</button>
            </div>
        }
        .into_any()
    }

    fn draw_new(self) -> AnyView {
        let words = self.editor.words;
        let say = &words.roles;
        let Asked { open, form } = self.new;
        let title = move || match self.name() {
            name if name.is_empty() => say.new.to_owned(),
            name => (say.copy_role)(&name),
        };
        let stored = Signal::derive(move || match self.name() {
            name if name.is_empty() => name,
            name => (say.copy_name)(&name),
        });
        let hint = move || {
            self.role.with_untracked(|role| match role {
                Some(role) => (say.copy_hint)(role.permissions.iter().count()),
                None => say.new_hint.to_owned(),
            })
        };
        let send = move |()| self.send_new(&stored.get_untracked());
        let label = (words.fields.label)(Field::Name);
        view! {
            <ConfirmDialog
                open
                id="new-role"
                title=Signal::derive(title)
                confirm=words.common.create
                form
                danger=false
                on_confirm=Callback::new(send)
            >
                <TextField form field=Field::Name label hint=hint() stored/>
            </ConfirmDialog>
        }
        .into_any()
    }

    fn send_new(self, stored: &str) {
        let Editor { words, toasts, resource, .. } = self.editor;
        let Asked { open, form } = self.new;
        let name = form.value_untracked(Field::Name, stored);
        let from = self.newest();
        let told = self.name_untracked();
        let request = async move {
            match from {
                None => functions::create(CreateRole { name }).await,
                Some(from) => functions::copy(CopyRole { id: from.id, version: from.version, name }).await,
            }
        };
        form.send(request, move |role| {
            open.set(false);
            let say = &words.roles;
            let text =
                if told.is_empty() { (say.created)(&role.name) } else { (say.copied)(&role.name, &told) };
            toasts.show(text);
            self.choice.clear();
            self.cursor.go_to(&role.id.to_string());
            again(resource);
        });
    }

    fn name_untracked(self) -> String {
        untrack(|| self.name())
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
