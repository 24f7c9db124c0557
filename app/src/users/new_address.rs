//! A new address that was not confirmed yet.

use crate::{messages::messages, shell::is_hydrated};
use leptos::prelude::*;

/// Which address waits to be confirmed, and a way to take it back.
pub fn new_address(email: &str, withdraw: Callback<()>) -> AnyView {
    let say = &messages().users;
    view! {
        <div class="note" role="status">
            <p><strong>{say.new_email}": "{email.to_owned()}</strong></p>
            <p>{say.new_email_hint}</p>
            <button type="button" disabled=move || !is_hydrated() on:click=move |_| withdraw.run(())>{say.withdraw}</button>
        </div>
    }
    .into_any()
}
