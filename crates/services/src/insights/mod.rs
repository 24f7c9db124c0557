//! Anonymous usage: counting that a page was opened, writing the counts, and showing them.
//!
//! A use is one more in [`tally::Tally`], and nothing else anywhere: no row, no line in a log. A worker calls
//! [`write`] now and then. Counts are of all organisations of the installation together (decision 0012).

mod drawing;
mod tally;
mod texts;

pub(crate) use tally::Tally;

use crate::{Services, local_time::local_time, table};
use domain::{
    Error,
    insights::{Counting, Feature, FindInsights, FindOwnUse, Frequency, Insights, Line, OwnUse, Row},
    time::Date,
};
use std::collections::BTreeMap;
use store::{
    Caller,
    grants::InsightsView,
    insights::{self, Stored, Uses},
};

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// Rows that are shown to everybody are of so many days, today included.
const OPEN_DAYS: i64 = 7;
const COLUMNS: [&str; 4] = ["feature", "name", "day_utc", "count"];

/// Whether somebody is counted whose browser does or does not ask not to be.
#[must_use]
pub fn counting(caller: &Caller, refused: bool) -> Counting {
    if refused {
        Counting::Refused
    } else if caller.has_agreed() {
        Counting::Counted
    } else {
        Counting::NotAgreed
    }
}

/// A page was opened. Who did it has no part in it.
pub fn count(services: &Services, feature: Feature) {
    services.tally().count(insights::day(services.store().clock().now()), feature);
}

/// Writes what may be written of what this server has counted, and forgets what is left of days that are over.
///
/// # Errors
/// `Internal`; then all of it waits for the next time.
pub async fn write(services: &Services) -> Result<(), Error> {
    let (store, tally) = (services.store(), services.tally());
    let pending = tally.pending();
    if pending.is_empty() {
        return Ok(());
    }
    let today = insights::day(store.clock().now());
    let written = insights::add(store, pending).await?;
    tally.settle(&written, today);
    Ok(())
}

/// The counts of a period, drawn.
///
/// # Errors
/// `Forbidden` without the right to view insights; `Internal`.
pub async fn find(services: &Services, caller: &Caller, request: FindInsights) -> Result<Insights, Error> {
    let known = Known::find(services, caller, request).await?;
    let language = caller.language();
    let (mut lines, mut quiet) = (Vec::new(), Vec::new());
    let highest = known.counts.values().flatten().max().copied().unwrap_or_default();
    for feature in Feature::ALL {
        let label = texts::feature(feature, language);
        let Some(counts) = known.counts.get(&feature) else {
            quiet.push(label.to_owned());
            continue;
        };
        let drawing =
            drawing::draw(&drawing::Drawn { feature, counts, highest, from: known.from, language })?;
        lines.push(Line { label: label.to_owned(), drawing });
    }
    Ok(Insights { lines, quiet })
}

/// The counts of a period as CSV (RFC 4180): each feature on each day.
///
/// # Errors
/// As with [`find`].
pub async fn csv(services: &Services, caller: &Caller, request: FindInsights) -> Result<String, Error> {
    let known = Known::find(services, caller, request).await?;
    let language = caller.language();
    let none = vec![Frequency::FEWER_THAN_TEN; known.days()];
    let rows = Feature::ALL.into_iter().flat_map(|feature| {
        let counts = known.counts.get(&feature).unwrap_or(&none);
        let row = move |(at, count): (i64, &Frequency)| {
            let (code, name) = (feature.code().to_owned(), texts::feature(feature, language).to_owned());
            [code, name, date(known.from + at).machine_readable(), texts::frequency(*count, language)]
        };
        (0..).zip(counts).map(row).collect::<Vec<_>>()
    });
    table::csv(COLUMNS, rows)
}

/// What one's own pages added, and the rows as they stand.
///
/// # Errors
/// `Internal`.
pub async fn find_own(
    services: &Services,
    caller: &Caller,
    refused: bool,
    request: FindOwnUse,
) -> Result<OwnUse, Error> {
    let since = insights::day(services.store().clock().now()) - OPEN_DAYS + 1;
    let mut read = services.store().read().await?;
    let stored = insights::list_openly(&mut read, &caller.own(), since).await?;
    let label = |feature| texts::feature(feature, caller.language()).to_owned();
    let row = |Stored { feature, day, count }| Row { label: label(feature), day: date(day), count };
    Ok(OwnUse {
        counting: counting(caller, refused),
        here: label(Feature::Privacy),
        before: request.before.map(label),
        rows: stored.into_iter().map(row).collect(),
    })
}

/// Days of the demo that look like those of an office: the weeks before today, for some features.
///
/// # Errors
/// `Internal`.
pub async fn fill_demo(services: &Services) -> Result<(), Error> {
    const BUSY: [(Feature, i64); 8] = [
        (Feature::Overview, 90),
        (Feature::Partners, 140),
        (Feature::Partner, 70),
        (Feature::PartnerBilling, 38),
        (Feature::Billing, 14),
        (Feature::Users, 22),
        (Feature::Privacy, 18),
        (Feature::History, 16),
    ];
    let today = insights::day(services.store().clock().now());
    let mut uses = Vec::new();
    for (at, (feature, often)) in (0..).zip(BUSY) {
        for day in today - 45..today {
            // 1970-01-01 was a Thursday.
            let weekend = matches!((day + 3).rem_euclid(7), 5 | 6);
            let wave = (day * (at + 5) * 7).rem_euclid(23) - 11;
            let count = if weekend { often / 8 } else { often + often * wave / 30 };
            uses.push(Uses { feature, day, count });
        }
    }
    insights::add(services.store(), uses).await?;
    Ok(())
}

/// What is known of a period.
struct Known {
    /// Its first day, since 1970-01-01 in UTC.
    from: i64,
    /// Its last day.
    to: i64,
    /// A number for each of its days, of the features that have any.
    counts: BTreeMap<Feature, Vec<Frequency>>,
}

impl Known {
    async fn find(services: &Services, caller: &Caller, request: FindInsights) -> Result<Self, Error> {
        let grant = caller.require::<InsightsView>()?;
        let to = insights::day(services.store().clock().now());
        let mut known = Self { from: to - request.period.days() + 1, to, counts: BTreeMap::new() };
        let mut read = services.store().read().await?;
        let none = vec![Frequency::FEWER_THAN_TEN; known.days()];
        for Stored { feature, day, count } in insights::list(&mut read, &grant, known.from).await? {
            let counts = known.counts.entry(feature).or_insert_with(|| none.clone());
            let at = usize::try_from(day - known.from).ok();
            if let Some(place) = at.and_then(|at| counts.get_mut(at)) {
                *place = count;
            }
        }
        Ok(known)
    }

    fn days(&self) -> usize {
        usize::try_from(self.to - self.from + 1).unwrap_or_default()
    }
}

/// A day since 1970-01-01 in UTC.
fn date(day: i64) -> Date {
    local_time(day.saturating_mul(DAY), "UTC").into()
}
