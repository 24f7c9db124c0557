//! Live events in the browser: one stream, open while somebody is signed in and looks at the page.
//!
//! An event says that something changed, never what, so the page asks. It also asks whenever the
//! stream opens, because what happened before then, or in a gap, was missed. `<html data-live>`
//! tells that the stream is open and has been asked after.

use crate::session::{OpenSession, leave_for_sign_in};
use domain::event::EventKind;
use futures::{StreamExt, stream};
use gloo_net::eventsource::futures::EventSource;
use leptos::{leptos_dom::helpers::window_event_listener_untyped, prelude::*};
use std::time::Duration;
use web_sys::VisibilityState;

/// The wait before a stream that the server ended is opened again.
const PAUSE: Duration = Duration::from_secs(2);

/// The stream, and how often it was opened or closed: a task of an older count is over.
#[derive(Clone, Copy)]
struct Stream {
    session: OpenSession,
    source: StoredValue<Option<EventSource>, LocalStorage>,
    count: StoredValue<u32>,
}

/// Opens and closes the stream as the session and the visibility of the page ask for.
pub fn listen(session: OpenSession) {
    let visible = RwSignal::new(is_visible());
    for event in ["visibilitychange", "pageshow"] {
        window_event_listener_untyped(event, move |_| visible.set(is_visible()));
    }
    window_event_listener_untyped("pagehide", move |_| visible.set(false));
    let wanted = Memo::new(move |_| visible.get() && session.is_open());
    let stream = Stream { session, source: StoredValue::new_local(None), count: StoredValue::new(0) };
    Effect::new(move |_| if wanted.get() { stream.open() } else { stream.close() });
}

impl Stream {
    fn close(self) {
        self.count.update_value(|count| *count += 1);
        self.source.set_value(None);
        mark(false);
    }

    fn open(self) {
        self.close();
        let count = self.count.get_value();
        let Ok(mut source) = EventSource::new("/events") else { return };
        let kinds = [EventKind::RightsChanged, EventKind::JobProgress, EventKind::SignedOut];
        let names = kinds.into_iter().map(EventKind::name).chain(["open"]);
        let events: Vec<_> = names.filter_map(|name| source.subscribe(name).ok()).collect();
        self.source.set_value(Some(source));
        leptos::task::spawn_local(async move {
            let mut events = stream::select_all(events);
            while let Some(Ok((name, _))) = events.next().await {
                if self.count.get_value() != count {
                    return;
                }
                self.take(&name);
            }
            if self.count.get_value() == count {
                self.close();
                self.open_later();
            }
        });
    }

    fn take(self, name: &str) {
        if name == EventKind::SignedOut.name() {
            if !self.session.is_ending() {
                leave_for_sign_in();
            }
        } else if name == EventKind::JobProgress.name() {
            self.session.look_at_jobs();
        } else {
            self.session.look_at_jobs();
            self.session.ask_again(name == EventKind::RightsChanged.name());
            mark(true);
        }
    }

    /// The server refused or ended the stream: perhaps the session is over.
    fn open_later(self) {
        let count = self.count.get_value();
        let again = move || {
            if self.count.get_value() == count {
                self.session.ask_again(false);
                self.open();
            }
        };
        set_timeout(again, PAUSE);
    }
}

fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

fn mark(live: bool) {
    if let Some(html) = document().document_element() {
        drop(html.set_attribute("data-live", if live { "true" } else { "false" }));
    }
}
