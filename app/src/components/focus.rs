//! Where the keyboard goes on when what it was at is gone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Moves the focus to the element with this `id`; answers whether there is one.
pub fn focus(id: &str) -> bool {
    let Some(element) = document().get_element_by_id(id) else { return false };
    drop(element.unchecked_into::<HtmlElement>().focus());
    true
}

/// Whether the focus is inside what this selector (CSS) means, or nowhere.
pub fn is_within(selector: &str) -> bool {
    let Some(element) = document().active_element() else { return true };
    element.tag_name() == "BODY" || element.closest(selector).is_ok_and(|found| found.is_some())
}

/// Moves the focus there once the change that is under way has been drawn. Headings need
/// `tabindex="-1"` for it.
pub fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    request_animation_frame(move || {
        let _ = focus(&id);
    });
}
