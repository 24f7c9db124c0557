//! The organisation's data requests, by the day they are due.

use crate::{
    components::{dynamic::dynamic, empty::Empty, local_time::day, page_head::PageHead, pager::pager},
    load::{load, loaded},
    messages::messages,
    requests::{
        detail::{due, person},
        functions,
    },
};
use domain::requests::{ListRequests, RequestPage, RequestRow, RequestState};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The organisation's data requests. Which are shown stands in the address.
#[component]
pub fn RequestsPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| {
        query.with(|query| {
            let text = |name| query.get(name).unwrap_or_default();
            ListRequests {
                state: RequestState::from_code(&text("state")).unwrap_or(RequestState::Open),
                after: text("after").parse().ok(),
                before: text("before").parse().ok(),
            }
        })
    });
    let resource = load(move || wanted.get(), functions::list);
    loaded(resource, move |page| list(wanted, page))
}

fn address(wanted: ListRequests) -> String {
    let ListRequests { state, after, before } = wanted;
    let mut parts = Vec::new();
    if state != RequestState::Open {
        parts.push(format!("state={}", state.code()));
    }
    parts.extend(after.map(|id| format!("after={id}")));
    parts.extend(before.map(|id| format!("before={id}")));
    if parts.is_empty() { "/requests".to_owned() } else { format!("/requests?{}", parts.join("&")) }
}

fn list(wanted: Memo<ListRequests>, page: Signal<RequestPage>) -> AnyView {
    let say = &messages().requests;
    let tabs = dynamic(move || {
        let now = wanted.get().state;
        let tab = |state: &RequestState| {
            let href = address(ListRequests { state: *state, after: None, before: None });
            let current = (*state == now).then_some("page");
            view! { <a href=href aria-current=current>{(say.filter)(*state)}</a> }.into_any()
        };
        RequestState::ALL.iter().map(tab).collect::<Vec<_>>()
    });
    let rows = dynamic(move || page.with(|page| table(&page.requests, wanted.get().state)));
    let steps = dynamic(move || {
        let at = |after, before| address(ListRequests { after, before, ..wanted.get() });
        page.with(|page| {
            let first = page.requests.first().filter(|_| page.has_previous);
            let last = page.requests.last().filter(|_| page.has_next);
            let (first, last) =
                (first.map(|row| at(None, Some(row.id))), last.map(|row| at(Some(row.id), None)));
            (first.is_some() || last.is_some()).then(|| pager(first, last))
        })
    });
    view! {
        <PageHead title=say.title lead=say.lead/>
        <nav class="tabs" aria-label=say.state_label>{tabs}</nav>
        {rows}
        {steps}
    }
    .into_any()
}

fn table(requests: &[RequestRow], state: RequestState) -> AnyView {
    let say = &messages().requests;
    if requests.is_empty() {
        return view! { <Empty title=(say.empty_title)(state) text=say.empty/> }.into_any();
    }
    let rows: Vec<_> = requests.iter().map(row).collect();
    view! {
        <div class="card scroll">
            <table class="cards" aria-label=say.title>
                <thead>
                    <tr>
                        <th scope="col">{say.number_label}</th>
                        <th scope="col">{say.author}</th>
                        <th scope="col">{say.filed}</th>
                        <th scope="col">{say.due}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(row: &RequestRow) -> AnyView {
    let say = &messages().requests;
    let href = format!("/requests/{}", row.id);
    view! {
        <tr>
            <td><a href=href>{(say.number)(row.number)}</a>" · "{(say.kind)(row.kind)}</td>
            <td>{person(&row.author)}</td>
            <td class="soft" data-label=say.filed>{day(row.filed)}</td>
            <td class="whole" data-label=say.due>{due(row)}</td>
        </tr>
    }
    .into_any()
}
