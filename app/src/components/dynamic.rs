//! Parts of a page that change while it is open.

use leptos::{prelude::*, tachys::reactive_graph::SharedReactiveFunction};
use std::sync::{Arc, Mutex};

/// What is drawn anew whenever something that `draw` reads changes. Let it give an [`AnyView`], an
/// `Option` or a `Vec` of them, or a text: any further type is code of its own in the browser.
pub fn dynamic<V: IntoView + 'static>(draw: impl FnMut() -> V + Send + 'static) -> AnyView {
    let draw: SharedReactiveFunction<V> = Arc::new(Mutex::new(draw));
    draw.into_any()
}
