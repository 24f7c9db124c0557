//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn ProfilePage() -> impl IntoView {
    view! {}
}
