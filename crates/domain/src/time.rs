//! A moment, told as wall-clock time of the organisation. The server converts, the pages only
//! write it down, so both sides write the same.

use crate::Language;
use serde::{Deserialize, Serialize};

/// Date and time of day in the organisation's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LocalTime {
    /// Year, such as 2026.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
}

impl LocalTime {
    /// For the `datetime` attribute: `2026-11-24T05:12`.
    #[must_use]
    pub fn machine_readable(self) -> String {
        let Self { year, month, day, hour, minute } = self;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    }
}

const ENGLISH: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const GERMAN: [&str; 12] =
    ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];

/// `24 Nov 2026` or `24. Nov. 2026`.
#[must_use]
pub fn date_written(time: LocalTime, language: Language) -> String {
    let LocalTime { year, month, day, .. } = time;
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
