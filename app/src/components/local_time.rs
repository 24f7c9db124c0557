//! Dates and times, written the reader's way by the pure functions of `domain`, so that both sides write
//! the same.

use crate::messages::language;
use domain::time::{Date, LocalTime};
pub use domain::time::{date_written, time_written};
use leptos::prelude::*;

/// A moment.
pub fn moment(time: LocalTime) -> AnyView {
    tag(time.machine_readable(), time_written(time, language()))
}

/// A day.
pub fn day(date: impl Into<Date>) -> AnyView {
    let date = date.into();
    tag(date.machine_readable(), date_written(date, language()))
}

fn tag(machine_readable: String, text: String) -> AnyView {
    view! { <time class="num" datetime=machine_readable>{text}</time> }.into_any()
}
