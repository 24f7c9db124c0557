//! A new user.

use crate::{
    components::{
        dynamic::dynamic,
        failure_view::failure_page,
        field::{Checkbox, ErrorSummary, SaveRow, TextField},
        form::Form,
        page_head::PageHead,
        question::{Question, question_while},
    },
    load::{load, loaded},
    messages::messages,
    roles,
    session::use_session,
    users::{
        fields::{access_ends_field, language_field},
        functions,
        link_box::link_box,
        role_choice::{Chosen, RoleChoice, offer},
    },
};
use domain::{
    Error, Field, Language, Permission,
    roles::Matrix,
    users::{CreateUser, Invited},
};
use leptos::prelude::*;

/// Who was invited last, by name.
type Made = RwSignal<Option<(String, Invited)>>;

/// A new user, and then the link with which they set their password.
#[component]
pub fn NewUserPage() -> impl IntoView {
    let session = use_session();
    let form = Form::locked_unless("new-user", move || session.allows(Permission::UsersManage));
    let chosen = Chosen::new(None);
    let link = RwSignal::new(None::<(String, Invited)>);
    let resource = load(
        move || (session.allows(Permission::UsersManage), session.allows(Permission::RolesManage)),
        |(allowed, with_roles)| async move {
            match (allowed, with_roles) {
                (true, true) => roles::functions::matrix().await,
                _ => Ok(Matrix::default()),
            }
        },
    );
    let may_see = Memo::new(move |_| {
        session.allows(Permission::UsersManage) || form.is_changed() || link.with(Option::is_some)
    });
    dynamic(move || {
        if may_see.get() {
            loaded(resource, move |matrix| page(form, chosen, link, matrix))
        } else {
            failure_page(Error::Forbidden { needs: Some(Permission::UsersManage) }.into())
        }
    })
}

fn page(form: Form, chosen: Chosen, link: Made, matrix: Signal<Matrix>) -> AnyView {
    let say = &messages().users;
    let words = messages();
    let lead = move || if link.with(Option::is_some) { String::new() } else { say.new_lead.to_owned() };
    let body = dynamic(move || match link.get() {
        Some((_, made)) => done(&made, link),
        None => fields(form, chosen, link, matrix),
    });
    let title = move || {
        link.with(|made| {
            made.as_ref().map_or_else(|| words.users.new.to_owned(), |(name, _)| (say.invited)(name))
        })
    };
    view! {
        <PageHead title=Signal::derive(title) lead=Signal::derive(lead)>
            <a class="button" href="/users">{say.all}</a>
        </PageHead>
        {body}
    }
    .into_any()
}

fn done(made: &Invited, link: Made) -> AnyView {
    let say = &messages().users;
    view! {
        <div class="card">
            <div class="body">
                {match &made.link {
                    Some(handed_over) => link_box(handed_over),
                    None => view! { <p>{say.invited_text}</p> }.into_any(),
                }}
                <div class="row">
                    <a class="button main" href=format!("/users/{}", made.id)>{say.to_user}</a>
                    <button type="button" on:click=move |_| link.set(None)>{say.another}</button>
                </div>
            </div>
        </div>
    }
    .into_any()
}

fn fields(form: Form, chosen: Chosen, link: Made, matrix: Signal<Matrix>) -> AnyView {
    let words = messages();
    let session = use_session();
    let language = crate::messages::language();
    let external = Signal::derive(move || form.value("external", "false") == "true");
    let options = Signal::derive(move || {
        let rights = session.rights();
        matrix.with(|matrix| matrix.roles.iter().map(|role| offer(role, rights)).collect())
    });
    let choice = RoleChoice::new(chosen, options, Signal::derive(Vec::new), external);
    let create = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = CreateUser {
            name: form.value_untracked(Field::Name, ""),
            email: form.value_untracked(Field::Email, ""),
            external: external.get_untracked(),
            access_ends: form.value_untracked(Field::AccessEnds, ""),
            language: Language::from_code(&form.value_untracked(Field::Language, language.code()))
                .unwrap_or(language),
            roles: choice.roles(),
        };
        let name = request.name.trim().to_owned();
        form.send(functions::create(request), move |made| {
            chosen.set(None);
            link.set(Some((name, made)));
        });
    };
    let locked = dynamic(move || {
        (!form.is_editable()).then(|| {
            let label = words.permissions.label(Permission::UsersManage);
            view! { <p class="note">{(words.common.locked)(label)}</p> }.into_any()
        })
    });
    let read_only = Signal::derive(move || !form.is_editable());
    let why = question_while(read_only, words.common.why_edit, Question::Why(Permission::UsersManage));
    let roles = dynamic(move || {
        if session.allows(Permission::RolesManage) {
            choice.draw(form)
        } else {
            view! { <p class="soft">{words.users.roles_later}</p> }.into_any()
        }
    });
    let label = words.fields.label;
    view! {
        <form method="post" novalidate class="card" on:submit=create>
            <div class="body">
                <ErrorSummary form/>
                {locked}
                {why}
                <div class="fields">
                    <TextField form field=Field::Name label=label(Field::Name)/>
                    <TextField form field=Field::Email label=label(Field::Email) kind="email"/>
                    <Checkbox
                        form
                        field="external"
                        label=words.users.external_user
                        hint=words.users.external_hint
                    />
                    {dynamic(move || external.get().then(|| access_ends_field(form, Signal::default())))}
                    {language_field(form, Signal::stored(language.code().to_owned()))}
                </div>
                {roles}
                <SaveRow form label=words.users.invite/>
            </div>
        </form>
    }
    .into_any()
}
