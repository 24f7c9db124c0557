//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn PartnersPage() -> impl IntoView {
    view! {}
}
