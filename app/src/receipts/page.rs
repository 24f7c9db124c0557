//! The receipt of an ended account: on the screen, and as a signed file.

use crate::{
    codec::Secret,
    components::{
        badge::{Tone, badge},
        dynamic::dynamic,
        local_time::moment,
        page_head::PageHead,
    },
    load::{again, load, loaded},
    messages::messages,
    receipts::{effects::removed_list, functions},
    session::use_session,
};
use domain::receipts::{Erasure, FindReceipt, Receipt, ShownReceipt};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, location::Url};

/// The receipt.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let query = use_query_map();
    let token = Memo::new(move |_| query.with(|query| query.get("token")).unwrap_or_default());
    let resource = load(move || token.get(), |token| functions::find(Secret(FindReceipt { token })));
    let words = &messages().receipts;
    let draw = move |shown: ShownReceipt| {
        let ShownReceipt { receipt, at, file } = shown;
        let pending = receipt.erasure == Erasure::Pending;
        let state = if pending { badge(Tone::Off, words.pending) } else { badge(Tone::On, words.done) };
        let waiting = pending.then(|| {
            view! {
                <p>{words.pending_text}</p>
                <button type="button" on:click=move |_| again(resource)>{words.check_again}</button>
            }
            .into_any()
        });
        let href = format!("data:application/json;charset=utf-8,{}", Url::escape(&file));
        view! {
            <PageHead title=words.title lead=words.lead/>
            <section class="card" aria-labelledby="receipt">
                <header><h2 id="receipt">{receipt.organisation.clone()}</h2>{state}</header>
                <div class="body">
                    <p>{words.terminated_at} " " {moment(at)} " UTC"</p>
                    {waiting}
                    {content(&receipt)}
                    <p class="soft">{words.signed}</p>
                    <div class="row">
                        <a class="button main" href=href download="assent-receipt.json" rel="external">
                            {words.download}
                        </a>
                        {way_on()}
                    </div>
                </div>
            </section>
        }
        .into_any()
    };
    loaded(resource, move |shown| dynamic(move || draw(shown.get())))
}

fn content(receipt: &Receipt) -> AnyView {
    let words = &messages().receipts;
    let kept: Vec<_> = receipt
        .kept
        .iter()
        .map(|kept| view! { <li>{(words.kept_name)(kept.count, kept.until, &kept.ground)}</li> }.into_any())
        .collect();
    view! {
        <h3>{words.removed}</h3>
        {removed_list(&receipt.removed)}
        <h3>{words.kept}</h3>
        <ul class="effects">{kept}</ul>
    }
    .into_any()
}

/// Whoever ended their own account is signed out; whoever ended somebody else's goes back.
fn way_on() -> AnyView {
    let words = &messages().receipts;
    if untrack(|| use_session().is_open()) {
        view! { <a class="button" href="/users">{words.back}</a> }.into_any()
    } else {
        view! { <a class="button" href="/sign-in">{words.sign_in}</a> }.into_any()
    }
}
