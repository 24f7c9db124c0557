//! The one-time link, shown once.

use crate::{
    components::{local_time::moment, toast::use_toast},
    messages::messages,
};
use domain::users::PasswordLink;
use leptos::{html, prelude::*};

/// The link, with a button to copy it. It takes the focus when it appears.
pub fn link_box(link: &PasswordLink) -> AnyView {
    let words = messages();
    let toasts = use_toast();
    let say = &words.users;
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = node.get() {
            drop(input.focus());
            input.select();
        }
    });
    let url = link.url.clone();
    let copy = move |_| {
        if let Some(input) = node.get_untracked() {
            input.select();
        }
        // Where the browser refuses, the link is selected and can be copied by hand.
        let clipboard = window().navigator().clipboard();
        if !wasm_bindgen::JsValue::from(clipboard.clone()).is_undefined() {
            drop(clipboard.write_text(&url));
            toasts.show(words.common.copied);
        }
    };
    view! {
        <div class="field">
            <label for="password-link">{say.link}</label>
            <div class="secret">
                <input
                    node_ref=node
                    id="password-link"
                    class="mono"
                    type="text"
                    readonly
                    value=link.url.clone()
                    aria-describedby="password-link-hint"
                />
                <button type="button" on:click=copy>{words.common.copy}</button>
            </div>
            <span class="hint" id="password-link-hint">
                {say.link_once} " " {say.link_until} " " {moment(link.expires)} "."
            </span>
        </div>
    }
    .into_any()
}
