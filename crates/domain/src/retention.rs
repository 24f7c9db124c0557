//! How long the name of a former user stays on what they did, and on which ground (Art. 5(1)(e) GDPR).
//!
//! Ending an account is itself an action, and the last one that names its user. So the period for actions begins
//! with the end of the year in which the account ended; the one for accounting, with the end of the year in which
//! the user last saved billing details. The name stays until the later of the two ends.

use crate::{Field, Fields, Problem};
use serde::{Deserialize, Serialize};

/// What stands in place of a name whose period is over. Pages say it in the reader's language.
pub const FORMER_USER: &str = "former user";

/// The longest period, in full years.
pub const MOST_YEARS: u16 = 30;

/// Full years after the end of the year, as the organisation sets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamePeriods {
    /// After billing details were last saved.
    pub billing: u16,
    /// After the account ended.
    pub other: u16,
}

impl Default for NamePeriods {
    fn default() -> Self {
        Self { billing: 10, other: 3 }
    }
}

/// Why a name stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameGround {
    /// Accounting law asks who did it.
    Accounting,
    /// The organisation's interest in knowing who did what.
    Interest,
}

impl NameGround {
    /// The articles of the GDPR.
    #[must_use]
    pub const fn articles(self) -> &'static str {
        match self {
            Self::Accounting => "Art. 6(1)(c), 17(3)(b) GDPR",
            Self::Interest => "Art. 6(1)(f) GDPR",
        }
    }
}

/// Until when a name stays, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptName {
    /// Why.
    pub ground: NameGround,
    /// Until the end of this year.
    pub until: i16,
}

impl NamePeriods {
    /// What was typed, or the problems are noted.
    #[must_use]
    pub fn parse(billing: &str, other: &str, fields: &mut Fields) -> Option<Self> {
        let billing = fields.take(Field::NameYearsBilling, years(billing));
        let other = fields.take(Field::NameYearsOther, years(other));
        Some(Self { billing: billing?, other: other? })
    }

    /// Until when the name of somebody stays whose account ends in one year, and who last saved billing details in
    /// another.
    #[must_use]
    pub fn kept(self, ended: i16, billed: Option<i16>) -> KeptName {
        let other = KeptName { ground: NameGround::Interest, until: after(ended, self.other) };
        match billed.map(|year| after(year, self.billing)) {
            Some(until) if until >= other.until => KeptName { ground: NameGround::Accounting, until },
            _ => other,
        }
    }

    /// In a year, names are due of those whose account ended by the end of the first of these years, and who saved no
    /// billing details after the end of the second. It says the same as [`Self::kept`], so that a database can
    /// ask it of many at once.
    #[must_use]
    pub fn due(self, year: i16) -> (i16, i16) {
        let before =
            |years: u16| year.saturating_sub(i16::try_from(years).unwrap_or(i16::MAX)).saturating_sub(1);
        (before(self.other), before(self.billing))
    }
}

fn after(year: i16, years: u16) -> i16 {
    year.saturating_add(i16::try_from(years).unwrap_or(i16::MAX))
}

fn years(typed: &str) -> Result<u16, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Problem::Missing);
    }
    let years = typed.parse().ok().filter(|years| *years <= MOST_YEARS);
    years.ok_or(Problem::OutOfRange { most: u32::from(MOST_YEARS) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_end_counts_and_says_why() {
        let periods = NamePeriods::default();
        assert_eq!(periods.kept(2026, None), KeptName { ground: NameGround::Interest, until: 2029 });
        let kept = periods.kept(2026, Some(2025));
        assert_eq!(kept, KeptName { ground: NameGround::Accounting, until: 2035 });
        assert_eq!(periods.kept(2026, Some(2010)), KeptName { ground: NameGround::Interest, until: 2029 });
    }

    #[test]
    fn what_is_due_is_what_is_not_kept() {
        for (billing, other) in [(10, 3), (3, 10), (0, 0), (30, 0), (0, 30)] {
            let periods = NamePeriods { billing, other };
            for year in 2000..2045 {
                let (ended_by, billed_by) = periods.due(year);
                for ended in 2000..2045 {
                    for billed in (1990..=ended).map(Some).chain([None]) {
                        let due = ended <= ended_by && billed.is_none_or(|billed| billed <= billed_by);
                        let over = periods.kept(ended, billed).until < year;
                        assert_eq!(due, over, "{periods:?} in {year}: ended {ended}, billed {billed:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn only_whole_years_are_taken() {
        let parse = |billing: &str, other: &str| {
            let mut fields = Fields::default();
            let periods = NamePeriods::parse(billing, other, &mut fields);
            periods.ok_or_else(|| fields.errors().len())
        };
        assert_eq!(parse(" 10 ", "0"), Ok(NamePeriods { billing: 10, other: 0 }));
        for wrong in ["", "-1", "31", "1.5", "ten", "99999999999999999999"] {
            assert_eq!(parse(wrong, wrong), Err(2), "{wrong}");
        }
    }
}
