//! The general fields of a partner, new or not.

use crate::{
    components::{
        field::{Select, TextArea, TextField},
        form::Form,
    },
    messages::messages,
    partners::countries::country_options,
};
use domain::{
    Field,
    partners::{PartnerForm, PartnerKind},
};
use leptos::prelude::*;

/// The general fields, over what is stored.
pub fn general_fields(form: Form, stored: Signal<PartnerForm>) -> AnyView {
    let words = messages();
    let label = words.fields.label;
    let text = move |get: fn(&PartnerForm) -> &str| {
        Signal::derive(move || stored.with(|stored| get(stored).to_owned()))
    };
    let kinds = PartnerKind::ALL
        .into_iter()
        .map(|kind| (kind.code().to_owned(), (words.partners.kind)(kind).to_owned()))
        .collect();
    view! {
        <div class="fields">
            <TextField form field=Field::Name label=label(Field::Name) stored=text(|stored| &stored.name)/>
            <Select
                form
                field=Field::Kind
                label=label(Field::Kind)
                stored=text(|stored| stored.kind.code())
                options=kinds
            />
            <TextField form field=Field::Website label=label(Field::Website) stored=text(|stored| &stored.website)/>
            <Select
                form
                field=Field::Country
                label=label(Field::Country)
                stored=text(|stored| &stored.country)
                options=country_options(words.partners.no_country)
            />
            <TextField
                form
                field=Field::ContactPerson
                label=label(Field::ContactPerson)
                stored=text(|stored| &stored.contact_person)
            />
        </div>
        <TextArea form field=Field::Note label=label(Field::Note) stored=text(|stored| &stored.note)/>
    }
    .into_any()
}

/// What stands in the fields now. For handlers.
#[must_use]
pub fn typed_fields(form: Form, stored: &PartnerForm) -> PartnerForm {
    let kind = form.value_untracked(Field::Kind, stored.kind.code());
    PartnerForm {
        name: form.value_untracked(Field::Name, &stored.name),
        kind: PartnerKind::from_code(&kind).unwrap_or(stored.kind),
        website: form.value_untracked(Field::Website, &stored.website),
        country: form.value_untracked(Field::Country, &stored.country),
        contact_person: form.value_untracked(Field::ContactPerson, &stored.contact_person),
        note: form.value_untracked(Field::Note, &stored.note),
    }
}
