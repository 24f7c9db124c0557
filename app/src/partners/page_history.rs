//! What was done to one partner.

use crate::{
    Failure,
    history::{
        functions,
        list::{after_in_query, history_list},
    },
    load::{again, load, loaded},
    partners::head::{self, Head, Tab, partner_head, partner_in_path},
};
use domain::{
    HistoryId, PartnerId,
    history::{HistoryPage, ListHistory},
    partners::Partner,
};
use leptos::prelude::*;
use std::sync::Arc;

async fn find(
    (id, after): (Option<PartnerId>, Option<HistoryId>),
) -> Result<(Partner, HistoryPage), Failure> {
    let partner = head::find(id).await?;
    let page =
        functions::list(ListHistory { about: id.map(|id| id.0), after, ..ListHistory::default() }).await?;
    Ok((partner, page))
}

/// What was done to one partner.
#[component]
pub fn PartnerHistoryPage() -> impl IntoView {
    let id = partner_in_path();
    let after = after_in_query();
    let resource = load(move || (id.get(), after.get()), find);
    loaded(resource, move |stored| {
        let head = Signal::derive(move || stored.with(|(partner, _)| Head::of(partner)));
        let page = Signal::derive(move || stored.with(|(_, page)| page.clone()));
        let path =
            Signal::derive(move || stored.with(|(partner, _)| format!("/partners/{}/history", partner.id)));
        view! {
            {partner_head(head, Tab::History, Arc::new(move || again(resource)))}
            {history_list(page, after, path, None)}
        }
        .into_any()
    })
}
