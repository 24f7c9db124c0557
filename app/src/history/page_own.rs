//! What one did oneself. It takes no right to read.

use crate::{
    components::page_head::PageHead,
    history::{
        functions,
        list::{after_in_query, history_list},
    },
    load::{load, loaded},
    messages::messages,
};
use domain::history::ListOwnHistory;
use leptos::prelude::*;

/// One's own actions.
#[component]
pub fn OwnHistoryPage() -> impl IntoView {
    let words = messages();
    let after = after_in_query();
    let resource = load(move || after.get(), |after| functions::list_own(ListOwnHistory { after }));
    loaded(resource, move |page| {
        view! {
            <PageHead title=words.history.own lead=words.history.own_lead>
                <a class="button" href="/profile">{words.frame.profile}</a>
            </PageHead>
            {history_list(page, after, Signal::stored("/profile/history".to_owned()), None)}
        }
        .into_any()
    })
}
