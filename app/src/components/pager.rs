//! From one page of a list to the next. The page is in the address, so it can be linked to.

use crate::messages::messages;
use leptos::prelude::*;

/// Links to the page before and the page after; without one, a disabled button stands there.
pub fn pager(previous: Option<String>, next: Option<String>) -> AnyView {
    let words = &messages().common;
    view! {
        <nav class="pager row" aria-label=words.pages>
            {step(words.previous, "prev", previous)}
            {step(words.next, "next", next)}
        </nav>
    }
    .into_any()
}

fn step(text: &'static str, rel: &'static str, href: Option<String>) -> AnyView {
    match href {
        Some(href) => view! { <a class="button" rel=rel href=href>{text}</a> }.into_any(),
        None => view! { <button type="button" disabled>{text}</button> }.into_any(),
    }
}
