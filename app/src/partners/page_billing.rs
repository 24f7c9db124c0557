//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn PartnerBillingPage() -> impl IntoView {
    view! {}
}
