//! How to reach the organisation, for everybody. Who is signed out names the organisation where there
//! are several; the form is a plain one.

use crate::{
    components::{dynamic::dynamic, empty::Empty, frame::brand, page_head::PageHead},
    load::{load, loaded},
    messages::messages,
    session::{OpenSession, sign_in_path, use_session},
    support::functions,
};
use domain::{
    Field, Permission,
    support::{Channel, FindSupport, Support, mailto},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page of one's own data requests.
const REQUESTS: &str = "/privacy/requests";

/// How to reach the organisation.
#[component]
pub fn SupportPage() -> impl IntoView {
    let words = &messages().support;
    let session = use_session();
    let query = use_query_map();
    let named = Memo::new(move |_| query.with(|query| query.get("organisation").unwrap_or_default()));
    let resource = load(move || named.get(), |organisation| functions::find(FindSupport { organisation }));
    let mark = dynamic(move || (!session.is_open()).then(brand));
    view! {
        {mark}
        {loaded(resource, move |support| view! {
            <PageHead title=words.title lead=words.lead/>
            {dynamic(move || support.with(|support| content(session, support, &named.get())))}
        }.into_any())}
    }
}

fn content(session: OpenSession, support: &Support, named: &str) -> AnyView {
    let words = &messages().support;
    let ask = support.ask_organisation.then(|| organisation_form(named));
    if support.ask_organisation && named.trim().is_empty() {
        return ask.into_any();
    }
    let ways = if support.channels.is_empty() {
        let first = session.allows(Permission::OrganisationManage).then(|| {
            view! { <a class="button main" href="/organisation/support">{words.set}</a> }.into_any()
        });
        view! { <Empty title=words.empty_title text=words.empty>{first}</Empty> }.into_any()
    } else {
        let ways: Vec<_> = support.channels.iter().map(way).collect();
        view! {
            <section class="card">
                <header><h2>{words.ways}</h2></header>
                <div class="body"><ul class="list">{ways}</ul></div>
            </section>
        }
        .into_any()
    };
    view! { {ask} {ways} {protection(session, support)} }.into_any()
}

fn organisation_form(named: &str) -> AnyView {
    let words = messages();
    view! {
        <form class="card" method="get" action="/support">
            <div class="body">
                <div class="field">
                    <label for="support-organisation">{(words.fields.label)(Field::Organisation)}</label>
                    <input
                        type="text"
                        id="support-organisation"
                        name="organisation"
                        maxlength="120"
                        autocomplete="organization"
                        aria-describedby="support-organisation-hint"
                        value=named.to_owned()
                    />
                    <span class="hint" id="support-organisation-hint">{words.sign_in.organisation_hint}</span>
                </div>
                <div class="row"><button type="submit" class="main">{words.support.show}</button></div>
            </div>
        </form>
    }
    .into_any()
}

fn way(channel: &Channel) -> AnyView {
    let words = messages();
    let address = channel.address.clone();
    let shown = match channel.href() {
        Some(href) => view! { <a href=href rel="external noreferrer">{address}</a> }.into_any(),
        None => view! { <span class="lines">{address}</span> }.into_any(),
    };
    let hours = (!channel.hours.is_empty())
        .then(|| view! { <div class="soft small">{channel.hours.clone()}</div> }.into_any());
    view! {
        <li>
            <div>
                <strong>{(words.fields.label)(Field::Channel(channel.kind))}</strong>
                <div>{shown}</div>
                {hours}
            </div>
        </li>
    }
    .into_any()
}

/// Who the contact for data protection is, and the way to a request.
fn protection(session: OpenSession, support: &Support) -> AnyView {
    let words = &messages().support;
    let contact = if support.protection_contact.is_empty() {
        view! { <p class="soft">{words.no_contact}</p> }.into_any()
    } else {
        let email = support.protection_email.clone();
        let link = (!email.is_empty()).then(|| {
            let href = mailto(&email);
            view! { <div><a href=href rel="external noreferrer">{email}</a></div> }.into_any()
        });
        view! { <div><strong>{support.protection_contact.clone()}</strong>{link}</div> }.into_any()
    };
    // A preview has nobody's own requests.
    let own = dynamic(move || {
        let (href, text) = match (session.is_own(), session.is_open()) {
            (true, _) => (REQUESTS.to_owned(), words.requests),
            (false, false) => (sign_in_path(REQUESTS), words.requests_signed_out),
            (false, true) => return None,
        };
        Some(view! { <div class="row"><a class="button" href=href>{text}</a></div> }.into_any())
    });
    view! {
        <section class="card">
            <header><h2>{words.protection}</h2></header>
            <div class="body">
                {contact}
                <p>{words.protection_text}</p>
                {own}
            </div>
        </section>
    }
    .into_any()
}
