//! Recovery codes, shown once.

use crate::{
    components::{focus::focus_soon, toast::use_toast},
    messages::messages,
    second_factor::totp::TITLE,
};
use leptos::{html, prelude::*};
use leptos_router::location::Url;

/// The codes, with buttons to copy and to download them. The box takes the focus when it appears, and
/// goes when its reader says that they have kept the codes.
pub(super) fn code_box(codes: Vec<String>, shown: RwSignal<Vec<String>>) -> AnyView {
    let words = messages();
    let say = &words.second_factor;
    let toasts = use_toast();
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            drop(element.focus());
        }
    });
    let text = codes.join("\n");
    let file = format!("data:text/plain;charset=utf-8,{}", Url::escape(&text));
    let copy = move |_| {
        // Where the browser refuses, the codes can be selected and copied by hand.
        let clipboard = window().navigator().clipboard();
        if !wasm_bindgen::JsValue::from(clipboard.clone()).is_undefined() {
            drop(clipboard.write_text(&text));
            toasts.show(words.common.copied);
        }
    };
    let kept = move |_| {
        shown.set(Vec::new());
        focus_soon(TITLE);
    };
    let items: Vec<_> = codes.into_iter().map(|code| view! { <li class="mono">{code}</li> }).collect();
    view! {
        <div class="note warn" tabindex="-1" node_ref=node>
            <p>{say.codes_once}</p>
            <ul class="codes">{items}</ul>
            <div class="row">
                <button type="button" on:click=copy>{words.common.copy}</button>
                <a class="button" href=file download=say.file rel="external">{say.download}</a>
                <button type="button" class="main" on:click=kept>{say.kept}</button>
            </div>
        </div>
    }
    .into_any()
}
