//! What one save changed in the billing details of a partner or of the organisation: reached from its entry in
//! the history.

use crate::{
    Failure,
    billing::functions,
    components::{dynamic::dynamic, local_time::time_written, page_head::PageHead, person_name::person_name},
    load::{load, loaded},
    messages::{language, messages},
    partners::countries::country_name,
};
use domain::{
    Error, Field,
    billing::{BillingChange, BillingField, ChangedDetail, FindBillingChange},
};
use leptos::prelude::*;
use leptos_router::{hooks::use_params_map, params::ParamsMap};

/// What one save changed.
#[component]
pub fn BillingChangePage() -> impl IntoView {
    let params = use_params_map();
    let wanted = Memo::new(move |_| params.with(wanted));
    let resource = load(move || wanted.get(), find);
    loaded(resource, move |change| page(wanted, change))
}

/// What the address asks for, if it can be that.
fn wanted(params: &ParamsMap) -> Option<FindBillingChange> {
    let partner = match params.get("id") {
        Some(id) => Some(id.parse().ok()?),
        None => None,
    };
    Some(FindBillingChange { partner, version: params.get("version")?.parse().ok()? })
}

async fn find(wanted: Option<FindBillingChange>) -> Result<BillingChange, Failure> {
    functions::find_change(wanted.ok_or(Error::NotFound)?).await
}

fn page(wanted: Memo<Option<FindBillingChange>>, change: Signal<BillingChange>) -> AnyView {
    let words = &messages().billing;
    let title = Signal::derive(move || change.with(|change| (words.change_title)(change.partner.as_deref())));
    let written = language();
    let lead = Signal::derive(move || {
        change.with(|change| {
            (words.saved_then)(person_name(&change.saved.by), &time_written(change.saved.at, written))
        })
    });
    let now = move || {
        let partner = wanted.get().and_then(|wanted| wanted.partner);
        partner.map_or_else(|| "/billing".to_owned(), |id| format!("/partners/{id}/billing"))
    };
    let details = dynamic(move || {
        change.with(|change| match change.fields.is_empty() {
            true => view! { <p class="note">{words.nothing_changed}</p> }.into_any(),
            false => table(&change.fields),
        })
    });
    view! {
        <PageHead title lead>
            <a class="button" href=now>{words.as_they_are_now}</a>
        </PageHead>
        {details}
    }
    .into_any()
}

fn table(fields: &[ChangedDetail]) -> AnyView {
    let words = &messages().billing;
    let rows: Vec<_> = fields.iter().map(row).collect();
    view! {
        <div class="card scroll">
            <table class="cards">
                <thead>
                    <tr>
                        <th scope="col">{words.detail}</th>
                        <th scope="col">{words.before}</th>
                        <th scope="col">{words.after}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(detail: &ChangedDetail) -> AnyView {
    let words = &messages().billing;
    let label = (messages().fields.label)(Field::Billing(detail.field));
    let value = |text: &str| match detail.field {
        _ if text.is_empty() => words.choose.to_owned(),
        BillingField::Country => country_name(text),
        _ => text.to_owned(),
    };
    let (before, after) = (value(&detail.before), value(&detail.after));
    view! {
        <tr>
            <th scope="row">{label}</th>
            <td data-label=words.before class:soft=detail.before.is_empty()>{before}</td>
            <td data-label=words.after class:soft=detail.after.is_empty()>{after}</td>
        </tr>
    }
    .into_any()
}
