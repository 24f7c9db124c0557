//! All newsletters, and the way to a new one.

use crate::{
    components::{
        badge::{Tone, badge},
        dynamic::dynamic,
        empty::Empty,
        field::{ErrorSummary, SaveRow},
        form::Form,
        page_head::PageHead,
        toast::use_toast,
    },
    load::{load, loaded},
    messages::{language, messages},
    newsletters::{
        fields::{typed_words, word_fields},
        functions,
    },
    session::use_session,
};
use domain::{
    Permission,
    newsletters::{CreateNewsletter, NewsletterEntry, Words},
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// All newsletters.
#[component]
pub fn NewslettersPage() -> impl IntoView {
    let session = use_session();
    let resource = load(|| (), |()| functions::list());
    let form = Form::locked_unless("newsletter", move || session.allows(Permission::NewslettersManage));
    let words = &messages().newsletters;
    loaded(resource, move |entries| {
        view! {
            <PageHead title=words.title lead=words.lead/>
            {list(entries)}
            {new(form)}
        }
        .into_any()
    })
}

fn list(entries: Signal<Vec<NewsletterEntry>>) -> AnyView {
    let words = &messages().newsletters;
    dynamic(move || {
        let rows: Vec<_> = entries.with(|entries| entries.iter().map(row).collect());
        if rows.is_empty() {
            return view! { <Empty title=words.empty_title text=words.empty/> }.into_any();
        }
        view! {
            <div class="card scroll">
                <table class="cards">
                    <thead>
                        <tr>
                            <th scope="col">{words.name}</th>
                            <th scope="col">{words.words}</th>
                            <th scope="col">{words.readers}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
}

fn row(entry: &NewsletterEntry) -> AnyView {
    let words = &messages().newsletters;
    let closed = entry.closed.then(|| badge(Tone::Off, words.closed));
    view! {
        <tr>
            <th scope="row">
                <span class="row"><a href=format!("/newsletters/{}", entry.id)>{entry.name.clone()}</a>{closed}</span>
            </th>
            <td class="whole">{entry.text.clone()}</td>
            <td class="num" data-label=words.readers>{entry.subscribers}</td>
        </tr>
    }
    .into_any()
}

fn new(form: Form) -> AnyView {
    let words = messages();
    let say = &words.newsletters;
    let (toasts, navigate, language) = (use_toast(), use_navigate(), language());
    let create = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = CreateNewsletter { words: typed_words(form, &Words::default()) };
        let navigate = navigate.clone();
        form.send(functions::create(request), move |made| {
            toasts.show((say.created)(made.words.name.of(language)));
            navigate(&format!("/newsletters/{}", made.id), Default::default());
        });
    };
    view! {
        <form method="post" novalidate class="card" on:submit=create>
            <header><h2>{say.new}</h2></header>
            <div class="body">
                <p class="soft">{say.new_hint}</p>
                <ErrorSummary form/>
                {word_fields(form, Signal::stored(Words::default()))}
                <SaveRow form label=words.common.create/>
            </div>
        </form>
    }
    .into_any()
}
