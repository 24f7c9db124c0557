//! One user: facts, and for those who may, their fields, roles and a new link.

mod facts;
mod fields;
mod link;
mod rights;
mod roles;

use crate::{
    components::{
        dynamic::dynamic,
        failure_view::failure_page,
        form::Form,
        page_head::PageHead,
        question::{Question, question},
    },
    load::{Loaded, again, load, loaded, replace},
    messages::{Messages, messages},
    preview::start::preview_button,
    second_factor::reset::Reset,
    session::{OpenSession, use_session},
    users::{
        account::{Account, Left, account_card, leaving},
        functions,
        role_choice::Chosen,
    },
};
use domain::{
    Error, Permission, UserId,
    preview::Target,
    users::{FindUser, PasswordLink, User, UserStatus},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// One user. A page of its own for each, so that nothing typed or shown reaches another's.
#[component]
pub fn UserPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse().ok())));
    dynamic(move || match id.get() {
        Some(id) => Page::new(id).draw(),
        None => failure_page(Error::NotFound.into()),
    })
}

/// What the page of a user keeps, whatever is loaded again.
#[derive(Clone, Copy)]
struct Page {
    id: UserId,
    words: &'static Messages,
    session: OpenSession,
    resource: Loaded<User>,
    /// Whether nothing can be changed, whatever the reader's rights.
    locked: RwSignal<bool>,
    fields: Form,
    roles: Form,
    chosen: Chosen,
    account: Form,
    leave: Callback<Left>,
    link: Form,
    asking: RwSignal<bool>,
    made: RwSignal<Option<PasswordLink>>,
    reset: Reset,
}

impl Page {
    fn new(id: UserId) -> Self {
        let session = use_session();
        let resource = load(move || id, |id| functions::find(FindUser { id }));
        let locked = RwSignal::new(false);
        let form = move |prefix, needs| {
            Form::locked_unless(prefix, move || session.allows(needs) && !locked.get())
                .when_stale(move || again(resource))
        };
        Self {
            id,
            words: messages(),
            session,
            resource,
            locked,
            fields: form("user", Permission::UsersManage),
            roles: form("user-roles", Permission::RolesManage),
            chosen: Chosen::new(None),
            account: form("user-account", Permission::UsersManage),
            leave: leaving(),
            link: form("user-link", Permission::UsersManage),
            asking: RwSignal::new(false),
            made: RwSignal::new(None),
            reset: Reset::new(form("user-second-factor", Permission::UsersManage)),
        }
    }

    fn draw(self) -> AnyView {
        loaded(self.resource, move |user| self.page(user))
    }

    fn page(self, user: Signal<User>) -> AnyView {
        let words = self.words;
        let is_locked = move || user.with(|user| lock_reason(user, words).is_some());
        self.locked.set(untrack(is_locked));
        Effect::new(move |_| self.locked.set(is_locked()));
        let manages =
            Memo::new(move |_| self.session.allows(Permission::UsersManage) || self.fields.is_changed());
        let assigns = Memo::new(move |_| {
            self.session.allows(Permission::RolesManage) && user.with(|user| !user.assignable.is_empty())
        });
        // What ends one's own account or changes the password stands on the profile.
        let others = Memo::new(move |_| {
            manages.get() && self.session.get().is_none_or(|session| session.user != self.id)
        });
        let has_password = Memo::new(move |_| user.with(|user| user.status == UserStatus::Active));
        let reason = dynamic(move || {
            let concerned = manages.get() || assigns.get();
            let reason = user.with(|user| lock_reason(user, words)).filter(|_| concerned);
            reason.map(|reason| view! { <p class="note">{reason}</p> }.into_any())
        });
        let traces = dynamic(move || {
            self.session.allows(Permission::HistoryView).then(|| {
                view! {
                    <a class="button" href=format!("/history?person={}", self.id)>{words.users.deeds}</a>
                    <a class="button" href=format!("/history?about={}", self.id)>{words.users.about}</a>
                }
                .into_any()
            })
        });
        let previews = dynamic(move || {
            let other = self.session.get().is_some_and(|session| session.user != self.id);
            other.then(|| preview_button(Target::User(self.id), words.preview.start_user))
        });
        // By itself, so that an answer that is open stays when the user is loaded again.
        let lacking = Memo::new(move |_| {
            let concerned = manages.get() || assigns.get();
            user.with(|user| user.outranks.filter(|_| concerned && user.status != UserStatus::Terminating))
        });
        let why = dynamic(move || {
            lacking.get().map(|lacking| question(words.common.why_edit, Question::Why(lacking)))
        });
        view! {
            <PageHead title=Signal::derive(move || user.with(|user| user.name.clone()))>
                {traces}
                {previews}
                <a class="button" href="/users">{words.users.all}</a>
            </PageHead>
            {reason}
            {why}
            {self.facts(user)}
            {move || manages.get().then(|| self.fields(user))}
            {move || assigns.get().then(|| self.roles(user))}
            {self.rights(user)}
            {move || others.get().then(|| account_card(Account { form: self.account, resource: self.resource, user, leave: self.leave }))}
            {move || (others.get() && has_password.get()).then(|| self.link(user))}
            {self.reset.card(user, Callback::new(move |saved| replace(self.resource, saved)))}
        }
        .into_any()
    }
}

/// Why nothing about a user can be changed, if so.
fn lock_reason(user: &User, words: &Messages) -> Option<String> {
    if user.status == UserStatus::Terminating {
        return Some(words.users.terminating.to_owned());
    }
    user.outranks.map(|lacking| (words.users.outranked)(&user.name, words.permissions.label(lacking)))
}
