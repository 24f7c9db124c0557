//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn HistoryPage() -> impl IntoView {
    view! {}
}
