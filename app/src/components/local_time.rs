//! Dates and times, written the reader's way by the pure functions of `domain`, so that both sides write
//! the same.

use crate::messages::language;
use domain::time::LocalTime;
pub use domain::time::{date_written, time_written};
use leptos::prelude::*;

/// A moment.
pub fn moment(time: LocalTime) -> AnyView {
    tag(time, time_written(time, language()))
}

/// A day.
pub fn day(time: LocalTime) -> AnyView {
    tag(time, date_written(time, language()))
}

fn tag(time: LocalTime, text: String) -> AnyView {
    view! { <time class="num" datetime=time.machine_readable()>{text}</time> }.into_any()
}
