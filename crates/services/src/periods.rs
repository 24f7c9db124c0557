//! Periods of the calendar: days are counted from 1970-01-01, so that they mean the same in every
//! time zone and stay where they are when an organisation changes its own.

use crate::local_time::{end_of_day, local_time};
use domain::time::Date;
use jiff::{ToSpan, civil};

/// The day that a moment (unix milliseconds) lies on in an IANA time zone.
pub(crate) fn day_at(milliseconds: i64, time_zone: &str) -> i64 {
    let Date { year, month, day } = local_time(milliseconds, time_zone).into();
    let date = civil::Date::new(year, month.cast_signed(), day.cast_signed()).unwrap_or(civil::Date::MAX);
    epoch().until(date).map_or(0, |span| i64::from(span.get_days()))
}

/// A day as people write it.
pub(crate) fn date_of(day: i64) -> Date {
    let date = civil_date(day);
    Date { year: date.year(), month: date.month().unsigned_abs(), day: date.day().unsigned_abs() }
}

/// The day of the same number so many months later, or the last one of a month that is too short
/// (Regulation 1182/71, Art. 3(2)(c)).
pub(crate) fn months_after(day: i64, months: u8) -> i64 {
    let later = civil_date(day).saturating_add(i64::from(months).months());
    epoch().until(later).map_or(day, |span| i64::from(span.get_days()))
}

/// The end of the last day of a year, so many years after that of a moment; in unix milliseconds.
pub(crate) fn end_of_year(milliseconds: i64, years_later: i16, time_zone: &str) -> i64 {
    let year = local_time(milliseconds, time_zone).year.saturating_add(years_later);
    end_of_day(Date { year, month: 12, day: 31 }, time_zone).unwrap_or(i64::MAX)
}

const fn epoch() -> civil::Date {
    civil::date(1970, 1, 1)
}

fn civil_date(day: i64) -> civil::Date {
    epoch().saturating_add(day.clamp(-4_000_000, 2_900_000).days())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: &str = "Europe/Berlin";

    fn day(text: &str) -> i64 {
        let date: civil::Date = text.parse().unwrap();
        i64::from(epoch().until(date).unwrap().get_days())
    }

    fn written(day: i64) -> String {
        date_of(day).machine_readable()
    }

    #[test]
    fn a_month_ends_on_its_own_day_or_on_its_last() {
        for (from, months, to) in [
            ("2026-11-24", 1, "2026-12-24"),
            ("2026-12-31", 1, "2027-01-31"),
            ("2027-01-31", 1, "2027-02-28"),
            ("2028-01-30", 1, "2028-02-29"),
            ("2027-02-28", 2, "2027-04-28"),
        ] {
            assert_eq!(written(months_after(day(from), months)), to, "{from}");
        }
    }

    #[test]
    fn a_day_is_one_of_the_time_zone() {
        let late = end_of_day(Date { year: 2026, month: 11, day: 24 }, "UTC").unwrap() - 1;
        assert_eq!(written(day_at(late, "UTC")), "2026-11-24");
        assert_eq!(written(day_at(late, BERLIN)), "2026-11-25");
        assert_eq!(written(day_at(0, "America/New_York")), "1969-12-31");
    }

    #[test]
    fn a_year_ends_where_the_organisation_is() {
        let at = |zone| local_time(end_of_year(0, 3, zone), zone).machine_readable();
        assert_eq!(at(BERLIN), "1974-01-01T00:00");
        assert_eq!(at("America/New_York"), "1973-01-01T00:00");
    }
}
