//! The organisation itself.

use serde::{Deserialize, Serialize};

/// What is known of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Name.
    pub name: String,
    /// IANA time zone: days, end dates and due dates are in it.
    pub time_zone: String,
    /// Whether those who may change a lot need a second factor.
    pub second_factor_required: bool,
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
    /// Whether everybody with [`crate::Permission::needs_second_factor`] has to have one.
    pub second_factor_required: bool,
}
