//! Short messages about what was just done, with a way to undo it.

use crate::components::dynamic::dynamic;
use crate::messages::messages;
use leptos::{prelude::*, tachys::dom::document};
use std::{sync::Arc, time::Duration};

/// How long a message stays, unless it is pointed at or focused.
const STAY: Duration = Duration::from_secs(8);
/// How long one stays that can be undone.
const STAY_WITH_UNDO: Duration = Duration::from_secs(20);

#[derive(Clone)]
struct Message {
    number: u32,
    text: String,
    undo: Option<Undo>,
}

/// It outlives the page that made it, so it isn't a `Callback`, which would end with the page.
type Undo = Arc<dyn Fn() + Send + Sync>;

/// The messages of the page: the latest one is shown. `Copy`, found by [`use_toast`].
#[derive(Clone, Copy)]
pub struct Toasts {
    latest: RwSignal<Option<Message>>,
    count: StoredValue<u32>,
}

/// Makes messages possible in all components below.
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts { latest: RwSignal::default(), count: StoredValue::new(0) };
    provide_context(toasts);
    toasts
}

/// The messages of this page.
#[must_use]
pub fn use_toast() -> Toasts {
    expect_context()
}

impl Toasts {
    /// Says that something was done.
    pub fn show(self, text: impl Into<String>) {
        self.put(text.into(), None);
    }

    /// Says that something was done, and offers to undo it. Somebody may undo it from another page:
    /// `undo` may use what it owns, and `load::replace` and `load::again`, but no signal of its page.
    pub fn show_with_undo(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.put(text.into(), Some(Arc::new(undo)));
    }

    /// Takes the message away.
    pub fn dismiss(self) {
        self.latest.set(None);
    }

    fn put(self, text: String, undo: Option<Undo>) {
        let number = self.count.get_value() + 1;
        self.count.set_value(number);
        let stay = if undo.is_some() { STAY_WITH_UNDO } else { STAY };
        self.latest.set(Some(Message { number, text, undo }));
        self.dismiss_later(number, stay);
    }

    fn dismiss_later(self, number: u32, stay: Duration) {
        let end = move || {
            let shown = self.latest.with_untracked(|latest| latest.as_ref().map(|message| message.number));
            if shown != Some(number) {
                return;
            }
            let used = document().query_selector(".toast:hover, .toast:focus-within").ok().flatten();
            if used.is_some() { self.dismiss_later(number, stay) } else { self.dismiss() }
        };
        set_timeout(end, stay);
    }
}

/// Where messages appear. It is always there, so that screen readers notice what comes into it.
#[component]
pub fn ToastRegion(toasts: Toasts) -> impl IntoView {
    let words = &messages().common;
    let (undo_text, close) = (words.undo, words.close);
    let shown = dynamic(move || {
        toasts.latest.get().map(|Message { text, undo, .. }| {
            let undo = undo.map(|undo| {
                let act = move |_| {
                    toasts.dismiss();
                    undo();
                };
                view! { <button type="button" on:click=act>{undo_text}</button> }.into_any()
            });
            view! {
                <div class="toast">
                    <span>{text}</span>
                    {undo}
                    <button type="button" class="close" aria-label=close on:click=move |_| toasts.dismiss()>"×"</button>
                </div>
            }
            .into_any()
        })
    });
    view! { <div class="toasts" role="status">{shown}</div> }
}
