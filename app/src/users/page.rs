//! The list of users.

use crate::{
    components::{
        badge::{Tone, badge},
        dynamic::dynamic,
        empty::Empty,
        filter::{Filter, sent},
        page_head::PageHead,
        pager::pager,
    },
    load::{load, loaded},
    messages::{Messages, messages},
    roles::names::role_name,
    session::use_session,
    users::{
        functions,
        together::{LIST, Together},
    },
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
        query.with(|query| {
            let text = |name| query.get_str(name).unwrap_or_default();
            ListUsers {
                search: text("search").to_owned(),
                status: UserStatus::from_code(text("status")),
                role: text("role").parse().ok(),
                external: text("external").parse().ok(),
                after: text("after").parse().ok(),
                before: text("before").parse().ok(),
            }
        })
    });
    let resource = load(move || request.get(), functions::list);
    let together = Together::new(resource);
    loaded(resource, move |page| list(request, page, together))
}

fn list(request: Memo<ListUsers>, page: Signal<UserPage>, together: Together) -> AnyView {
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
        page.with(
            |page| if page.users.is_empty() { nobody(words, &request) } else { rows(words, page, together) },
        )
    });
    let turn = dynamic(move || {
        let request = request.get();
        page.with(|page| {
            let at = |after, before| address(&ListUsers { after, before, ..request.clone() });
            let first = page.users.first().filter(|_| page.has_previous);
            let last = page.users.last().filter(|_| page.has_next);
            let (first, last) =
                (first.map(|user| at(None, Some(user.id))), last.map(|user| at(Some(user.id), None)));
            (first.is_some() || last.is_some()).then(|| pager(first, last))
        })
    });
    let asked = dynamic(move || {
        session
            .allows(Permission::RolesManage)
            .then(|| view! { <a class="button" href="/users/requests">{say.requests}</a> }.into_any())
    });
    view! {
        <PageHead title=say.title lead=say.lead>
            {asked}
            {new}
        </PageHead>
        {filters(request, page)}
        {together.bar(page)}
        <div id=LIST tabindex="-1">{table}</div>
        {turn}
    }
    .into_any()
}

/// The address of what is wanted. What goes without saying is left out.
fn address(wanted: &ListUsers) -> String {
    let ListUsers { search, status, role, external, after, before } = wanted;
    let mut parts = Vec::new();
    if !search.is_empty() {
        parts.push(format!("search={}", Url::escape(search)));
    }
    parts.extend(status.map(|status| format!("status={}", status.code())));
    parts.extend(role.map(|role| format!("role={role}")));
    parts.extend(external.map(|external| format!("external={external}")));
    parts.extend(after.map(|id| format!("after={id}")));
    parts.extend(before.map(|id| format!("before={id}")));
    if parts.is_empty() { "/users".to_owned() } else { format!("/users?{}", parts.join("&")) }
}

/// What is looked for. Works as a plain form too.
fn filters(request: Memo<ListUsers>, page: Signal<UserPage>) -> AnyView {
    let words = messages();
    let say = &words.users;
    let navigate = use_navigate();
    let node = NodeRef::<html::Form>::new();
    let apply = Callback::new(move |()| {
        let Some(value) = sent(node) else { return };
        let wanted = ListUsers {
            search: value("search").trim().to_owned(),
            status: UserStatus::from_code(&value("status")),
            role: value("role").parse().ok(),
            external: value("external").parse().ok(),
            after: None,
            before: None,
        };
        navigate(&address(&wanted), NavigateOptions { scroll: false, ..Default::default() });
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        apply.run(());
    };
    let statuses = [UserStatus::Active, UserStatus::Invited, UserStatus::Suspended];
    let statuses = statuses.map(|status| (status.code().to_owned(), (say.status)(status).to_owned()));
    let roles = page.with_untracked(|page| {
        page.roles.iter().map(|role| (role.id.to_string(), role_name(&role.name, words))).collect()
    });
    let externals = [("true", say.only_external), ("false", say.only_internal)];
    let externals = externals.map(|(value, text)| (value.to_owned(), text.to_owned()));
    let status = Filter {
        prefix: "users",
        name: "status",
        label: say.status_label,
        all: say.anybody,
        choices: statuses.into(),
    };
    let role = Filter {
        prefix: "users",
        name: "role",
        label: (words.fields.label)(Field::Roles),
        all: say.any_role,
        choices: roles,
    };
    let external = Filter {
        prefix: "users",
        name: "external",
        label: say.filter_external,
        all: say.anybody,
        choices: externals.into(),
    };
    let of = move |part: fn(&ListUsers) -> Option<String>| {
        Signal::derive(move || request.with(part).unwrap_or_default())
    };
    let search = move || request.with(|request| request.search.clone());
    view! {
        <form
            node_ref=node
            class="filters"
            role="search"
            method="get"
            action="/users"
            on:submit=submit
            on:change=move |_| apply.run(())
        >
            <div class="field">
                <label for="users-search">{(words.fields.label)(Field::Search)}</label>
                <input
                    type="search"
                    id="users-search"
                    name="search"
                    maxlength="100"
                    autocomplete="off"
                    value=untrack(search)
                    prop:value=search
                />
            </div>
            {status.draw(of(|now| now.status.map(|status| status.code().to_owned())))}
            {role.draw(of(|now| now.role.map(|role| role.to_string())))}
            {external.draw(of(|now| now.external.map(|external| external.to_string())))}
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
    let filtered = ListUsers { search: String::new(), ..request.clone() } != ListUsers::default();
    let searched = !request.search.is_empty() && !filtered;
    let text = if searched { (say.none_found_text)(&request.search) } else { String::new() };
    view! {
        <Empty title=say.none_found text>
            <a class="button" href="/users">{say.show_all}</a>
        </Empty>
    }
    .into_any()
}

fn rows(words: &'static Messages, page: &UserPage, together: Together) -> AnyView {
    let say = &words.users;
    let together = Some(together).filter(|together| together.is_offered());
    let rows: Vec<_> = page.users.iter().map(|user| row(words, user, together)).collect();
    let tick = move |event: web_sys::Event| {
        if let Some(together) = together {
            together.tick(&event);
        }
    };
    view! {
        <div class="card scroll">
            <table class="cards" on:change=tick>
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

fn row(words: &'static Messages, user: &UserRow, together: Option<Together>) -> AnyView {
    let say = &words.users;
    let roles: Vec<_> = user.roles.iter().map(|name| role_name(name, words)).collect();
    let roles = if roles.is_empty() { say.no_roles.to_owned() } else { roles.join(", ") };
    let external = user.external.then(|| badge(Tone::Plain, say.external));
    let choice = together.map(|together| together.choice(user.id, &user.name));
    view! {
        <tr>
            <th scope="row">
                <span class="row">{choice}<a href=format!("/users/{}", user.id)>{user.name.clone()}</a></span>
            </th>
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
