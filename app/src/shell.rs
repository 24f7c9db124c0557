//! The document around the pages, and the policy that goes with it.

use crate::{
    components::frame::Frame, insights::uses::provide_uses, messages, pages::pages, session::provide_session,
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;
use std::collections::BTreeMap;

/// The names of the built files, under `/pkg`. The server provides it as context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The module that loads the WebAssembly.
    pub js: String,
    /// The module that loads its chunks.
    pub loader: String,
    /// The style sheet.
    pub css: String,
    /// The WebAssembly that every page needs.
    pub wasm: String,
    /// What the pages of each chunk need besides.
    pub chunks: BTreeMap<String, Vec<String>>,
}

/// The document around the pages. It also writes the policy into the answer: nothing is loaded
/// from anywhere but here, and no script runs but ours.
#[cfg(feature = "ssr")]
pub fn shell() -> impl IntoView {
    let language = crate::context::language();
    let Assets { js, loader, css, wasm, .. } = expect_context();
    let nonce = leptos::nonce::use_nonce();
    let nonce_text = nonce.as_ref().map(ToString::to_string).unwrap_or_default();
    crate::context::append_header(http::header::CONTENT_SECURITY_POLICY, &policy(&nonce_text));
    let css = format!("/pkg/{css}");
    let js = format!("/pkg/{js}");
    let loader = format!("/pkg/{loader}");
    let wasm = format!("/pkg/{wasm}");
    let start = format!(
        r#"import init, {{ hydrate }} from "{js}"; init({{ module_or_path: "{wasm}" }}).then(() => hydrate());"#
    );
    view! {
        <!DOCTYPE html>
        <html lang=language.code() data-theme=crate::context::theme().code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" type="image/svg+xml" href="/pkg/favicon.svg"/>
                <link rel="stylesheet" href=css/>
                <link rel="modulepreload" href=js nonce=nonce.clone()/>
                <link rel="modulepreload" href=loader nonce=nonce.clone()/>
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                <script type="module" nonce=nonce>{start}</script>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The content security policy of a page.
#[cfg(feature = "ssr")]
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    )
}

/// Whether the page was taken over by WebAssembly.
#[derive(Clone, Copy)]
struct Hydrated(RwSignal<bool>);

/// Whether the page was taken over by WebAssembly, so that buttons work. Tracked.
#[must_use]
pub fn is_hydrated() -> bool {
    use_context::<Hydrated>().is_some_and(|Hydrated(hydrated)| hydrated.get())
}

/// All pages.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    messages::provide_language();
    let session = provide_session();
    provide_uses();
    let hydrated = RwSignal::new(false);
    provide_context(Hydrated(hydrated));
    Effect::new(move |_| {
        request_animation_frame(move || {
            hydrated.set(true);
            #[cfg(feature = "hydrate")]
            forget_serialised();
            if let Some(html) = document().document_element() {
                drop(html.set_attribute("data-hydrated", "true"));
            }
        });
    });
    #[cfg(feature = "hydrate")]
    crate::live::listen(session);
    #[cfg(not(feature = "hydrate"))]
    let _ = session;
    view! {
        <Router>
            <Frame>{pages()}</Frame>
        </Router>
    }
}

/// Takes what the server had serialised out of the page and of memory: it was read, and it must not
/// outlive the right to see it.
#[cfg(feature = "hydrate")]
fn forget_serialised() {
    use wasm_bindgen::JsCast;
    use web_sys::js_sys::{Array, Reflect};
    const RESOURCES: &str = "__RESOLVED_RESOURCES";
    if let Ok(scripts) = document().query_selector_all("script") {
        for script in (0..scripts.length()).filter_map(|index| scripts.item(index)) {
            let serialised = script.text_content().is_some_and(|text| text.contains(RESOURCES));
            if serialised && let Some(parent) = script.parent_node() {
                drop(parent.remove_child(&script));
            }
        }
    }
    let stored = Reflect::get(&window(), &RESOURCES.into()).ok();
    if let Some(stored) = stored.and_then(|stored| stored.dyn_into::<Array>().ok()) {
        stored.set_length(0);
    }
}
