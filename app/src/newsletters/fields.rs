//! Fields that there are in every language.

use crate::{
    components::{
        field::{TextArea, TextField},
        form::Form,
    },
    messages::messages,
};
use domain::{
    Field, Language,
    newsletters::{IssueTexts, NewsletterField, Translated, Words},
};
use leptos::prelude::*;

type InLanguage = fn(Language) -> NewsletterField;

/// Name and text of a newsletter.
pub fn word_fields(form: Form, stored: Signal<Words>) -> AnyView {
    let part = move |language, pick: fn(&Words) -> &Translated| {
        Signal::derive(move || stored.with(|stored| pick(stored).of(language).to_owned()))
    };
    let columns: Vec<_> = Language::ALL
        .into_iter()
        .map(|language| {
            let name = part(language, |words| &words.name);
            let text = part(language, |words| &words.text);
            view! {
                <div class="stack">
                    {one_line(form, NewsletterField::Name(language), name)}
                    {several_lines(form, NewsletterField::Text(language), text, "3")}
                </div>
            }
            .into_any()
        })
        .collect();
    view! { <div class="columns">{columns}</div> }.into_any()
}

/// Subject and body of an issue.
pub fn issue_fields(form: Form, stored: Signal<IssueTexts>) -> AnyView {
    let part = move |language, pick: fn(&IssueTexts) -> &Translated| {
        Signal::derive(move || stored.with(|stored| pick(stored).of(language).to_owned()))
    };
    let columns: Vec<_> = Language::ALL
        .into_iter()
        .map(|language| {
            let subject = part(language, |texts| &texts.subject);
            let body = part(language, |texts| &texts.body);
            view! {
                <div class="stack">
                    {one_line(form, NewsletterField::Subject(language), subject)}
                    {several_lines(form, NewsletterField::Body(language), body, "14")}
                </div>
            }
            .into_any()
        })
        .collect();
    view! { <div class="columns">{columns}</div> }.into_any()
}

fn one_line(form: Form, field: NewsletterField, stored: Signal<String>) -> AnyView {
    let field = Field::Newsletter(field);
    let label = (messages().fields.label)(field);
    view! { <TextField form field label stored/> }.into_any()
}

fn several_lines(form: Form, field: NewsletterField, stored: Signal<String>, rows: &'static str) -> AnyView {
    let field = Field::Newsletter(field);
    let label = (messages().fields.label)(field);
    view! { <TextArea form field label stored rows/> }.into_any()
}

/// What was typed of a newsletter, over what is stored.
pub fn typed_words(form: Form, stored: &Words) -> Words {
    Words {
        name: typed(form, NewsletterField::Name, &stored.name),
        text: typed(form, NewsletterField::Text, &stored.text),
    }
}

/// What was typed of an issue, over what is stored.
pub fn typed_texts(form: Form, stored: &IssueTexts) -> IssueTexts {
    IssueTexts {
        subject: typed(form, NewsletterField::Subject, &stored.subject),
        body: typed(form, NewsletterField::Body, &stored.body),
    }
}

fn typed(form: Form, field: InLanguage, stored: &Translated) -> Translated {
    let of = |language| form.value_untracked(Field::Newsletter(field(language)), stored.of(language));
    Translated { en: of(Language::English), de: of(Language::German) }
}
