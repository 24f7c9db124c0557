//! The form of billing details, of a partner or of the organisation.

use crate::{
    components::{
        dynamic::dynamic,
        field::{ErrorSummary, SaveRow, Select, TextField},
        form::Form,
        local_time::time_written,
        person_name::person_name,
        question::{Question, question_while},
    },
    messages::{language, messages},
    partners::countries::country_options,
    session::use_session,
};
use domain::{
    Field, Permission,
    billing::{BillingField, BillingForm, CurrentBilling},
    currency::Currency,
};
use leptos::prelude::*;

/// What is to be saved.
pub struct Save {
    /// The version that was on the screen.
    pub version: i64,
    /// What stood in the fields.
    pub details: BillingForm,
}

/// The state of the form. Who may no longer view billing details keeps nothing that was typed
/// either; who may no longer edit them does.
#[must_use]
pub fn billing_form(deleted: RwSignal<bool>) -> Form {
    let session = use_session();
    let editable = move || session.allows(Permission::BillingEdit) && !deleted.get();
    let form = Form::locked_unless("billing", editable);
    Effect::new(move |_| {
        if !session.allows(Permission::BillingView) {
            form.reset();
        }
    });
    form
}

/// The form itself, over what is stored.
pub fn billing_sections(
    form: Form,
    stored: Signal<CurrentBilling>,
    deleted: Signal<bool>,
    save: Callback<Save>,
) -> AnyView {
    let all = messages();
    let words = &all.billing;
    let session = use_session();
    let written = language();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        save.run(stored.with_untracked(|stored| {
            let mut details = BillingForm::default();
            for field in BillingField::all() {
                *details.slot(field) = form.value_untracked(field, stored.details.get(field));
            }
            Save { version: stored.version, details }
        }));
    };
    let note = dynamic(move || {
        let text = if deleted.get() {
            Some(words.deleted)
        } else {
            (!session.allows(Permission::BillingEdit)).then_some(words.locked)
        };
        text.map(|text| view! { <p class="note">{text}</p> }.into_any())
    });
    let locked = Signal::derive(move || !deleted.get() && !session.allows(Permission::BillingEdit));
    let why = question_while(locked, all.common.why_edit, Question::Why(Permission::BillingEdit));
    let saved = dynamic(move || {
        stored.with(|stored| match &stored.saved {
            Some(saved) => (words.saved_by)(person_name(&saved.by), &time_written(saved.at, written)),
            None => words.never_saved.to_owned(),
        })
    });
    let sections = [
        (words.company, &BillingField::COMPANY[..]),
        (words.address, &BillingField::ADDRESS),
        (words.payment, &BillingField::PAYMENT),
        (words.invoices, &BillingField::INVOICES),
    ];
    let sections = sections.map(|(title, fields)| {
        let readers = readers(title, fields);
        let fields: Vec<_> = fields.iter().map(|field| field_of(form, *field, stored)).collect();
        view! {
            <section class="card">
                <header><h2>{title}</h2></header>
                <div class="body"><div class="fields">{fields}</div>{readers}</div>
            </section>
        }
        .into_any()
    });
    view! {
        <div class="stack" role="status">{note}<p class="soft small num">{saved}</p></div>
        {why}
        <form method="post" novalidate class="stack" on:submit=submit>
            <ErrorSummary form/>
            {sections.into_iter().collect::<Vec<_>>()}
            <SaveRow form label=all.common.save/>
        </form>
    }
    .into_any()
}

/// Who can see a section, for those who manage roles.
fn readers(title: &'static str, fields: &[BillingField]) -> AnyView {
    let words = &messages().common;
    let session = use_session();
    let asked = match fields.contains(&BillingField::Iban) {
        true => words.who_sees_iban.to_owned(),
        false => (words.who_sees)(title),
    };
    let manages = Signal::derive(move || session.allows(Permission::RolesManage));
    question_while(manages, asked, Question::Who(Permission::BillingView))
}

fn field_of(form: Form, field: BillingField, stored: Signal<CurrentBilling>) -> AnyView {
    let all = messages();
    let label = (all.fields.label)(Field::Billing(field));
    let stored = Signal::derive(move || stored.with(|stored| stored.details.get(field).to_owned()));
    let options = match field {
        BillingField::Country => country_options(all.billing.choose),
        BillingField::Currency => currency_options(all.billing.choose),
        _ => return view! { <TextField form field label stored/> }.into_any(),
    };
    view! { <Select form field label stored options/> }.into_any()
}

fn currency_options(none: &str) -> Vec<(String, String)> {
    let codes = Currency::all().map(|currency| (currency.code().to_owned(), currency.code().to_owned()));
    std::iter::once((String::new(), none.to_owned())).chain(codes).collect()
}
