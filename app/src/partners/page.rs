//! The list of partners. What is looked for stands in the address, so that it can be reloaded,
//! linked to and gone back to.

use crate::{
    components::{
        badge::partner_badge, dynamic::dynamic, empty::Empty, local_time::day, page_head::PageHead,
        pager::pager, pause::Pause,
    },
    load::{load, loaded},
    messages::messages,
    partners::{countries::country_name, functions},
    session::use_session,
};
use domain::{
    Permission,
    partners::{ListPartners, PartnerPage, PartnerRow, PartnerSort, StatusFilter},
};
use leptos::{html, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
    location::Url,
};

/// The list of partners.
#[component]
pub fn PartnersPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| {
        query.with(|query| {
            let text = |name| query.get(name).unwrap_or_default();
            ListPartners {
                search: text("search"),
                status: StatusFilter::from_code(&text("status")).unwrap_or_default(),
                sort: PartnerSort::from_code(&text("sort")).unwrap_or_default(),
                after: text("after").parse().ok(),
                before: text("before").parse().ok(),
            }
        })
    });
    let resource = load(move || wanted.get(), functions::list);
    loaded(resource, move |page| list(wanted, page))
}

/// The address of what is wanted. What goes without saying is left out.
fn address(wanted: &ListPartners) -> String {
    let ListPartners { search, status, sort, after, before } = wanted;
    let mut parts = Vec::new();
    if !search.is_empty() {
        parts.push(format!("search={}", Url::escape(search)));
    }
    if *status != StatusFilter::default() {
        parts.push(format!("status={}", status.code()));
    }
    if *sort != PartnerSort::default() {
        parts.push(format!("sort={}", sort.code()));
    }
    parts.extend(after.map(|id| format!("after={id}")));
    parts.extend(before.map(|id| format!("before={id}")));
    if parts.is_empty() { "/partners".to_owned() } else { format!("/partners?{}", parts.join("&")) }
}

fn list(wanted: Memo<ListPartners>, page: Signal<PartnerPage>) -> AnyView {
    let words = messages();
    let session = use_session();
    let new = dynamic(move || {
        session.allows(Permission::PartnersEdit).then(|| {
            view! { <a class="button main" href="/partners/new">{words.partners.new}</a> }.into_any()
        })
    });
    // Nothing was asked for but the partners one works with.
    let plain = Memo::new(move |_| {
        wanted.with(|wanted| wanted.search.is_empty() && wanted.status != StatusFilter::Deactivated)
    });
    let rows = dynamic(move || {
        let may_create = session.allows(Permission::PartnersEdit);
        page.with(|page| table(&page.partners, plain.get(), may_create))
    });
    let steps = dynamic(move || {
        page.with(|page| {
            let wanted = wanted.get();
            let at = |after, before| address(&ListPartners { after, before, ..wanted.clone() });
            let previous =
                page.partners.first().filter(|_| page.has_previous).map(|row| at(None, Some(row.id)));
            let next = page.partners.last().filter(|_| page.has_next).map(|row| at(Some(row.id), None));
            pager(previous, next)
        })
    });
    view! {
        <PageHead title=words.partners.title lead=words.partners.lead>{new}</PageHead>
        {filters(wanted)}
        {rows}
        {steps}
    }
    .into_any()
}

/// What is looked for. Works as a plain form too.
fn filters(wanted: Memo<ListPartners>) -> AnyView {
    let words = messages();
    let (search, status, sort) =
        (NodeRef::<html::Input>::new(), NodeRef::<html::Select>::new(), NodeRef::<html::Select>::new());
    let navigate = use_navigate();
    // The search that this form asked for last: its answer must not overwrite what was typed since.
    let asked = StoredValue::new(wanted.with_untracked(|wanted| wanted.search.clone()));
    let apply = Callback::new(move |()| {
        let (Some(search), Some(status), Some(sort)) =
            (search.get_untracked(), status.get_untracked(), sort.get_untracked())
        else {
            return;
        };
        let next = ListPartners {
            search: search.value().trim().to_owned(),
            status: StatusFilter::from_code(&status.value()).unwrap_or_default(),
            sort: PartnerSort::from_code(&sort.value()).unwrap_or_default(),
            after: None,
            before: None,
        };
        let same = wanted.with_untracked(|now| {
            now.search == next.search && now.status == next.status && now.sort == next.sort
        });
        if !same {
            asked.set_value(next.search.clone());
            let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
            navigate(&address(&next), options);
        }
    });
    Effect::new(move |before: Option<()>| {
        let now = wanted.get();
        let (Some(search), Some(status), Some(sort)) = (search.get(), status.get(), sort.get()) else {
            return;
        };
        if before.is_none() {
            // Typed before the page was taken over.
            apply.run(());
            return;
        }
        if asked.with_value(|asked| *asked != now.search) {
            search.set_value(&now.search);
            asked.set_value(now.search);
        }
        status.set_value(now.status.code());
        sort.set_value(now.sort.code());
    });
    let pause = Pause::new();
    let typed = move |_| pause.then(move || apply.run(()));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        pause.stop();
        apply.run(());
    };
    let first = wanted.get_untracked();
    let states: Vec<_> = StatusFilter::ALL
        .into_iter()
        .map(|filter| option(filter.code(), (words.partners.filter)(filter), filter == first.status))
        .collect();
    let orders: Vec<_> = PartnerSort::ALL
        .into_iter()
        .map(|order| option(order.code(), (words.partners.sort)(order), order == first.sort))
        .collect();
    view! {
        <form class="filters" role="search" method="get" action="/partners" on:submit=submit>
            <div class="field">
                <label for="partners-search">{words.common.search}</label>
                <input
                    node_ref=search
                    type="search"
                    id="partners-search"
                    name="search"
                    maxlength="200"
                    autocomplete="off"
                    value=first.search
                    on:input=typed
                />
            </div>
            <div class="field">
                <label for="partners-status">{words.partners.status_label}</label>
                <select node_ref=status id="partners-status" name="status" on:change=move |_| apply.run(())>
                    {states}
                </select>
            </div>
            <div class="field">
                <label for="partners-sort">{words.partners.sort_label}</label>
                <select node_ref=sort id="partners-sort" name="sort" on:change=move |_| apply.run(())>
                    {orders}
                </select>
            </div>
        </form>
    }
    .into_any()
}

fn option(value: &'static str, text: &'static str, selected: bool) -> AnyView {
    view! { <option value=value selected=selected>{text}</option> }.into_any()
}

fn table(partners: &[PartnerRow], plain: bool, may_create: bool) -> AnyView {
    let all = messages();
    let words = &all.partners;
    if partners.is_empty() {
        let first_step = (plain && may_create)
            .then(|| view! { <a class="button" href="/partners/new">{words.new}</a> }.into_any());
        let (title, text) =
            if plain { (words.empty_title, words.empty) } else { (words.not_found_title, words.not_found) };
        return view! { <Empty title text>{first_step}</Empty> }.into_any();
    }
    let rows: Vec<_> = partners.iter().map(row).collect();
    view! {
        <div class="card scroll">
            <table class="cards" aria-label=words.title>
                <thead>
                    <tr>
                        <th scope="col">{words.partner}</th>
                        <th scope="col">{(messages().fields.label)(domain::Field::Kind)}</th>
                        <th scope="col">{(all.fields.label)(domain::Field::Country)}</th>
                        <th scope="col">{words.since_label}</th>
                        <th scope="col">{words.status_label}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(partner: &PartnerRow) -> AnyView {
    let href = format!("/partners/{}", partner.id);
    let country = partner.country.as_deref().map(country_name);
    view! {
        <tr>
            <td><a href=href>{partner.name.clone()}</a></td>
            <td class="soft">{(messages().partners.kind)(partner.kind)}</td>
            <td class="soft">{country}</td>
            <td class="soft">{day(partner.since)}</td>
            <td>{partner_badge(partner.status)}</td>
        </tr>
    }
    .into_any()
}
