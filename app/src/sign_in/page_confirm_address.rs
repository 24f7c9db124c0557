//! Confirming a new address. Opening the link only shows this page; its form does it, also without
//! JavaScript.

use crate::{
    codec::Secret,
    components::{
        field::{ErrorSummary, SubmitButton},
        form::Form,
        frame::brand,
        page_head::PageHead,
    },
    load::{load, loaded},
    messages::messages,
    session::go_to,
    sign_in::functions,
};
use domain::sign_in::{CheckLink, LinkOwner};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Where the form is sent.
const ACTION: &str = "/fn/sign_in/confirm_address";

/// Confirming a new address.
#[component]
pub fn ConfirmAddressPage() -> impl IntoView {
    let query = use_query_map();
    let token = Memo::new(move |_| query.with(|query| query.get("token")).unwrap_or_default());
    let owner = load(move || token.get(), |token| functions::check_address(Secret(CheckLink { token })));
    let form = Form::new("confirm-address").with_answer_to(ACTION);
    view! {
        {brand()}
        {loaded(owner, move |owner| editor(form, owner, token))}
    }
    .into_any()
}

fn editor(form: Form, owner: Signal<LinkOwner>, token: Memo<String>) -> AnyView {
    let say = &messages().sign_in;
    let lead =
        Signal::derive(move || owner.with(|owner| (say.confirm_lead)(&owner.name, &owner.organisation)));
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = CheckLink { token: token.get_untracked() };
        form.send(functions::confirm_address(Secret(request)), |()| go_to("/sign-in?notice=confirmed"));
    };
    view! {
        <PageHead title=say.confirm_title lead/>
        <form method="post" action=ACTION novalidate class="card" on:submit=send>
            <div class="body">
                <ErrorSummary form/>
                <input type="hidden" name="request[token]" value=token.get_untracked()/>
                <SubmitButton form label=say.confirm_submit plain=true/>
            </div>
        </form>
    }
    .into_any()
}
