//! The card that checks the history: link by link, with progress; then its head, to be kept elsewhere; and
//! comparing one that was kept.

use crate::{
    chain::functions,
    components::{
        copy_field::copy_field,
        dynamic::dynamic,
        field::{ErrorSummary, TextField},
        form::Form,
    },
    messages::messages,
    shell::is_hydrated,
};
use domain::{
    Field,
    chain::{CheckChain, Checked, CompareHead, Compared},
};
use leptos::{html, prelude::*};

/// What the card works with. Made at the top of the page's component.
#[derive(Clone, Copy)]
pub struct Chain {
    check: Form,
    compare: Form,
    step: RwSignal<Option<Checked>>,
    compared: RwSignal<Option<Compared>>,
}

impl Chain {
    /// Nothing is checked yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            check: Form::new("chain"),
            compare: Form::new("head"),
            step: RwSignal::new(None),
            compared: RwSignal::new(None),
        }
    }

    /// Checks the links after the first `checked`, and all that follow.
    fn go_on(self, checked: i64) {
        self.check.send(functions::check(CheckChain { checked }), move |step| {
            let next = (!step.is_over()).then_some(step.checked);
            self.step.set(Some(step));
            if let Some(next) = next {
                self.go_on(next);
            }
        });
    }

    fn compare(self) {
        let head = self.compare.value_untracked(Field::HistoryHead, "");
        self.compare.send(functions::compare(CompareHead { head }), move |compared| {
            self.compared.set(Some(compared));
        });
    }
}

/// The card.
pub fn chain_card(chain: Chain) -> AnyView {
    let words = &messages().chain;
    let begin = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if chain.check.is_pending() {
            return;
        }
        chain.step.set(None);
        chain.go_on(0);
    };
    view! {
        <section class="card" aria-labelledby="chain-title">
            <header><h2 id="chain-title">{words.title}</h2></header>
            <div class="body">
                <p class="soft">{words.lead}</p>
                <form method="post" on:submit=begin>
                    <ErrorSummary form=chain.check/>
                    <div role="status">{dynamic(move || chain.step.with(|step| step.as_ref().map(state)))}</div>
                    <div class="row">
                        // Disabled, it would lose the focus.
                        <button
                            type="submit"
                            disabled=move || !is_hydrated()
                            aria-disabled=move || chain.check.is_pending().then_some("true")
                        >
                            {words.check}
                        </button>
                    </div>
                </form>
                {comparison(chain)}
            </div>
        </section>
    }
    .into_any()
}

/// How far the check is, or what came of it.
fn state(step: &Checked) -> AnyView {
    let words = &messages().chain;
    if let Some(fault) = step.fault {
        return view! { <p class="note danger">{(words.fault)(fault)}</p> }.into_any();
    }
    let text = (words.progress)(step.checked, step.links);
    if !step.is_over() {
        return view! {
            <div class="stack">
                <label for="chain-progress">{text}</label>
                <progress id="chain-progress" max=step.links.to_string() value=step.checked.to_string()></progress>
            </div>
        }
        .into_any();
    }
    let hint = view! { {words.head_hint} }.into_any();
    view! {
        <div class="stack">
            <p class="note">{(words.sound)(step.links)}</p>
            {copy_field(NodeRef::<html::Input>::new(), "chain-head", words.head, &step.head, hint)}
        </div>
    }
    .into_any()
}

fn comparison(chain: Chain) -> AnyView {
    let words = &messages().chain;
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        chain.compared.set(None);
        chain.compare();
    };
    let answer = move || {
        chain.compared.get().map(|compared| {
            let class = match compared {
                Compared::Fits { .. } => "note",
                Compared::Differs => "note danger",
                Compared::Elsewhere => "note warn",
            };
            view! { <p class=class>{(words.compared)(compared)}</p> }.into_any()
        })
    };
    view! {
        <form method="post" novalidate on:submit=send>
            <ErrorSummary form=chain.compare/>
            <TextField
                form=chain.compare
                field=Field::HistoryHead
                label=(messages().fields.label)(Field::HistoryHead)
                hint=words.compare_hint
            />
            <div class="row">
                <button type="submit" disabled=move || chain.compare.is_pending() || !is_hydrated()>{words.compare}</button>
            </div>
            <div role="status">{dynamic(answer)}</div>
        </form>
    }
    .into_any()
}
