//! What this server has counted and not written yet: a number for each feature and day, in memory alone.

use domain::insights::Feature;
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use store::insights::Uses;

type Counts = [u32; Feature::ALL.len()];

/// Counts by day (since 1970-01-01, UTC). What a restart finds here is lost.
#[derive(Debug, Default)]
pub(crate) struct Tally(Mutex<BTreeMap<i64, Counts>>);

impl Tally {
    /// One more.
    pub(super) fn count(&self, day: i64, feature: Feature) {
        let mut days = self.days();
        let counts = days.entry(day).or_insert([0; Feature::ALL.len()]);
        let count = &mut counts[feature as usize];
        *count = count.saturating_add(1);
    }

    /// All that there is.
    pub(super) fn pending(&self) -> Vec<Uses> {
        let days = self.days();
        let of_day = |(day, counts): (&i64, &Counts)| {
            let day = *day;
            let counted = Feature::ALL.into_iter().zip(*counts).filter(|(_, count)| *count > 0);
            counted.map(|(feature, count)| Uses { feature, day, count: count.into() }).collect::<Vec<_>>()
        };
        days.iter().flat_map(of_day).collect()
    }

    /// Takes out what was written, but not what came meanwhile; and whatever is left of days before `today`, which
    /// will never have been ten.
    pub(super) fn settle(&self, written: &[Uses], today: i64) {
        let mut days = self.days();
        for Uses { feature, day, count } in written {
            if let Some(counts) = days.get_mut(day) {
                let left = &mut counts[*feature as usize];
                *left = left.saturating_sub(u32::try_from(*count).unwrap_or(u32::MAX));
            }
        }
        days.retain(|day, _| *day >= today);
    }

    fn days(&self) -> MutexGuard<'_, BTreeMap<i64, Counts>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
