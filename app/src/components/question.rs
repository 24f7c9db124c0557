//! A question that explains itself: why something can't be done, who can see something. A page has only the
//! button; the answer's code is fetched when somebody asks.

use crate::{
    Failure,
    components::{dynamic::dynamic, failure_view::failure_note},
    shell::is_hydrated,
};
use domain::Permission;
use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_split::{SplitLoaderError, wasm_split},
};

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Why one doesn't hold a permission.
    Why(Permission),
    /// Who holds one.
    Who(Permission),
}

type Answer = fn(Question) -> AnyView;

#[wasm_split(explain, wasm_split_path = leptos::wasm_split, fallible)]
fn answer() -> Result<Answer, SplitLoaderError> {
    Ok(crate::explain::answer::answer)
}

/// A button with the words of a question, and its answer once it is asked.
pub fn question(words: impl Into<String>, question: Question) -> AnyView {
    draw(words.into(), question)
}

/// The same, as long as there is something to ask. What is open stays open until then, whatever is loaded again.
pub fn question_while(asked: Signal<bool>, words: impl Into<String>, question: Question) -> AnyView {
    let words = words.into();
    let asked = Memo::new(move |_| asked.get());
    dynamic(move || asked.get().then(|| draw(words.clone(), question)))
}

fn draw(words: String, question: Question) -> AnyView {
    let known = StoredValue::new(None::<Answer>);
    let open = RwSignal::new(false);
    let toggle = move |_| {
        if open.get_untracked() {
            return open.set(false);
        }
        spawn_local(async move {
            let fetched = answer().await.ok();
            // Whoever has left the page meanwhile is told nothing.
            if !open.is_disposed() {
                known.set_value(fetched);
                open.set(true);
            }
        });
    };
    let shown = dynamic(move || {
        open.get().then(|| match known.get_value() {
            Some(answer) => answer(question),
            None => failure_note(Failure::Unreachable),
        })
    });
    view! {
        <div class="question">
            <button
                type="button"
                class="link small"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                disabled=move || !is_hydrated()
                on:click=toggle
            >
                {words}
            </button>
            {shown}
        </div>
    }
    .into_any()
}
