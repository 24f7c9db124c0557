//! What stands where there is nothing yet.

use leptos::prelude::*;

/// Says what belongs here, and offers the first step as children.
#[component]
pub fn Empty(
    /// What is missing.
    #[prop(into)]
    title: String,
    /// What belongs here.
    #[prop(optional, into)]
    text: String,
    /// The first step: a link or a button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            {(!text.is_empty()).then(|| view! { <p class="soft">{text}</p> }.into_any())}
            {children.map(|children| view! { <div class="row">{children()}</div> }.into_any())}
        </div>
    }
    .into_any()
}
