//! How long the names of former users stay, and replacing those whose period is over.

use crate::{Services, local_time::local_time, periods::end_of_year};
use domain::{
    Error,
    receipts::Effects,
    retention::{KeptName, NamePeriods},
};
use store::{
    receipts::Counted,
    retention::{self, Due, NameFacts},
};

/// Until when a name stays whose user's account ends, or ended, at that moment (unix milliseconds).
pub(crate) fn kept_name(facts: &NameFacts, ends_at: i64) -> KeptName {
    let year = |at| local_time(at, &facts.time_zone).year;
    facts.periods.kept(year(ends_at), facts.billed_at.map(year))
}

/// What ending an account now would do.
pub(crate) fn effects(services: &Services, counted: Counted) -> Effects {
    let name = kept_name(&counted.name, services.store().clock().now());
    Effects { removed: counted.removed, actions: counted.actions, name }
}

/// Replaces the names of former users whose period is over, and says how many there were.
///
/// # Errors
/// `Internal`.
pub async fn replace_names(services: &Services) -> Result<u64, Error> {
    let store = services.store();
    let now = store.clock().now();
    let all = retention::all(&mut store.read().await?).await?;
    let mut replaced = 0;
    for set in all {
        let due = due(set.periods, now, &set.time_zone);
        replaced += retention::replace_names(store, &set.grant, due).await?;
    }
    Ok(replaced)
}

fn due(periods: NamePeriods, now: i64, time_zone: &str) -> Due {
    let year = local_time(now, time_zone).year;
    let (ended, billed) = periods.due(year);
    let end_of = |of: i16| end_of_year(now, of.saturating_sub(year), time_zone);
    Due { ended_before: end_of(ended), billed_before: end_of(billed) }
}
