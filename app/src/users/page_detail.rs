//! One user: facts, and for those who may, their fields, roles and a new link.

use crate::{
    components::{
        badge::{Tone, badge},
        dialog::ConfirmDialog,
        dynamic::dynamic,
        failure_view::failure_page,
        field::{Checkbox, ErrorSummary, SubmitButton, TextField, Unsaved},
        form::Form,
        local_time::{day, moment},
        page_head::PageHead,
        toast::use_toast,
    },
    load::{Loaded, again, load, loaded, replace},
    messages::{Messages, messages},
    roles::names::role_name,
    second_factor::reset::Reset,
    session::{OpenSession, use_session},
    shell::is_hydrated,
    users::{
        account::{Account, account_card, leaving},
        fields::{access_ends_field, language_field},
        functions,
        link_box::link_box,
        new_address::new_address,
        page::user_badge,
        role_choice::{Chosen, RoleChoice},
    },
};
use domain::{
    Error, Field, Language, Permission, UserId,
    time::Date,
    users::{AssignRoles, FindUser, IssueLink, PasswordLink, UpdateUser, User, UserStatus},
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
        None => failure_page(Error::NotFound.into(), || {}),
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
    leave: Callback<String>,
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
        view! {
            <PageHead title=Signal::derive(move || user.with(|user| user.name.clone()))>
                <a class="button" href="/users">{words.users.all}</a>
            </PageHead>
            {reason}
            {self.facts(user)}
            {move || manages.get().then(|| self.fields(user))}
            {move || assigns.get().then(|| self.roles(user))}
            {move || others.get().then(|| account_card(Account { form: self.account, resource: self.resource, user, leave: self.leave }))}
            {move || (others.get() && has_password.get()).then(|| self.link(user))}
            {self.reset.card(user, Callback::new(move |saved| replace(self.resource, saved)))}
        }
        .into_any()
    }

    fn facts(self, user: Signal<User>) -> AnyView {
        let words = self.words;
        let say = &words.users;
        let status = dynamic(move || {
            let (status, external) = user.with(|user| (user.status, user.external));
            let external = external.then(|| badge(Tone::Plain, say.external));
            view! { <span class="row">{user_badge(words, status)} {external}</span> }.into_any()
        });
        let roles = dynamic(move || {
            user.with(|user| {
                let names: Vec<_> = user.roles.iter().map(|role| role_name(&role.name, words)).collect();
                if names.is_empty() { say.no_roles.to_owned() } else { names.join(", ") }
            })
        });
        let email = dynamic(move || {
            user.with(|user| user.email.clone()).map(|email| {
                view! { <dt>{(words.fields.label)(Field::Email)}</dt><dd>{email}</dd> }.into_any()
            })
        });
        let ends = dynamic(move || {
            let (invitation, access) = user.with(|user| (user.invitation_ends, user.access_ends));
            let invitation = invitation
                .map(|ends| view! { <dt>{say.invitation_ends}</dt><dd>{moment(ends)}</dd> }.into_any());
            let access = access.map(|ends| {
                view! { <dt>{(words.fields.label)(Field::AccessEnds)}</dt><dd>{day(ends)}</dd> }.into_any()
            });
            view! { {invitation}{access} }.into_any()
        });
        let mail = dynamic(move || {
            user.with(|user| user.mail).map(|mail| {
                let text = format!(
                    "{}, {}",
                    (say.message)(mail.message),
                    (say.mail_state)(mail.state, mail.problem)
                );
                view! { <dt>{say.last_mail}</dt><dd>{text} " · " {moment(mail.at)}</dd> }.into_any()
            })
        });
        view! {
            <section class="card">
                <div class="body">
                    <dl class="facts">
                        {email}
                        <dt>{say.status_label}</dt><dd>{status}</dd>
                        {ends}
                        <dt>{(words.fields.label)(Field::Roles)}</dt><dd>{roles}</dd>
                        {mail}
                    </dl>
                </div>
            </section>
        }
        .into_any()
    }

    fn fields(self, user: Signal<User>) -> AnyView {
        let Self { id, words, fields: form, resource, .. } = self;
        let toasts = use_toast();
        let name = Signal::derive(move || user.with(|user| user.name.clone()));
        let email = Signal::derive(move || user.with(|user| user.email.clone()).unwrap_or_default());
        let external = Signal::derive(move || user.with(|user| user.external));
        let ends = Signal::derive(move || {
            user.with(|user| user.access_ends.map(Date::machine_readable).unwrap_or_default())
        });
        let language = Signal::derive(move || user.with(|user| user.language.code().to_owned()));
        let is_external = move || form.value("external", &external.get().to_string()) == "true";
        let save = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let request = UpdateUser {
                id,
                version: user.with_untracked(|user| user.version),
                name: form.value_untracked(Field::Name, &name.get_untracked()),
                email: form.value_untracked(Field::Email, &email.get_untracked()),
                external: untrack(is_external),
                access_ends: form.value_untracked(Field::AccessEnds, &ends.get_untracked()),
                language: Language::from_code(
                    &form.value_untracked(Field::Language, &language.get_untracked()),
                )
                .unwrap_or_default(),
            };
            let before = user.with_untracked(|user| user.new_email.clone());
            form.send(functions::update(request), move |saved| {
                let asked = saved.new_email.is_some() && saved.new_email != before;
                toasts.show(if asked { words.users.email_asked } else { words.common.saved });
                replace(resource, saved);
            });
        };
        let lost = dynamic(move || {
            (!self.session.allows(Permission::UsersManage)).then(|| {
                let label = words.permissions.label(Permission::UsersManage);
                view! { <p class="note">{(words.common.locked)(label)}</p> }.into_any()
            })
        });
        let withdraw = move |_| {
            form.send(functions::withdraw_address(FindUser { id }), move |saved| replace(resource, saved));
        };
        let waiting = dynamic(move || {
            user.with(|user| user.new_email.clone()).map(|email| new_address(&email, withdraw))
        });
        let label = words.fields.label;
        view! {
            <form method="post" novalidate class="card" on:submit=save aria-labelledby="user-details">
                <header><h2 id="user-details">{words.users.details}</h2></header>
                <div class="body">
                    <ErrorSummary form/>
                    {lost}
                    {waiting}
                    <div class="fields">
                        <TextField form field=Field::Name label=label(Field::Name) stored=name/>
                        <TextField form field=Field::Email label=label(Field::Email) stored=email kind="email"/>
                        <Checkbox
                            form
                            field="external"
                            label=words.users.external_user
                            hint=words.users.external_hint
                            stored=external
                        />
                        {dynamic(move || is_external().then(|| access_ends_field(form, ends)))}
                        {language_field(form, language)}
                    </div>
                    <div class="row">
                        <SubmitButton form label=words.common.save/>
                        <Unsaved form/>
                    </div>
                </div>
            </form>
        }
        .into_any()
    }

    fn roles(self, user: Signal<User>) -> AnyView {
        let Self { id, words, roles: form, resource, chosen, .. } = self;
        let toasts = use_toast();
        let options = Signal::derive(move || user.with(|user| user.assignable.clone()));
        let held = Signal::derive(move || {
            user.with(|user| user.roles.iter().map(|role| role.id).collect::<Vec<_>>())
        });
        let external = Signal::derive(move || user.with(|user| user.external));
        let choice = RoleChoice::new(chosen, options, held, external);
        let save = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let version = user.with_untracked(|user| user.version);
            let request = AssignRoles { id, version, roles: choice.roles() };
            form.send(functions::assign_roles(request), move |saved| {
                chosen.set(None);
                toasts.show((words.users.roles_saved)(&saved.name));
                replace(resource, saved);
            });
        };
        let unsaved = dynamic(move || {
            choice.is_changed().then(|| {
                view! { <span class="unsaved small soft">{words.common.unsaved_changes}</span> }.into_any()
            })
        });
        view! {
            <form method="post" novalidate class="card" on:submit=save>
                <div class="body">
                    <ErrorSummary form/>
                    {choice.draw(form)}
                    <div class="row"><SubmitButton form label=words.users.save_roles/>{unsaved}</div>
                </div>
            </form>
        }
        .into_any()
    }

    fn link(self, user: Signal<User>) -> AnyView {
        let Self { id, words, link: form, asking: open, made, .. } = self;
        let say = &words.users;
        let send = move |()| {
            form.send(functions::issue_link(IssueLink { id }), move |link| {
                open.set(false);
                made.set(Some(link));
            });
        };
        let title = move || user.with(|user| (say.new_link_question)(&user.name));
        let ask = move |_| {
            form.reset();
            open.set(true);
        };
        view! {
            <section class="card" aria-labelledby="user-password">
                <header><h2 id="user-password">{(words.fields.label)(Field::Password)}</h2></header>
                <div class="body">
                    <p class="soft">{say.new_link_lead}</p>
                    {move || made.get().map(|link| link_box(&link))}
                    <div class="row">
                        <button
                            type="button"
                            disabled=move || !form.is_editable() || !is_hydrated()
                            on:click=ask
                        >
                            {say.new_link}
                        </button>
                    </div>
                </div>
            </section>
            <ConfirmDialog
                open
                id="new-link"
                title=Signal::derive(title)
                confirm=say.new_link
                form
                danger=false
                on_confirm=Callback::new(send)
            >
                <p>{say.new_link_effect}</p>
            </ConfirmDialog>
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
