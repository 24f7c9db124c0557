//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn UserPage() -> impl IntoView {
    view! {}
}
