//! Closing an organisation: what goes, and asking for it.

use serde::{Deserialize, Serialize};

/// What goes with an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Going {
    /// Accounts, with all that hangs on them.
    Users,
    /// Names of users who are gone.
    FormerUsers,
    /// Roles.
    Roles,
    /// Partners, deleted ones too.
    Partners,
    /// Versions of billing details, of partners and of the organisation itself.
    BillingDetails,
    /// Entries of the history.
    History,
    /// Data requests.
    DataRequests,
    /// Those of them that nobody has answered.
    OpenRequests,
    /// Newsletters.
    Newsletters,
    /// Versions of the privacy notice.
    Notices,
}

/// How much of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Of which kind.
    pub going: Going,
    /// How many.
    pub count: i64,
}

/// What closing the organisation would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingPreview {
    /// Its name, which has to be typed.
    pub organisation: String,
    /// What goes; what there is none of is left out.
    pub parts: Vec<Part>,
}

/// Closes the organisation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseOrganisation {
    /// Its name, as it was typed.
    pub name: String,
}
