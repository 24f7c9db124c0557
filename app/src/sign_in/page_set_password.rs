//! Setting the password by a link that is good for one time. The form works without JavaScript too.

use crate::{
    codec::Secret,
    components::{failure_view::Way, form::Form, page_head::PageHead},
    messages::messages,
    session::go_to,
    sign_in::{
        functions,
        link::{LinkForm, dead_link, link_page, new_password},
    },
};
use domain::{
    Field,
    sign_in::{LinkOwner, SetPassword},
};
use leptos::prelude::*;

/// Where the form is sent.
const ACTION: &str = "/fn/sign_in/set_password";

/// Setting the password by link.
#[component]
pub fn SetPasswordPage() -> impl IntoView {
    let form = Form::new("set-password").with_answer_to(ACTION);
    link_page(
        &[form],
        |failure| dead_link(failure, |words| words.sign_in.dead_password, &[Way::NewPassword, Way::SignIn]),
        |link| Box::pin(functions::check_link(link)),
        Box::new(move |owner, token| editor(form, owner, token)),
    )
}

/// Whose password it is, and the form.
fn editor(form: Form, owner: Signal<LinkOwner>, token: Memo<String>) -> AnyView {
    let say = &messages().sign_in;
    let lead =
        Signal::derive(move || owner.with(|owner| (say.set_password_lead)(&owner.name, &owner.organisation)));
    let set = LinkForm { form, action: ACTION, token, submit: say.set_password_submit, danger: false };
    let set = set.draw(new_password(form), move |token| {
        let request = SetPassword { token, password: form.value_untracked(Field::Password, "") };
        form.send(functions::set_password(Secret(request)), |next| go_to(next.path()));
    });
    view! { <PageHead title=say.set_password_title lead/> {set} }.into_any()
}
