//! The history of the organisation: what is listed stands in the address.

use crate::{
    chain::card::{Chain, chain_card},
    components::{
        dynamic::dynamic, field::ErrorSummary, form::Form, page_head::PageHead, person_name::person_name,
        toast::use_toast,
    },
    history::{files::Files, filters::filters, functions, list::history_list},
    load::{again, load, loaded},
    messages::messages,
    session::use_session,
};
use domain::history::{HistoryPage as Page, ListHistory, RevertEntry};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The history of the organisation.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let words = &messages().history;
    let session = use_session();
    let query = use_query_map();
    let request = Memo::new(move |_| query.with(|query| ListHistory::from_query(|name| query.get_str(name))));
    let resource = load(move || request.get(), functions::list);
    let (chain, taken) = (Chain::new(), Files::new());
    let (form, toasts) = (Form::new("revert"), use_toast());
    let revert = Callback::new(move |id| {
        form.send(functions::revert(RevertEntry { id }), move |()| {
            toasts.show(words.reverted);
            again(resource);
        });
    });
    let after = Memo::new(move |_| request.with(|request| request.after));
    let path = Signal::derive(move || format!("/history{}", first_page(request).to_query()));
    loaded(resource, move |page| {
        view! {
            <PageHead title=words.title lead=words.lead/>
            {filters(request)}
            {dynamic(move || narrowed(request, page))}
            <ErrorSummary form/>
            {history_list(page, after, path, Some(revert))}
            {dynamic(move || session.is_own().then(|| below(taken, chain, request)))}
        }
        .into_any()
    })
}

/// Files and the chain, which a preview has not: they are made by whoever asks.
fn below(taken: Files, chain: Chain, request: Memo<ListHistory>) -> AnyView {
    view! { {taken.draw(Signal::derive(move || first_page(request)))} {chain_card(chain)} }.into_any()
}

/// What is wanted, from its newest entry on.
fn first_page(request: Memo<ListHistory>) -> ListHistory {
    ListHistory { after: None, ..request.get() }
}

/// Whose actions, or what was done to whom, if it is only one.
fn narrowed(request: Memo<ListHistory>, page: Signal<Page>) -> Option<AnyView> {
    let words = &messages().history;
    let wanted = first_page(request);
    let named = |name: &str, otherwise: &'static str| {
        if name.is_empty() { otherwise.to_owned() } else { person_name(name).to_owned() }
    };
    let person = wanted.person.map(|_| {
        let text = page.with(|page| (words.only_of)(&named(&page.person, words.one_person)));
        let href = format!("/history{}", ListHistory { person: None, ..wanted.clone() }.to_query());
        view! { <p class="row"><span>{text}</span><a href=href>{words.of_everybody}</a></p> }.into_any()
    });
    let about = wanted.about.map(|_| {
        let text = page.with(|page| (words.only_about)(&named(&page.about, words.one_subject)));
        let href = format!("/history{}", ListHistory { about: None, ..wanted.clone() }.to_query());
        view! { <p class="row"><span>{text}</span><a href=href>{words.about_everything}</a></p> }.into_any()
    });
    (person.is_some() || about.is_some())
        .then(|| view! { <div class="note">{person}{about}</div> }.into_any())
}
