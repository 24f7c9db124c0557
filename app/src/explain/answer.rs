//! Answers, within the page that asks: why one doesn't hold a permission, with a way to ask for it, and who
//! holds one.

use super::functions;
use crate::{
    components::{
        badge::{Tone, badge},
        dynamic::dynamic,
        field::ErrorSummary,
        form::Form,
        local_time::time_written,
        person_name::person_name,
        question::Question,
    },
    load::{load, loaded_within, replace},
    messages::{language, messages},
    roles::names::role_name,
    shell::is_hydrated,
};
use domain::{
    Permission, UserId,
    explain::{AboutPermission, AskedState, Explanation, Granters, Holder, Holders},
    history::Named,
    rights::Missing,
};
use leptos::prelude::*;

/// What stands below the question.
pub fn answer(question: Question) -> AnyView {
    match question {
        Question::Why(permission) => why(permission),
        Question::Who(permission) => who(permission),
    }
}

fn why(permission: Permission) -> AnyView {
    let resource = load(move || permission, |permission| functions::why(AboutPermission { permission }));
    let form = Form::new("ask");
    let changed = Callback::new(move |explanation| replace(resource, explanation));
    loaded_within(resource, move |explanation| explained(permission, form, explanation, changed))
}

fn explained(
    permission: Permission,
    form: Form,
    explanation: Signal<Explanation>,
    changed: Callback<Explanation>,
) -> AnyView {
    let words = messages();
    let say = &words.explain;
    let text = (words.permissions.of)(permission);
    let reason = dynamic(move || {
        explanation.with(|known| match known.missing {
            None => say.held.to_owned(),
            Some(Missing::External) => say.external.to_owned(),
            Some(Missing::SecondFactor) => say.second_factor.to_owned(),
            Some(Missing::Role) => (say.roles)(&role_list(&known.roles)),
        })
    });
    let way = dynamic(move || {
        explanation.with(|known| match known.missing {
            Some(Missing::Role) => {
                let granters = granters(&known.granters);
                Some(view! { <p>{granters}</p> }.into_any())
            }
            Some(Missing::SecondFactor) => {
                Some(view! { <p><a href="/profile">{say.to_profile}</a></p> }.into_any())
            }
            Some(Missing::External) | None => None,
        })
    });
    view! {
        <div class="note">
            <p>{(say.takes)(text.label, text.allows)}</p>
            <p>{reason}</p>
            {way}
            {asked(permission, form, explanation, changed)}
        </div>
    }
    .into_any()
}

/// What became of an own request, and the button that asks, or takes it back.
fn asked(
    permission: Permission,
    form: Form,
    explanation: Signal<Explanation>,
    changed: Callback<Explanation>,
) -> AnyView {
    let say = &messages().explain;
    let written = language();
    let waits = Memo::new(move |_| {
        explanation.with(|known| known.asked.is_some_and(|asked| asked.state == AskedState::Open))
    });
    let possible = Memo::new(move |_| explanation.with(|known| known.missing == Some(Missing::Role)));
    let state = dynamic(move || {
        let asked = explanation.with(|known| known.asked).filter(|_| possible.get())?;
        let at = time_written(asked.closed.unwrap_or(asked.asked), written);
        Some(view! { <p><strong>{(say.asked)(asked.state, &at)}</strong></p> }.into_any())
    });
    let send = move |_| {
        let request = AboutPermission { permission };
        let then = move |explanation| changed.run(explanation);
        if waits.get_untracked() {
            form.send(functions::take_back(request), then);
        } else {
            form.send(functions::ask(request), then);
        }
    };
    let button = dynamic(move || {
        possible.get().then(|| {
            view! {
                <div class="row">
                    <button
                        type="button"
                        disabled=move || !is_hydrated()
                        aria-busy=move || form.is_pending().then_some("true")
                        on:click=send
                    >
                        {move || if waits.get() { say.take_back } else { say.ask }}
                    </button>
                </div>
            }
            .into_any()
        })
    });
    view! { <div role="status">{state}</div> <ErrorSummary form/> {button} }.into_any()
}

fn granters(granters: &Granters) -> String {
    let say = &messages().explain;
    if granters.named.is_empty() {
        return (say.granters)(granters.count);
    }
    let names: Vec<_> = granters.named.iter().map(|named| person_name(&named.name)).collect();
    (say.granters_named)(&names.join(", "))
}

/// Names of roles in the reader's language, in quotation marks.
fn role_list(roles: &[String]) -> String {
    let words = messages();
    let names: Vec<_> = roles.iter().map(|role| (words.explain.quoted)(&role_name(role, words))).collect();
    names.join(", ")
}

fn who(permission: Permission) -> AnyView {
    let resource = load(move || permission, |permission| functions::holders(AboutPermission { permission }));
    loaded_within(resource, move |holders: Signal<Holders>| {
        let say = &messages().explain;
        let label = messages().permissions.label(permission);
        let list =
            dynamic(move || holders.with(|holders| holders.named.iter().map(holder).collect::<Vec<_>>()));
        let count = dynamic(move || (say.holders)(label, holders.with(|holders| holders.count)));
        view! {
            <div class="note">
                <p>{count}</p>
                <ul>{list}</ul>
                <p class="soft small">{say.holders_hint}</p>
            </div>
        }
        .into_any()
    })
}

fn holder(holder: &Holder) -> AnyView {
    let through = (messages().explain.through)(&role_list(&holder.roles));
    view! { <li>{person(&holder.user)}" "<span class="soft">{through}</span></li> }.into_any()
}

/// A link to somebody, and whether they are from outside.
pub(super) fn person(named: &Named<UserId>) -> AnyView {
    let outside =
        named.external.then(|| view! { " " {badge(Tone::Plain, messages().users.external)} }.into_any());
    let href = format!("/users/{}", named.id);
    view! { <a href=href>{person_name(&named.name).to_owned()}</a>{outside} }.into_any()
}
