//! The list of users.

use crate::{
    components::{
        badge::{Tone, badge},
        dynamic::dynamic,
        empty::Empty,
        page_head::PageHead,
        pager::pager,
    },
    load::{load, loaded},
    messages::{Messages, messages},
    roles::names::role_name,
    session::use_session,
    users::functions,
};
use domain::{
    Field, Permission,
    users::{ListUsers, UserPage, UserRow, UserStatus},
};
use leptos::{html, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
    location::Url,
};

/// The list of users. What is looked for, and which page is shown, stand in the address.
#[component]
pub fn UsersPage() -> impl IntoView {
    let query = use_query_map();
    let request = Memo::new(move |_| {
        query.with(|query| ListUsers {
            search: query.get_str("search").unwrap_or_default().to_owned(),
            after: query.get_str("after").and_then(|id| id.parse().ok()),
            before: query.get_str("before").and_then(|id| id.parse().ok()),
        })
    });
    let resource = load(move || request.get(), functions::list);
    loaded(resource, move |page| list(request, page))
}

fn list(request: Memo<ListUsers>, page: Signal<UserPage>) -> AnyView {
    let words = messages();
    let say = &words.users;
    let session = use_session();
    let new = dynamic(move || {
        session
            .allows(Permission::UsersManage)
            .then(|| view! { <a class="button main" href="/users/new">{say.new}</a> }.into_any())
    });
    let table = dynamic(move || {
        let request = request.get();
        page.with(|page| if page.users.is_empty() { nobody(words, &request) } else { rows(words, page) })
    });
    let turn = dynamic(move || {
        let search = request.with(|request| request.search.clone());
        page.with(|page| {
            let first = page.users.first().filter(|_| page.has_previous);
            let last = page.users.last().filter(|_| page.has_next);
            (page.has_previous || page.has_next).then(|| {
                pager(
                    first.map(|user| address(&search, Some(("before", user.id.to_string())))),
                    last.map(|user| address(&search, Some(("after", user.id.to_string())))),
                )
            })
        })
    });
    view! {
        <PageHead title=say.title lead=say.lead>
            {new}
        </PageHead>
        {search_form(request)}
        {table}
        {turn}
    }
    .into_any()
}

/// The address of a page of the list.
fn address(search: &str, cursor: Option<(&str, String)>) -> String {
    let search = (!search.is_empty()).then(|| format!("search={}", Url::escape(search)));
    let cursor = cursor.map(|(name, id)| format!("{name}={id}"));
    match (search, cursor) {
        (None, None) => "/users".into(),
        (Some(one), None) | (None, Some(one)) => format!("/users?{one}"),
        (Some(search), Some(cursor)) => format!("/users?{search}&{cursor}"),
    }
}

fn search_form(request: Memo<ListUsers>) -> AnyView {
    let words = messages();
    let navigate = use_navigate();
    let node = NodeRef::<html::Input>::new();
    let search = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(input) = node.get_untracked() {
            navigate(&address(input.value().trim(), None), NavigateOptions::default());
        }
    };
    // Back and forward change what is looked for; typing does not.
    Effect::new(move |before: Option<String>| {
        let now = request.with(|request| request.search.clone());
        if before.is_some_and(|before| before != now)
            && let Some(input) = node.get_untracked()
        {
            input.set_value(&now);
        }
        now
    });
    view! {
        <form class="filters" role="search" method="get" action="/users" on:submit=search>
            <div class="field">
                <label for="users-search">{(words.fields.label)(Field::Search)}</label>
                <input
                    node_ref=node
                    type="search"
                    id="users-search"
                    name="search"
                    maxlength="100"
                    autocomplete="off"
                    value=request.with_untracked(|request| request.search.clone())
                />
            </div>
            <button type="submit">{words.common.search}</button>
        </form>
    }
    .into_any()
}

fn nobody(words: &'static Messages, request: &ListUsers) -> AnyView {
    let say = &words.users;
    if *request == ListUsers::default() {
        return view! { <Empty title=say.empty text=say.empty_text/> }.into_any();
    }
    let searched = !request.search.is_empty();
    let text = if searched { (say.none_found_text)(&request.search) } else { String::new() };
    view! {
        <Empty title=say.none_found text>
            <a class="button" href="/users">{say.show_all}</a>
        </Empty>
    }
    .into_any()
}

fn rows(words: &'static Messages, page: &UserPage) -> AnyView {
    let say = &words.users;
    let rows: Vec<_> = page.users.iter().map(|user| row(words, user)).collect();
    view! {
        <div class="card scroll">
            <table class="cards">
                <thead>
                    <tr>
                        <th scope="col">{(words.fields.label)(Field::Name)}</th>
                        <th scope="col">{(words.fields.label)(Field::Roles)}</th>
                        <th scope="col">{say.status_label}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(words: &'static Messages, user: &UserRow) -> AnyView {
    let say = &words.users;
    let roles: Vec<_> = user.roles.iter().map(|name| role_name(name, words)).collect();
    let roles = if roles.is_empty() { say.no_roles.to_owned() } else { roles.join(", ") };
    let external = user.external.then(|| badge(Tone::Plain, say.external));
    view! {
        <tr>
            <th scope="row"><a href=format!("/users/{}", user.id)>{user.name.clone()}</a></th>
            <td class:soft=user.roles.is_empty()>{roles}</td>
            <td><span class="row">{user_badge(words, user.status)} {external}</span></td>
        </tr>
    }
    .into_any()
}

/// The badge of where a user stands.
pub fn user_badge(words: &Messages, status: UserStatus) -> AnyView {
    let tone = match status {
        UserStatus::Active => Tone::On,
        UserStatus::Invited => Tone::Plain,
        UserStatus::Suspended | UserStatus::Terminating => Tone::Off,
    };
    badge(tone, (words.users.status)(status))
}
