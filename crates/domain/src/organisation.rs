//! The organisation itself.

use crate::retention::NamePeriods;
use serde::{Deserialize, Serialize};

/// How long something that is stored of users is kept, in the reader's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodRow {
    /// What it is.
    pub what: Vec<String>,
    /// How long.
    pub period: String,
    /// On which ground.
    pub ground: String,
}

/// What is known of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Name.
    pub name: String,
    /// IANA time zone: days, end dates and due dates are in it.
    pub time_zone: String,
    /// Whether those who may change a lot need a second factor.
    pub second_factor_required: bool,
    /// How long names of former users stay.
    pub name_periods: NamePeriods,
    /// All periods there are, for what is stored of users.
    pub periods: Vec<PeriodRow>,
    /// Whether the reader has one.
    pub own_second_factor: bool,
    /// Grows with each change.
    pub version: i64,
    /// The time zones there are.
    pub time_zones: Vec<String>,
}

/// Changes the organisation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveOrganisation {
    /// The version that was on the screen.
    pub version: i64,
    /// Name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Full years for which a name stays after billing details were last saved, as typed.
    pub name_years_billing: String,
    /// Full years for which it stays otherwise, as typed.
    pub name_years_other: String,
    /// Whether everybody with [`crate::Permission::needs_second_factor`] has to have one.
    pub second_factor_required: bool,
}
