//! One partner: its general fields.

use crate::{
    components::{
        dynamic::dynamic,
        field::{ErrorSummary, SaveRow},
        form::Form,
        question::{Question, question_while},
        toast::use_toast,
    },
    load::{again, load, loaded, replace},
    messages::messages,
    partners::{
        fields::{general_fields, typed_fields},
        functions,
        head::{Head, Reload, Tab, find, forget_with, partner_head, partner_in_path},
    },
    session::use_session,
};
use domain::{
    Permission,
    partners::{Partner, UpdatePartner},
};
use leptos::prelude::*;
use std::sync::Arc;

/// One partner: its general fields.
#[component]
pub fn PartnerPage() -> impl IntoView {
    let session = use_session();
    let id = partner_in_path();
    let resource = load(move || id.get(), find);
    let form = Form::locked_unless("partner", move || session.allows(Permission::PartnersEdit))
        .when_stale(move || again(resource));
    forget_with(form, id);
    loaded(resource, move |partner| {
        let taken = Callback::new(move |saved| replace(resource, saved));
        editor(form, partner, taken, Arc::new(move || again(resource)))
    })
}

/// The form, over what is stored.
fn editor(form: Form, stored: Signal<Partner>, taken: Callback<Partner>, reload: Reload) -> AnyView {
    let words = messages();
    let session = use_session();
    let toasts = use_toast();
    let head = Signal::derive(move || stored.with(Head::of));
    let fields = Signal::derive(move || stored.with(|stored| stored.fields.clone()));
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = stored.with_untracked(|stored| UpdatePartner {
            id: stored.id,
            version: stored.version,
            fields: typed_fields(form, &stored.fields),
        });
        form.send(functions::update(request), move |saved| {
            taken.run(saved);
            toasts.show(words.common.saved);
        });
    };
    let locked = (words.common.locked)(words.permissions.label(Permission::PartnersEdit));
    let reason = dynamic(move || {
        (!session.allows(Permission::PartnersEdit))
            .then(|| view! { <p class="note">{locked.clone()}</p> }.into_any())
    });
    let read_only = Signal::derive(move || !session.allows(Permission::PartnersEdit));
    let why = question_while(read_only, words.common.why_edit, Question::Why(Permission::PartnersEdit));
    view! {
        {partner_head(head, Tab::Overview, reload)}
        {reason}
        {why}
        <form method="post" novalidate class="card" on:submit=save>
            <header><h2>{words.partners.general}</h2></header>
            <div class="body">
                <ErrorSummary form/>
                {general_fields(form, fields)}
                <SaveRow form label=words.common.save/>
            </div>
        </form>
    }
    .into_any()
}
