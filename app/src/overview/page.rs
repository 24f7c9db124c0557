//! The first page: what one may do, one's roles, what changed.

use crate::{
    components::{
        badge::{Tone, badge},
        dynamic::dynamic,
        local_time::time_written,
        page_head::PageHead,
    },
    history::list::history_list,
    load::{load, loaded},
    messages::{language, messages},
    overview::functions,
    session::{OpenSession, use_session},
};
use domain::{
    Permission::{self, *},
    explain::OwnRequest,
    history::HistoryPage,
    overview::Overview,
};
use leptos::prelude::*;

/// The first page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let session = use_session();
    let resource = load(|| (), |()| functions::find());
    let words = &messages().overview;
    let lead = Signal::derive(move || {
        // In a preview nobody is greeted: whoever reads is not whose page it is.
        let own = session.get().filter(|session| session.preview.is_none());
        own.map(|session| (words.lead)(&session.name, &session.organisation)).unwrap_or_default()
    });
    loaded(resource, move |overview| {
        view! {
            <PageHead title=words.title lead/>
            {to_answer(overview)}
            <div class="columns">
                {allowed(session)}
                {roles(session, overview)}
            </div>
            {asked(overview)}
            {recent(overview)}
        }
        .into_any()
    })
}

/// The page on which a permission is used.
const fn page_of(permission: Permission) -> &'static str {
    match permission {
        PartnersView | PartnersEdit => "/partners",
        BillingView | BillingEdit => "/billing",
        UsersView | UsersManage => "/users",
        RolesManage => "/roles",
        HistoryView => "/history",
        OrganisationManage => "/organisation",
        PrivacyManage => "/requests",
        NewslettersManage => "/newsletters",
        InsightsView => "/insights",
    }
}

/// The permissions in words, with the way to where they are used.
fn allowed(session: OpenSession) -> AnyView {
    let messages = messages();
    let words = &messages.overview;
    let rights = Memo::new(move |_| session.rights());
    let list = dynamic(move || {
        let rights = rights.get();
        let items: Vec<_> = rights.permissions().iter().map(permission_item).collect();
        if items.is_empty() {
            view! { <p class="soft">{words.nothing_allowed}</p> }.into_any()
        } else {
            view! { <ul class="list">{items}</ul> }.into_any()
        }
    });
    view! {
        <section class="card">
            <header><h2>{words.allowed}</h2></header>
            <div class="body">{list}</div>
        </section>
    }
    .into_any()
}

fn permission_item(permission: Permission) -> AnyView {
    let text = (messages().permissions.of)(permission);
    let path = page_of(permission);
    view! { <li><div><strong><a href=path>{text.label}</a></strong><div class="soft small">{text.allows}</div></div></li> }
        .into_any()
}

/// One's roles.
fn roles(session: OpenSession, overview: Signal<Overview>) -> AnyView {
    let words = &messages().overview;
    let names = Memo::new(move |_| overview.with(|overview| overview.roles.clone()));
    let list = dynamic(move || {
        let roles: Vec<_> = names.get().into_iter().map(|role| badge(Tone::Plain, role)).collect();
        let external = session.rights().external();
        let none = roles.is_empty().then(|| view! { <p class="soft">{words.no_roles}</p> }.into_any());
        let mark = external.then(|| badge(Tone::Off, words.external));
        let why = external.then(|| view! { <p class="soft small">{words.external_text}</p> }.into_any());
        view! { {none} <div class="row">{roles}{mark}</div> {why} }.into_any()
    });
    let profile = dynamic(move || {
        session.is_own().then(|| view! { <a class="small" href="/profile">{words.profile}</a> }.into_any())
    });
    view! {
        <section class="card">
            <header><h2>{words.roles}</h2>{profile}</header>
            <div class="body">{list}</div>
        </section>
    }
    .into_any()
}

/// What others ask for, for those who can answer.
fn to_answer(overview: Signal<Overview>) -> AnyView {
    let words = &messages().overview;
    let count = Memo::new(move |_| overview.with(|overview| overview.to_answer.unwrap_or_default()));
    dynamic(move || {
        (count.get() > 0).then(|| {
            let text = (words.to_answer)(count.get());
            view! { <p class="note">{text}" "<a href="/users/requests">{words.answer}</a></p> }.into_any()
        })
    })
}

/// What one asked for, and the answer.
fn asked(overview: Signal<Overview>) -> AnyView {
    let words = &messages().overview;
    let asked = Memo::new(move |_| overview.with(|overview| overview.asked.clone()));
    dynamic(move || {
        let items: Vec<_> = asked.with(|asked| asked.iter().map(asked_item).collect());
        (!items.is_empty()).then(|| {
            view! {
                <section class="card">
                    <header><h2>{words.asked}</h2></header>
                    <div class="body"><ul class="list">{items}</ul></div>
                </section>
            }
            .into_any()
        })
    })
}

fn asked_item(asked: &OwnRequest) -> AnyView {
    let words = messages();
    let at = time_written(asked.closed.unwrap_or(asked.asked), language());
    let state = (words.overview.asked_state)(asked.state, &at);
    let label = words.permissions.label(asked.permission);
    view! { <li><div><strong>{label}</strong><div class="soft small">{state}</div></div></li> }.into_any()
}

/// What changed lately, for those who may know.
fn recent(overview: Signal<Overview>) -> AnyView {
    let words = &messages().overview;
    let readable = Memo::new(move |_| overview.with(|overview| overview.recent.is_some()));
    let page = Signal::derive(move || {
        let entries = overview.with(|overview| overview.recent.clone().unwrap_or_default());
        HistoryPage { entries, ..HistoryPage::default() }
    });
    let newest = Memo::new(|_| None);
    dynamic(move || {
        readable.get().then(|| {
            view! {
                <section class="stack">
                    <div class="row between">
                        <h2>{words.recent}</h2>
                        <a href="/history">{words.whole_history}</a>
                    </div>
                    {history_list(page, newest, Signal::stored(String::new()), None)}
                </section>
            }
            .into_any()
        })
    })
}
