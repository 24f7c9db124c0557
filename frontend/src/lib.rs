//! The entry point of the browser side: it takes over the page that the server rendered.

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page. The document calls it when the WebAssembly is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    // Words about a panic cost size: only while developing.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    app::take_over();
}
