//! Confirming a new address. Opening the link only shows this page; its form does it, also without
//! JavaScript.

use crate::{
    codec::Secret,
    components::{failure_view::Way, form::Form, page_head::PageHead},
    messages::messages,
    session::go_to,
    sign_in::{
        functions,
        link::{LinkForm, dead_link, link_page},
    },
};
use domain::sign_in::{CheckLink, LinkOwner};
use leptos::prelude::*;

/// Where the form is sent.
const ACTION: &str = "/fn/sign_in/confirm_address";

/// Confirming a new address.
#[component]
pub fn ConfirmAddressPage() -> impl IntoView {
    let form = Form::new("confirm-address").with_answer_to(ACTION);
    link_page(
        &[form],
        |failure| dead_link(failure, |words| words.sign_in.dead_address, &[Way::SignIn]),
        |link| Box::pin(functions::check_address(link)),
        Box::new(move |owner, token| editor(form, owner, token)),
    )
}

fn editor(form: Form, owner: Signal<LinkOwner>, token: Memo<String>) -> AnyView {
    let say = &messages().sign_in;
    let lead =
        Signal::derive(move || owner.with(|owner| (say.confirm_lead)(&owner.name, &owner.organisation)));
    let confirm = LinkForm { form, action: ACTION, token, submit: say.confirm_submit, danger: false };
    let confirm = confirm.draw(().into_any(), move |token| {
        let request = functions::confirm_address(Secret(CheckLink { token }));
        form.send(request, |()| go_to("/sign-in?notice=confirmed"));
    });
    view! { <PageHead title=say.confirm_title lead/> {confirm} }.into_any()
}
