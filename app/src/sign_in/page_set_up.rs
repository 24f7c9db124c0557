//! The first organisation and its first admin, by the link that the server printed. The form works
//! without JavaScript too.

use crate::{
    codec::Secret,
    components::{failure_view::Way, field::TextField, form::Form, page_head::PageHead},
    messages::messages,
    session::go_to,
    sign_in::{
        functions,
        link::{LinkForm, dead_link, link_page, new_password},
    },
};
use domain::{Field, sign_in::SetUp};
use leptos::prelude::*;

/// Where the form is sent.
const ACTION: &str = "/fn/sign_in/set_up";

/// The first organisation and its first admin.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let form = Form::new("set-up").with_answer_to(ACTION);
    link_page(
        &[form],
        |failure| dead_link(failure, |words| words.sign_in.dead_set_up, &[Way::SignIn]),
        |link| Box::pin(functions::check_set_up(link)),
        Box::new(move |_: Signal<()>, token| editor(form, token)),
    )
}

fn editor(form: Form, token: Memo<String>) -> AnyView {
    let say = &messages().sign_in;
    let set_up = LinkForm { form, action: ACTION, token, submit: say.set_up_submit, danger: false };
    let set_up = set_up.draw(fields(form), move |token| {
        let value = |field| form.value_untracked(field, "");
        let request = SetUp {
            token,
            organisation: value(Field::Organisation),
            name: value(Field::Name),
            email: value(Field::Email),
            password: value(Field::Password),
        };
        form.send(functions::set_up(Secret(request)), |next| go_to(next.path()));
    });
    view! { <PageHead title=say.set_up_title lead=say.set_up_lead/> {set_up} }.into_any()
}

fn fields(form: Form) -> AnyView {
    let words = messages();
    let (say, label) = (&words.sign_in, words.fields.label);
    view! {
        <div class="fields">
            <TextField
                form
                field=Field::Organisation
                label=label(Field::Organisation)
                autocomplete="organization"
                hint=say.set_up_organisation_hint
                name="request[organisation]"
            />
            <TextField
                form
                field=Field::Name
                label=label(Field::Name)
                autocomplete="name"
                hint=say.set_up_name_hint
                name="request[name]"
            />
            <TextField
                form
                field=Field::Email
                label=label(Field::Email)
                kind="email"
                autocomplete="username"
                hint=say.set_up_email_hint
                name="request[email]"
            />
            {new_password(form)}
        </div>
    }
    .into_any()
}
