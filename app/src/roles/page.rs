//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn RolesPage() -> impl IntoView {
    view! {}
}
