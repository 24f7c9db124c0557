//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn SetPasswordPage() -> impl IntoView {
    view! {}
}
