//! The way to the browser's passkeys.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/second_factor/passkeys.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = answer)]
    async fn ask(options: &str, adds: bool) -> Result<JsValue, JsValue>;
}

/// The answer in JSON; nothing if there is none.
pub(super) async fn answer(options: &str, adds: bool) -> Option<String> {
    ask(options, adds).await.ok()?.as_string()
}
