//! Saving cells: shown at once, sent one after the other for each role, and taken back in words
//! when it can't be kept.

use crate::{
    Failure,
    components::toast::{Toasts, use_toast},
    load::{Loaded, again, now, replace},
    messages::{Messages, messages},
    roles::{
        functions,
        lines::{Holding, Line},
        names::role_name,
    },
    session::{OpenSession, use_session},
};
use domain::{
    Conflict, Error, PermissionSet, RoleId,
    roles::{Matrix, Role, SetPermissions},
};
use leptos::{prelude::*, task::spawn_local};

/// What stands above the matrix after something was not saved.
#[derive(Clone, PartialEq)]
pub enum Note {
    /// What changed meanwhile.
    Text(String),
    /// Anything else.
    Failure(Failure),
}

/// What is ticked and not stored yet.
#[derive(Clone, Copy, PartialEq)]
struct Wanted {
    role: RoleId,
    permissions: PermissionSet,
}

/// What the matrix saves with. Made at the top of the page.
#[derive(Clone, Copy)]
pub struct Editor {
    pub session: OpenSession,
    pub toasts: Toasts,
    pub words: &'static Messages,
    pub resource: Loaded<Matrix>,
    pub note: RwSignal<Option<Note>>,
    wanted: RwSignal<Vec<Wanted>>,
}

impl Editor {
    pub fn new(resource: Loaded<Matrix>) -> Self {
        Self {
            session: use_session(),
            toasts: use_toast(),
            words: messages(),
            resource,
            note: RwSignal::new(None),
            wanted: RwSignal::default(),
        }
    }

    /// What a role's column shows: what was ticked, else what is stored. Tracked.
    pub fn shown(self, role: &Role) -> Holding {
        let permissions = self.wanted_of(role.id).unwrap_or(role.permissions);
        Holding { permissions, by_external: role.held_by_external }
    }

    fn wanted_of(self, role: RoleId) -> Option<PermissionSet> {
        self.wanted
            .with(|wanted| wanted.iter().find(|wanted| wanted.role == role).map(|wanted| wanted.permissions))
    }

    /// The newest known state of a role. Not tracked.
    pub fn stored(self, role: RoleId) -> Option<Role> {
        stored(self.resource, role)
    }

    /// A cell was ticked or unticked. Whether it can be shown so.
    pub fn tick(self, role: RoleId, line: Line, ticked: bool) -> bool {
        let Some(stored) = self.stored(role) else { return false };
        let on_its_way = untrack(|| self.wanted_of(role));
        let permissions = line.set(untrack(|| self.shown(&stored)), ticked);
        self.note.set(None);
        self.wanted.update(|wanted| {
            wanted.retain(|wanted| wanted.role != role);
            wanted.push(Wanted { role, permissions });
        });
        if on_its_way.is_none() {
            spawn_local(self.save(stored));
        }
        true
    }

    /// Saves until what is stored is what is ticked.
    async fn save(self, mut stored: Role) {
        loop {
            let permissions = untrack(|| self.wanted_of(stored.id)).unwrap_or(stored.permissions);
            if permissions == stored.permissions {
                return self.forget(stored.id);
            }
            let request = SetPermissions { id: stored.id, version: stored.version, permissions };
            let answer = functions::set_permissions(request).await;
            if self.wanted.is_disposed() {
                return;
            }
            match answer {
                Ok(saved) => {
                    put(self.resource, &saved);
                    self.tell(&stored, &saved);
                    stored = saved;
                }
                Err(failure) => return self.refused(&stored, failure).await,
            }
        }
    }

    fn forget(self, role: RoleId) {
        self.wanted.update(|wanted| wanted.retain(|wanted| wanted.role != role));
    }

    fn tell(self, before: &Role, after: &Role) {
        let Self { toasts, words, resource, .. } = self;
        let undo = Undo { before: before.permissions, after: after.clone(), toasts, words, resource };
        toasts
            .show_with_undo(told(words, before.permissions, after), move || spawn_local(undo.clone().run()));
    }

    async fn refused(self, before: &Role, failure: Failure) {
        self.session.mind(&failure);
        if failure == Failure::Refused(Error::InPreview) {
            // The place for notes may be out of sight.
            self.toasts.show(self.words.preview.refused);
            return self.forget(before.id);
        }
        let stale = failure == Failure::Refused(Conflict::Stale.into());
        let gone = failure == Failure::Refused(Error::NotFound);
        let newest = if stale || gone { functions::matrix().await.ok() } else { None };
        if self.wanted.is_disposed() {
            return;
        }
        self.forget(before.id);
        let note = match newest {
            Some(newest) => {
                let say = &self.words.roles;
                let text = match newest.roles.iter().find(|role| role.id == before.id) {
                    None => (say.deleted_meanwhile)(&role_name(&before.name, self.words)),
                    Some(now) if now.permissions == before.permissions => (say.renamed_meanwhile)(&now.name),
                    Some(now) => (say.changed_meanwhile)(&told(self.words, before.permissions, now)),
                };
                replace(self.resource, newest);
                Note::Text(text)
            }
            None => Note::Failure(failure),
        };
        self.note.set(Some(note));
    }
}

/// What is needed to take a change back, even from another page.
#[derive(Clone)]
struct Undo {
    before: PermissionSet,
    after: Role,
    toasts: Toasts,
    words: &'static Messages,
    resource: Loaded<Matrix>,
}

impl Undo {
    /// Restores the whole set of before, unless somebody else has changed the set since.
    async fn run(self) {
        let Self { before, after, toasts, words, resource } = self;
        let newest = functions::matrix().await;
        let now = newest.ok().and_then(|matrix| matrix.roles.into_iter().find(|role| role.id == after.id));
        let undone = match now {
            Some(now) if now.permissions == after.permissions => {
                let request = SetPermissions { id: now.id, version: now.version, permissions: before };
                functions::set_permissions(request).await.ok()
            }
            _ => None,
        };
        match undone {
            Some(role) => {
                put(resource, &role);
                toasts.show((words.roles.undone)(&told(words, after.permissions, &role)));
            }
            None => {
                again(resource);
                toasts.show(words.roles.not_undone);
            }
        }
    }
}

/// What became of a role, in words.
fn told(words: &Messages, before: PermissionSet, after: &Role) -> String {
    let granted: Vec<_> = after.permissions.minus(before).iter().collect();
    let revoked: Vec<_> = before.minus(after.permissions).iter().collect();
    (words.roles.changed)(&role_name(&after.name, words), &granted, &revoked)
}

fn stored(resource: Loaded<Matrix>, role: RoleId) -> Option<Role> {
    now(resource)?.roles.into_iter().find(|stored| stored.id == role)
}

/// Puts a role into the matrix in the place of its older version.
fn put(resource: Loaded<Matrix>, role: &Role) {
    if let Some(mut matrix) = now(resource)
        && let Some(older) = matrix.roles.iter_mut().find(|older| older.id == role.id)
        && older.version <= role.version
    {
        *older = role.clone();
        replace(resource, matrix);
    }
}
