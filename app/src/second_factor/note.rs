//! What is said on every page while rights wait for a second factor.

use crate::{messages::messages, session::OpenSession};
use leptos::prelude::*;

/// The note, while there is a reason for it.
pub fn waiting_note(session: OpenSession) -> AnyView {
    let words = &messages().second_factor;
    let waits = Memo::new(move |_| session.rights().wait_for_second_factor());
    let note = move || {
        waits.get().then(|| {
            view! {
                <div class="note warn" role="status">
                    <strong>{words.waiting_title}</strong>
                    <p>{words.waiting}</p>
                    <p><a href="/profile#second-factor">{words.waiting_link}</a></p>
                </div>
            }
        })
    };
    note.into_any()
}
