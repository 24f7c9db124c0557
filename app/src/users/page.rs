//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn UsersPage() -> impl IntoView {
    view! {}
}
