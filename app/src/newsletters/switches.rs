//! One's own switches, on the profile and beside what is stored. Each is saved at once and can be taken back.

use crate::{
    components::{
        dynamic::dynamic,
        field::ErrorSummary,
        form::Form,
        toast::{Toasts, use_toast},
    },
    load::{Loaded, again, loaded, now, replace},
    messages::{messages, newsletters::Newsletters},
    newsletters::functions,
    session::{OpenSession, use_session},
    shell::is_hydrated,
};
use domain::{
    NewsletterId,
    newsletters::{SetSwitch, Switch},
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

type Switches = Loaded<Vec<Switch>>;

/// What a switch is saved with.
#[derive(Clone, Copy)]
struct Saving {
    form: Form,
    resource: Switches,
    toasts: Toasts,
    words: &'static Newsletters,
    session: OpenSession,
}

/// The card.
pub fn switches(form: Form, resource: Switches) -> AnyView {
    let words = &messages().newsletters;
    let session = use_session();
    let saving = Saving { form, resource, toasts: use_toast(), words, session };
    loaded(resource, move |all| {
        // Drawn anew only when there are others.
        let shown = Memo::new(move |_| {
            all.with(|all| {
                all.iter().cloned().map(|switch| Switch { on: false, ..switch }).collect::<Vec<_>>()
            })
        });
        let list = dynamic(move || {
            let rows: Vec<_> = shown.with(|shown| shown.iter().map(|it| row(saving, all, it)).collect());
            if rows.is_empty() {
                view! { <p class="soft">{words.yours_none}</p> }.into_any()
            } else {
                view! { <div class="stack">{rows}</div> }.into_any()
            }
        });
        view! {
            <section class="card" id="newsletters" aria-busy=move || form.is_pending().then_some("true")>
                <header><h2>{words.yours}</h2></header>
                <div class="body">
                    <p class="soft">{words.yours_hint}</p>
                    {move || session.must_agree().then(|| view! { <p class="note">{words.yours_agree_first}</p> }.into_any())}
                    <ErrorSummary form/>
                    {list}
                    <div class="row small">
                        <span class="soft">{words.record}</span>
                        <a href="/profile/newsletters.json" rel="external" download="newsletters.json">{words.record_json}</a>
                        <a href="/profile/newsletters.csv" rel="external" download="newsletters.csv">{words.record_csv}</a>
                    </div>
                </div>
            </section>
        }
        .into_any()
    })
}

fn row(saving: Saving, all: Signal<Vec<Switch>>, switch: &Switch) -> AnyView {
    let (id, session) = (switch.id, saving.session);
    let hint_id = format!("newsletter-{id}");
    let is_on = move || all.with(|all| all.iter().any(|switch| switch.id == id && switch.on));
    let turn = move |event: web_sys::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            saving.turn(id, &input);
        }
    };
    view! {
        <div class="field check">
            <label>
                <input
                    type="checkbox"
                    role="switch"
                    id=control_id(id)
                    aria-describedby=hint_id.clone()
                    disabled=move || !is_hydrated() || session.must_agree() && !is_on()
                    checked=untrack(is_on)
                    prop:checked=is_on
                    on:change=turn
                />
                <span>{switch.name.clone()}</span>
            </label>
            <span class="hint" id=hint_id>{switch.text.clone()}</span>
        </div>
    }
    .into_any()
}

fn control_id(id: NewsletterId) -> String {
    format!("switch-{id}")
}

/// An answer draws the switches anew: whoever turned one by keyboard goes on where they were.
fn keep_focus(id: NewsletterId) {
    request_animation_frame(move || {
        if let Some(control) = document().get_element_by_id(&control_id(id)) {
            drop(control.unchecked_into::<HtmlElement>().focus());
        }
    });
}

impl Saving {
    /// Saves what a switch says now; one that can't be saved goes back.
    fn turn(self, id: NewsletterId, input: &HtmlInputElement) {
        let Self { form, resource, toasts, words, session } = self;
        let on = input.checked();
        let stored = now(resource).and_then(|all| all.into_iter().find(|switch| switch.id == id));
        let Some(stored) = stored.filter(|_| !untrack(|| form.is_pending())) else {
            return input.set_checked(!on);
        };
        let (name, input) = (stored.name, input.clone());
        let request = SetSwitch { id, text_version: stored.text_version, on };
        let saved = async move {
            let answer = functions::set(request).await;
            if answer.is_err() {
                input.set_checked(!on);
            }
            answer
        };
        form.send(saved, move |all| {
            replace(resource, all);
            keep_focus(id);
            let text = if on { words.on } else { words.off };
            if untrack(|| session.must_agree()) {
                // What can't be switched on can't be taken back.
                return toasts.show(text(&name));
            }
            toasts.show_with_undo(text(&name), move || {
                let back = SetSwitch { on: !on, ..request };
                spawn_local(async move {
                    match functions::set(back).await {
                        Ok(all) => replace(resource, all),
                        Err(_) => again(resource),
                    }
                });
            });
        });
    }
}
