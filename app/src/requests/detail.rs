//! What a request looks like, to its author and to those who answer.

use crate::{
    components::{
        badge::{Tone, badge},
        dynamic::dynamic,
        local_time::{day, moment},
        person_name::person_name,
    },
    messages::messages,
};
use domain::{
    DataRequestId, Field, UserId,
    history::Named,
    requests::{DataRequest, RequestRow, RequestState},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The id in the page's address, if it is one.
pub fn request_in_path() -> Memo<Option<DataRequestId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id")?.parse().ok()))
}

/// Where it stands.
pub fn state_badge(row: &RequestRow) -> AnyView {
    let words = &messages().requests;
    let tone = match row.state {
        RequestState::Open => Tone::Off,
        RequestState::Answered => Tone::On,
        RequestState::Withdrawn => Tone::Plain,
    };
    badge(tone, (words.state)(row.state))
}

/// The last day to answer on, and what has to be known about it.
pub fn due(row: &RequestRow) -> AnyView {
    let words = &messages().requests;
    let overdue =
        row.overdue.then(|| view! { " " <span class="badge danger">{words.overdue}</span> }.into_any());
    let extended = row.extended.then(|| view! { " " {badge(Tone::Plain, words.extended)} }.into_any());
    view! { {day(row.due)}{overdue}{extended} }.into_any()
}

/// A name, and whether it is one of somebody who left.
pub fn person(named: &Named<UserId>) -> AnyView {
    let words = &messages().history;
    let mark = match (named.gone, named.external) {
        (true, _) => Some(words.terminated),
        (false, true) => Some(words.external),
        (false, false) => None,
    };
    let mark = mark.map(|mark| view! { " " {badge(Tone::Plain, mark)} }.into_any());
    view! { {person_name(&named.name).to_owned()}{mark} }.into_any()
}

/// All that is known of a request, with its texts.
pub fn facts(request: Signal<DataRequest>) -> AnyView {
    dynamic(move || {
        request.with(|request| {
            let words = messages();
            let say = &words.requests;
            let row = &request.row;
            let closed = request.closed.map(|at| {
                let label =
                    if row.state == RequestState::Answered { say.answered_on } else { say.withdrawn_on };
                view! { <dt>{label}</dt><dd>{moment(at)}</dd> }.into_any()
            });
            let officer = request.answered_by.as_ref().map(|officer| {
                let own = (officer.id == row.author.id)
                    .then(|| view! { " " {badge(Tone::Off, say.by_author)} }.into_any());
                view! { <dt>{say.answered_by}</dt><dd>{person(officer)}{own}</dd> }.into_any()
            });
            let erased =
                request.erased_on.map(|on| view! { <dt>{say.erased_on}</dt><dd>{day(on)}</dd> }.into_any());
            view! {
                <section class="card">
                    <div class="body">
                        <dl class="facts">
                            <dt>{(words.fields.label)(Field::RequestKind)}</dt><dd>{(say.kind)(row.kind)}</dd>
                            <dt>{say.author}</dt><dd>{person(&row.author)}</dd>
                            <dt>{say.filed}</dt><dd>{moment(row.filed)}</dd>
                            <dt>{say.due}</dt><dd>{due(row)}</dd>
                            {closed}{officer}{erased}
                        </dl>
                    </div>
                </section>
                {texts(request)}
            }
            .into_any()
        })
    })
}

fn texts(request: &DataRequest) -> AnyView {
    let say = &messages().requests;
    let extended = request.extended_at.is_some().then(|| text(say.reason_title, request.reason.as_deref()));
    let answered = (request.row.state == RequestState::Answered)
        .then(|| text(say.answer_title, request.answer.as_deref()));
    view! { {text(say.text_title, request.text.as_deref())} {extended} {answered} }.into_any()
}

fn text(title: &'static str, text: Option<&str>) -> AnyView {
    let shown = match text {
        Some(text) => view! { <p class="lines">{text.to_owned()}</p> }.into_any(),
        None => view! { <p class="soft">{messages().requests.erased}</p> }.into_any(),
    };
    view! {
        <section class="card">
            <header><h2>{title}</h2></header>
            <div class="body">{shown}</div>
        </section>
    }
    .into_any()
}
