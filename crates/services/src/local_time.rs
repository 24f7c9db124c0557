//! Moments as wall-clock time of the organisation.

use domain::time::{Date, LocalTime};
use jiff::{Timestamp, ToSpan, civil, tz::TimeZone};

/// Unix milliseconds in an IANA time zone; UTC where the zone isn't known any more.
pub(crate) fn local_time(milliseconds: i64, time_zone: &str) -> LocalTime {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let at = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone);
    LocalTime {
        year: at.year(),
        month: at.month().unsigned_abs(),
        day: at.day().unsigned_abs(),
        hour: at.hour().unsigned_abs(),
        minute: at.minute().unsigned_abs(),
    }
}

/// The first moment of a day in an IANA time zone, in unix milliseconds; nothing beyond the calendar.
pub(crate) fn start_of_day(day: Date, time_zone: &str) -> Option<i64> {
    first_moment(civil_date(day)?, time_zone)
}

/// The moment after a day in an IANA time zone, in unix milliseconds; nothing beyond the calendar.
pub(crate) fn end_of_day(day: Date, time_zone: &str) -> Option<i64> {
    first_moment(civil_date(day)?.checked_add(1.day()).ok()?, time_zone)
}

fn civil_date(day: Date) -> Option<civil::Date> {
    civil::Date::new(day.year, day.month.cast_signed(), day.day.cast_signed()).ok()
}

fn first_moment(date: civil::Date, time_zone: &str) -> Option<i64> {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    Some(date.to_zoned(zone).ok()?.timestamp().as_millisecond())
}

/// The day that ends at a moment: [`end_of_day`] the other way round.
pub(crate) fn last_day(ends_at: i64, time_zone: &str) -> Date {
    local_time(ends_at - 1, time_zone).into()
}

/// All IANA time zones, by name.
pub(crate) fn time_zones() -> Vec<String> {
    let mut names: Vec<_> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_time_is_told_apart() {
        let moment = |milliseconds| local_time(milliseconds, "Europe/Berlin").machine_readable();
        assert_eq!(moment(1_767_225_600_000), "2026-01-01T01:00");
        assert_eq!(moment(1_782_864_000_000), "2026-07-01T02:00");
        let last = Date { year: 2026, month: 10, day: 25 };
        let ends_at = end_of_day(last, "Europe/Berlin").unwrap();
        assert_eq!(local_time(ends_at, "Europe/Berlin").machine_readable(), "2026-10-26T00:00");
        assert_eq!(last_day(ends_at, "Europe/Berlin"), last);
        let next = Date { day: 26, ..last };
        assert_eq!(start_of_day(next, "Europe/Berlin"), Some(ends_at));
        assert_eq!(start_of_day(Date { day: 32, ..last }, "Europe/Berlin"), None);
        assert!(time_zones().iter().any(|name| name == "Europe/Berlin"));
    }
}
