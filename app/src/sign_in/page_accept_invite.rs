//! Accepting an invitation with a first password, or declining it. Both forms work without JavaScript.

use crate::{
    codec::Secret,
    components::{dynamic::dynamic, failure_view::Way, form::Form, page_head::PageHead},
    messages::messages,
    session::go_to,
    sign_in::{
        functions,
        link::{LinkForm, dead_link, link_page, new_password},
    },
};
use domain::{
    Field,
    sign_in::{CheckLink, LinkOwner, SetPassword},
};
use leptos::prelude::*;

/// Where the forms are sent.
const ACCEPT: &str = "/fn/sign_in/accept_invitation";
const DECLINE: &str = "/fn/sign_in/decline_invitation";

/// Accepting or declining an invitation.
#[component]
pub fn AcceptInvitePage() -> impl IntoView {
    let accept = Form::new("accept").with_answer_to(ACCEPT);
    let decline = Form::new("decline").with_answer_to(DECLINE);
    link_page(
        &[accept, decline],
        |failure| dead_link(failure, |words| words.sign_in.dead_invitation, &[Way::SignIn]),
        |link| Box::pin(functions::check_invitation(link)),
        Box::new(move |owner, token| {
            view! { {accepting(accept, owner, token)} {declining(decline, owner, token)} }.into_any()
        }),
    )
}

fn accepting(form: Form, owner: Signal<LinkOwner>, token: Memo<String>) -> AnyView {
    let say = &messages().sign_in;
    let title = Signal::derive(move || owner.with(|owner| (say.accept_title)(&owner.organisation)));
    let lead = Signal::derive(move || owner.with(|owner| (say.accept_lead)(&owner.name)));
    let accept = LinkForm { form, action: ACCEPT, token, submit: say.accept_submit, danger: false };
    let accept = accept.draw(new_password(form), move |token| {
        let request = SetPassword { token, password: form.value_untracked(Field::Password, "") };
        form.send(functions::accept_invitation(Secret(request)), |next| go_to(next.path()));
    });
    view! { <PageHead title lead/> {accept} }.into_any()
}

fn declining(form: Form, owner: Signal<LinkOwner>, token: Memo<String>) -> AnyView {
    let say = &messages().sign_in;
    let text = move || owner.with(|owner| (say.decline_text)(&owner.organisation));
    let inside = view! { <h2>{say.decline_title}</h2> <p class="soft">{dynamic(text)}</p> }.into_any();
    let decline = LinkForm { form, action: DECLINE, token, submit: say.decline, danger: true };
    decline.draw(inside, move |token| {
        let request = functions::decline_invitation(Secret(CheckLink { token }));
        form.send(request, |()| go_to("/sign-in?notice=declined"));
    })
}
