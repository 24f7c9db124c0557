//! Dates and times, written the reader's way by pure functions, so that both sides write the same.

use crate::messages::language;
use domain::{
    Language,
    time::{Date, LocalTime},
};
use leptos::prelude::*;

const ENGLISH: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const GERMAN: [&str; 12] =
    ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];

/// `24 Nov 2026` or `24. Nov. 2026`.
#[must_use]
pub fn date_written(date: impl Into<Date>, language: Language) -> String {
    let Date { year, month, day } = date.into();
    let index = usize::from(month.clamp(1, 12) - 1);
    match language {
        Language::English => format!("{day} {} {year}", ENGLISH[index]),
        Language::German => format!("{day}. {} {year}", GERMAN[index]),
    }
}

/// `24 Nov 2026, 05:12` or `24. Nov. 2026, 05:12`.
#[must_use]
pub fn time_written(time: LocalTime, language: Language) -> String {
    let LocalTime { hour, minute, .. } = time;
    format!("{}, {hour:02}:{minute:02}", date_written(time, language))
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_its_way() {
        let time = LocalTime { year: 2026, month: 11, day: 24, hour: 5, minute: 12 };
        assert_eq!(time_written(time, Language::English), "24 Nov 2026, 05:12");
        assert_eq!(time_written(time, Language::German), "24. Nov. 2026, 05:12");
        assert_eq!(date_written(LocalTime { month: 3, day: 1, ..time }, Language::German), "1. März 2026");
    }
}
