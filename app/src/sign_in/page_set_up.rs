//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn SetUpPage() -> impl IntoView {
    view! {}
}
