//! A line that can't be changed, with a button to copy it.

use crate::{components::toast::use_toast, messages::messages};
use leptos::{html, prelude::*};

/// The line, under its label and above its hint.
pub fn copy_field(
    node: NodeRef<html::Input>,
    id: &'static str,
    label: &'static str,
    value: &str,
    hint: AnyView,
) -> AnyView {
    let (words, toasts) = (&messages().common, use_toast());
    let text = value.to_owned();
    let copy = move |_| {
        if let Some(input) = node.get_untracked() {
            input.select();
        }
        // Where the browser refuses, the line is selected and can be copied by hand.
        let clipboard = window().navigator().clipboard();
        if !wasm_bindgen::JsValue::from(clipboard.clone()).is_undefined() {
            drop(clipboard.write_text(&text));
            toasts.show(words.copied);
        }
    };
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="secret">
                <input
                    node_ref=node
                    id=id
                    class="mono"
                    type="text"
                    readonly
                    value=value.to_owned()
                    aria-describedby=hint_id.clone()
                />
                <button type="button" on:click=copy>{words.copy}</button>
            </div>
            <span class="hint" id=hint_id>{hint}</span>
        </div>
    }
    .into_any()
}
