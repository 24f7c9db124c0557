//! Fields that the pages of a user and of a new one share.

use crate::{
    components::{
        field::{Select, TextField},
        form::Form,
    },
    messages::messages,
};
use domain::{Field, Language};
use leptos::prelude::*;

/// The last day of an external user's access.
pub fn access_ends_field(form: Form, stored: Signal<String>) -> AnyView {
    let words = messages();
    view! {
        <TextField
            form
            field=Field::AccessEnds
            label=(words.fields.label)(Field::AccessEnds)
            kind="date"
            hint=words.users.access_ends_hint
            stored
        />
    }
    .into_any()
}

/// The language of pages and mail.
pub fn language_field(form: Form, stored: Signal<String>) -> AnyView {
    let words = messages();
    let options = Language::ALL
        .into_iter()
        .map(|language| (language.code().to_owned(), (words.profile.language)(language).to_owned()))
        .collect();
    view! {
        <Select form field=Field::Language label=(words.fields.label)(Field::Language) stored options/>
    }
    .into_any()
}
