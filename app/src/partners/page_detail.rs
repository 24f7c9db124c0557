//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn PartnerPage() -> impl IntoView {
    view! {}
}
