//! A new partner.

use crate::{
    components::{
        dynamic::dynamic,
        failure_view::failure_page,
        field::{ErrorSummary, SubmitButton},
        form::Form,
        page_head::PageHead,
        question::{Question, question_while},
        toast::use_toast,
    },
    messages::messages,
    partners::{
        fields::{general_fields, typed_fields},
        functions,
    },
    session::use_session,
};
use domain::{
    Error, Permission,
    partners::{CreatePartner, Partner, PartnerForm},
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// A new partner.
#[component]
pub fn NewPartnerPage() -> impl IntoView {
    let words = messages();
    let session = use_session();
    let toasts = use_toast();
    let navigate = use_navigate();
    let may = move || session.allows(Permission::PartnersEdit);
    // Only for whoever comes without the right; losing it later locks the form and keeps what is typed.
    if !untrack(may) {
        let forbidden = Error::Forbidden { needs: Some(Permission::PartnersEdit) };
        return failure_page(forbidden.into());
    }
    let form = Form::locked_unless("partner", may);
    let create = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let fields = typed_fields(form, &PartnerForm::default());
        let navigate = navigate.clone();
        form.send(functions::create(CreatePartner { fields }), move |partner: Partner| {
            toasts.show((words.partners.created)(&partner.fields.name));
            navigate(&format!("/partners/{}", partner.id), Default::default());
        });
    };
    let needs = (words.partners.needs)(words.permissions.label(Permission::PartnersEdit));
    let reason = dynamic(move || (!may()).then(|| view! { <p class="note">{needs.clone()}</p> }.into_any()));
    let why = Question::Why(Permission::PartnersEdit);
    let why = question_while(Signal::derive(move || !may()), words.common.why_edit, why);
    view! {
        <PageHead title=words.partners.new lead=words.partners.new_lead/>
        {reason}
        {why}
        <form method="post" novalidate class="card" on:submit=create>
            <div class="body">
                <ErrorSummary form/>
                {general_fields(form, Signal::stored(PartnerForm::default()))}
                <div class="row">
                    <SubmitButton form label=words.common.create/>
                    <a class="button" href="/partners">{words.common.cancel}</a>
                </div>
            </div>
        </form>
    }
    .into_any()
}
