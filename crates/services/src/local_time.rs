//! Moments as wall-clock time of the organisation.

use domain::time::LocalTime;
use jiff::{Timestamp, tz::TimeZone};

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
        assert!(time_zones().iter().any(|name| name == "Europe/Berlin"));
    }
}
