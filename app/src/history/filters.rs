//! What the history is filtered by: person, topic and period. But for the person it works as a plain form too.

use crate::{
    components::{
        dynamic::dynamic,
        filter::{Filter, sent},
    },
    history::person::Person,
    messages::messages,
};
use domain::{
    history::{ListHistory, Topic},
    time::Date,
};
use leptos::{html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The form.
pub fn filters(request: Memo<ListHistory>) -> AnyView {
    let (words, search) = (&messages().history, messages().common.search);
    let navigate = use_navigate();
    let node = NodeRef::<html::Form>::new();
    let apply = Callback::new(move |()| {
        let Some(value) = sent(node) else { return };
        let day = |name| Date::parse(&value(name)).ok().flatten();
        let wanted = ListHistory {
            topic: Topic::from_code(&value("topic")),
            from: day("from"),
            to: day("to"),
            after: None,
            ..request.get_untracked()
        };
        let path = format!("/history{}", wanted.to_query());
        navigate(&path, NavigateOptions { scroll: false, ..Default::default() });
    });
    let person = Person::new(request);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        // A name that nobody was chosen for must not look like a filter.
        if !person.insists() {
            apply.run(());
        }
    };
    let change = move |_| {
        person.forget();
        apply.run(());
    };
    let choices = Topic::ALL.map(|topic| (topic.code().to_owned(), (words.topic)(topic).to_owned()));
    let topic = Filter {
        prefix: "history",
        name: "topic",
        label: words.topic_label,
        all: words.every_topic,
        choices: choices.into(),
    };
    let chosen = Signal::derive(move || {
        request.with(|request| request.topic.map(|topic| topic.code().to_owned())).unwrap_or_default()
    });
    let kept = move || {
        request.with(|request| {
            let person = request.person.map(|id| ("person", id.to_string()));
            let about = request.about.map(|id| ("about", id.to_string()));
            let hidden = |(name, value)| view! { <input type="hidden" name=name value=value/> }.into_any();
            [person, about].into_iter().flatten().map(hidden).collect::<Vec<_>>()
        })
    };
    view! {
        <form
            node_ref=node
            class="filters"
            role="search"
            method="get"
            action="/history"
            on:submit=submit
            on:change=change
        >
            {person.draw()}
            {dynamic(kept)}
            {topic.draw(chosen)}
            {day_field("from", words.from, Signal::derive(move || request.with(|request| request.from)))}
            {day_field("to", words.to, Signal::derive(move || request.with(|request| request.to)))}
            <button type="submit">{search}</button>
        </form>
    }
    .into_any()
}

/// One end of the period.
fn day_field(name: &'static str, label: &'static str, day: Signal<Option<Date>>) -> AnyView {
    let id = format!("history-{name}");
    let shown = move || day.get().map(Date::machine_readable).unwrap_or_default();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input type="date" id=id name=name value=untrack(shown) prop:value=shown/>
        </div>
    }
    .into_any()
}
