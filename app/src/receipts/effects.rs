//! What goes when an account ends, as a list.

use crate::messages::messages;
use domain::receipts::Removed;
use leptos::prelude::*;

/// One line for each kind, with its number where there can be more than one.
pub fn removed_list(removed: &[Removed]) -> AnyView {
    let words = &messages().receipts;
    let line = |removed: &Removed| {
        let name = (words.category)(removed.category);
        let text =
            if removed.category.is_single() { name.to_owned() } else { format!("{name}: {}", removed.count) };
        view! { <li>{text}</li> }.into_any()
    };
    let lines: Vec<_> = removed.iter().map(line).collect();
    view! { <ul class="effects">{lines}</ul> }.into_any()
}
