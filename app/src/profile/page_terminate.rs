//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn TerminatePage() -> impl IntoView {
    view! {}
}
