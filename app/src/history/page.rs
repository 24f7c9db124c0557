//! The history of the organisation.

use crate::{
    components::page_head::PageHead,
    history::{
        functions,
        list::{after_in_query, history_list},
    },
    load::{load, loaded},
    messages::messages,
};
use domain::history::ListHistory;
use leptos::prelude::*;

/// The history of the organisation.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let words = messages();
    let after = after_in_query();
    let resource = load(move || after.get(), |after| functions::list(ListHistory { partner: None, after }));
    loaded(resource, move |page| {
        view! {
            <PageHead title=words.history.title lead=words.history.lead/>
            {history_list(page, after, Signal::stored("/history".to_owned()))}
        }
        .into_any()
    })
}
