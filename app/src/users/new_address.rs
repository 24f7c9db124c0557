//! A new address that was not confirmed yet.

use crate::{messages::messages, shell::is_hydrated};
use leptos::{ev::MouseEvent, prelude::*};

/// Which address waits to be confirmed, and a way to take it back.
pub fn new_address(email: &str, withdraw: impl FnMut(MouseEvent) + 'static) -> AnyView {
    let say = &messages().users;
    view! {
        <div class="note" role="status">
            <p><strong>{say.new_email}": "{email.to_owned()}</strong></p>
            <p>{say.new_email_hint}</p>
            <button type="button" disabled=move || !is_hydrated() on:click=withdraw>{say.withdraw}</button>
        </div>
    }
    .into_any()
}
