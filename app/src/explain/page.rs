//! What others ask for: to grant it, by giving a role, or to decline it.

use super::{answer::person, functions};
use crate::{
    components::{
        dynamic::dynamic, empty::Empty, field::ErrorSummary, focus::focus_soon, form::Form,
        local_time::moment, page_head::PageHead, toast::use_toast,
    },
    load::{again, load, loaded, replace},
    messages::messages,
    roles::names::role_name,
    session::use_session,
    shell::is_hydrated,
};
use domain::{
    Permission, RoleId,
    explain::{FindOpenRequest, GrantRequest, OpenRequest, OpenRequests},
};
use leptos::prelude::*;

/// The list's `id`, where the keyboard goes on when a request is answered.
const LIST: &str = "requests";

/// The requests of others for permissions.
#[component]
pub fn PermissionRequestsPage() -> impl IntoView {
    let session = use_session();
    let resource = load(|| (), |()| functions::list());
    let form = Form::locked_unless("requests", move || session.allows(Permission::RolesManage))
        .when_stale(move || again(resource));
    let answered = Callback::new(move |left| {
        replace(resource, left);
        focus_soon(LIST);
    });
    loaded(resource, move |requests: Signal<OpenRequests>| {
        let say = &messages().explain;
        let list = dynamic(move || {
            requests.with(|requests| {
                if requests.requests.is_empty() {
                    return view! { <Empty title=say.none text=say.none_text/> }.into_any();
                }
                let rows: Vec<_> =
                    requests.requests.iter().map(|request| row(request, form, answered)).collect();
                view! { <section class="card"><div class="body"><ul class="list">{rows}</ul></div></section> }
                    .into_any()
            })
        });
        view! {
            <PageHead title=say.title lead=say.lead>
                <a class="button" href="/users">{messages().users.all}</a>
            </PageHead>
            <ErrorSummary form/>
            <div id=LIST tabindex="-1">{list}</div>
        }
        .into_any()
    })
}

fn row(request: &OpenRequest, form: Form, answered: Callback<OpenRequests>) -> AnyView {
    let words = messages();
    let say = &words.explain;
    let toasts = use_toast();
    let id = request.id;
    let about = format!("request-{id}");
    let described_by = about.clone();
    let name = request.user.name.clone();
    let label = words.permissions.label(request.permission);
    let locked = move || !form.is_editable() || !is_hydrated();
    let decline = move |_| {
        let name = name.clone();
        form.send(functions::decline(FindOpenRequest { id }), move |left| {
            toasts.show((say.declined)(&name));
            answered.run(left);
        });
    };
    view! {
        <li class="asked">
            <div id=about>
                <p>{person(&request.user)}" "{(say.asks_for)(label)}</p>
                <p class="soft small">{moment(request.asked)}</p>
            </div>
            <div class="row">
                {granting(request, form, answered)}
                <button type="button" disabled=locked aria-describedby=described_by on:click=decline>
                    {say.decline}
                </button>
            </div>
        </li>
    }
    .into_any()
}

/// The role that grants it, chosen already where there is one that gives least, and the button.
fn granting(request: &OpenRequest, form: Form, answered: Callback<OpenRequests>) -> AnyView {
    let words = messages();
    let say = &words.explain;
    let toasts = use_toast();
    let Some(first) = request.roles.first() else {
        return view! { <a href="/roles" class="small">{say.no_role}</a> }.into_any();
    };
    let chosen = RwSignal::new(first.id);
    let (id, name) = (request.id, request.user.name.clone());
    let select_id = format!("role-{id}");
    let label_for = select_id.clone();
    let described_by = format!("request-{id}");
    let options: Vec<_> = request
        .roles
        .iter()
        .map(|role| {
            view! { <option value=role.id.to_string()>{role_name(&role.name, words)}</option> }.into_any()
        })
        .collect();
    let choose = move |event: web_sys::Event| {
        if let Ok(role) = event_target_value(&event).parse::<RoleId>() {
            chosen.set(role);
        }
    };
    let gives: Vec<_> = request.roles.iter().map(|role| (role.id, also(&role.also))).collect();
    let besides = dynamic(move || {
        gives.iter().find(|(id, _)| *id == chosen.get()).map(|(_, also)| also.clone()).unwrap_or_default()
    });
    let hint_id = format!("gives-{id}");
    let hint = hint_id.clone();
    let locked = move || !form.is_editable() || !is_hydrated();
    let grant = move |_| {
        let name = name.clone();
        let request = GrantRequest { id, role: chosen.get_untracked() };
        form.send(functions::grant(request), move |left| {
            toasts.show((say.granted)(&name));
            answered.run(left);
        });
    };
    view! {
        <label for=label_for class="small">{say.role}</label>
        <select id=select_id autocomplete="off" aria-describedby=hint disabled=locked on:change=choose>
            {options}
        </select>
        <button
            type="button"
            class="main"
            disabled=locked
            aria-describedby=described_by
            aria-busy=move || form.is_pending().then_some("true")
            on:click=grant
        >
            {say.grant}
        </button>
        <p id=hint_id class="gives soft small">{besides}</p>
    }
    .into_any()
}

/// What a role gives besides, in words.
fn also(permissions: &[Permission]) -> String {
    let words = messages();
    let labels: Vec<_> = permissions.iter().map(|permission| words.permissions.label(*permission)).collect();
    if labels.is_empty() { String::new() } else { (words.explain.also)(&labels) }
}
