//! Entries of the history, newest first, of the organisation or of one partner.

use crate::{
    components::{
        badge::{Tone, badge, partner_badge},
        dynamic::dynamic,
        empty::Empty,
        local_time::moment,
        person_name::person_name,
    },
    messages::messages,
    session::use_session,
};
use domain::{
    HistoryId, Permission, Rights, UserId,
    history::{Action, Entry, HistoryPage, Named, NamedSubject},
    partners::PartnerStatus,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The entry after which the page begins, from its address.
#[must_use]
pub fn after_in_query() -> Memo<Option<HistoryId>> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get("after")?.parse().ok()))
}

/// The entries, and links to older ones. `path` is that of the page, with what it is filtered by; `revert`
/// takes a change back.
pub fn history_list(
    page: Signal<HistoryPage>,
    after: Memo<Option<HistoryId>>,
    path: Signal<String>,
    revert: Option<Callback<HistoryId>>,
) -> AnyView {
    let words = messages();
    let session = use_session();
    let entries = dynamic(move || {
        let rights = session.rights();
        let revert = revert.filter(|_| rights.allow(Permission::RolesManage));
        let entries: Vec<_> =
            page.with(|page| page.entries.iter().map(|entry| row(entry, rights, revert)).collect());
        if entries.is_empty() && path.with(|path| path.contains('?')) {
            view! {
                <Empty title=words.history.none_found text=words.history.none_found_text>
                    <a class="button" href=path.with(|path| path.split('?').next().unwrap_or_default().to_owned())>
                        {words.history.about_everything}
                    </a>
                </Empty>
            }
            .into_any()
        } else if entries.is_empty() {
            view! { <Empty title=words.history.empty_title text=words.history.empty/> }.into_any()
        } else {
            view! { <section class="card"><div class="body"><ol class="timeline">{entries}</ol></div></section> }
                .into_any()
        }
    });
    let steps = dynamic(move || {
        let path = path.get();
        let joint = if path.contains('?') { '&' } else { '?' };
        let newest = after
            .get()
            .map(|_| view! { <a class="button" href=path.clone()>{words.history.newest}</a> }.into_any());
        let last = page.with(|page| page.entries.last().filter(|_| page.has_next).map(|entry| entry.id));
        let older = last.map(|last| {
            view! { <a class="button" rel="next" href=format!("{path}{joint}after={last}")>{words.history.older}</a> }
                .into_any()
        });
        (newest.is_some() || older.is_some()).then(|| {
            view! { <nav class="pager row" aria-label=words.common.pages>{newest}{older}</nav> }.into_any()
        })
    });
    view! { {entries} {steps} }.into_any()
}

fn row(entry: &Entry, rights: Rights, revert: Option<Callback<HistoryId>>) -> AnyView {
    let words = &messages().history;
    let sentence = (words.sentence)(&entry.action);
    let subject = match &entry.subject {
        NamedSubject::Organisation | NamedSubject::Role | NamedSubject::DataRequest => ().into_any(),
        NamedSubject::Withheld => view! { " "{words.somebody} }.into_any(),
        NamedSubject::User(user) => {
            let href =
                (!user.gone && rights.allow(Permission::UsersView)).then(|| format!("/users/{}", user.id));
            let mark = marks(user);
            let shown = if user.name.is_empty() { words.erased_invitee } else { person_name(&user.name) };
            view! { " "{name(shown, href)}{mark} }.into_any()
        }
        NamedSubject::Partner(Named { id, name: text, gone, .. }) => {
            let needs = if *gone { Permission::BillingView } else { Permission::PartnersView };
            let end = if *gone { "/billing" } else { "" };
            let href = rights.allow(needs).then(|| format!("/partners/{id}{end}"));
            let mark = gone.then(|| view! { " " {partner_badge(PartnerStatus::Deleted)} }.into_any());
            let shown = (!text.is_empty()).then(|| view! { " "{name(text, href)} }.into_any());
            view! { {shown}{mark} }.into_any()
        }
    };
    let actor = match &entry.actor {
        None => name(words.system, None),
        Some(actor) => {
            let href = rights.allow(Permission::HistoryView).then(|| format!("/history?person={}", actor.id));
            name(person_name(&actor.name), href)
        }
    };
    let mark = entry.actor.as_ref().and_then(marks);
    let id = entry.id;
    let revert = revert.filter(|_| entry.action.is_reversible()).map(|revert| {
        let take_back = move |_| revert.run(id);
        view! {
            <div class="row">
                <button type="button" class="quiet" aria-describedby=format!("entry-{id}") on:click=take_back>
                    {words.revert}
                </button>
            </div>
        }
        .into_any()
    });
    view! {
        <li>
            {moment(entry.at)}
            <p id=format!("entry-{id}")>{actor}{mark}" "{sentence.before}{subject}{sentence.after}</p>
            {values(entry, rights)}
            {revert}
        </li>
    }
    .into_any()
}

/// The way to the old and new values of billing details, for those who may view them. An entry has none.
fn values(entry: &Entry, rights: Rights) -> Option<AnyView> {
    let href = match (&entry.action, &entry.subject) {
        (Action::OrganisationBillingChanged { version, .. }, _) => format!("/billing/{version}"),
        (Action::PartnerBillingChanged { version, .. }, NamedSubject::Partner(partner))
            if !partner.gone || rights.allow(Permission::HistoryView) =>
        {
            format!("/partners/{}/billing/{version}", partner.id)
        }
        _ => return None,
    };
    let words = &messages().history;
    let link = || view! { <p><a class="small" href=href>{words.values}</a></p> }.into_any();
    rights.allow(Permission::BillingView).then(link)
}

/// What has to be known beside the name of a user: from outside, or no longer there.
pub fn marks(user: &Named<UserId>) -> Option<AnyView> {
    let words = &messages().history;
    let text = match (user.gone, user.external) {
        (true, _) if user.name.is_empty() => return None,
        (true, _) => words.terminated,
        (false, true) => words.external,
        (false, false) => return None,
    };
    Some(view! { " " {badge(Tone::Plain, text)} }.into_any())
}

fn name(text: &str, href: Option<String>) -> AnyView {
    let text = text.to_owned();
    match href {
        Some(href) => view! { <a href=href>{text}</a> }.into_any(),
        None => view! { <strong>{text}</strong> }.into_any(),
    }
}
