//! A moment or a day, told in the organisation's time zone. The server converts, the pages only
//! write it down, so both sides write the same.

use crate::{Language, Problem};
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

/// A day in the organisation's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Date {
    /// Year, such as 2026.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

impl Date {
    /// The day in what a date field sends: `2026-11-24` (ISO 8601). Nothing at all is no day.
    ///
    /// # Errors
    /// `NotADate` for anything else, and for days that no calendar has.
    pub fn parse(typed: &str) -> Result<Option<Self>, Problem> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let parts: Vec<_> = typed.split('-').collect();
        let [year, month, day] = parts[..] else { return Err(Problem::NotADate) };
        let digits = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
        if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
            return Err(Problem::NotADate);
        }
        let number = |text: &str| text.parse::<i16>().map_err(|_| Problem::NotADate);
        let (year, month, day) = (number(year)?, number(month)?, number(day)?);
        if (1..=days_of_month(year, month)).contains(&day) {
            let small = |number| u8::try_from(number).map_err(|_| Problem::NotADate);
            Ok(Some(Self { year, month: small(month)?, day: small(day)? }))
        } else {
            Err(Problem::NotADate)
        }
    }

    /// For the `datetime` attribute and date fields: `2026-11-24`.
    #[must_use]
    pub fn machine_readable(self) -> String {
        let Self { year, month, day } = self;
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// How many days a month has in the Gregorian calendar; none where there is no such month.
const fn days_of_month(year: i16, month: i16) -> i16 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

impl From<LocalTime> for Date {
    fn from(LocalTime { year, month, day, .. }: LocalTime) -> Self {
        Self { year, month, day }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for good in ["2026-11-24", " 2028-02-29 ", "2000-02-29", "9999-12-31"] {
            let date = Date::parse(good).unwrap().unwrap();
            assert_eq!(date.machine_readable(), good.trim());
        }
        assert_eq!(Date::parse("  "), Ok(None));
        for bad in [
            "2026-02-29",
            "2100-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "26-01-01",
            "+026-01-01",
            "x",
        ] {
            assert_eq!(Date::parse(bad), Err(Problem::NotADate), "{bad}");
        }
    }

    #[test]
    fn each_language_writes_its_way() {
        let time = LocalTime { year: 2026, month: 11, day: 24, hour: 5, minute: 12 };
        assert_eq!(time_written(time, Language::English), "24 Nov 2026, 05:12");
        assert_eq!(time_written(time, Language::German), "24. Nov. 2026, 05:12");
        assert_eq!(date_written(LocalTime { month: 3, day: 1, ..time }, Language::German), "1. März 2026");
    }
}
