//! Why somebody can't do something, who can see something, and asking for a permission.
//!
//! Whether a permission is held is decided by [`Rights::missing`](crate::Rights::missing) alone. A request
//! holds ids and codes, never words of anybody.

use crate::{
    Permission, PermissionRequestId, RoleId, UserId, history::Named, rights::Missing, time::LocalTime,
};
use serde::{Deserialize, Serialize};

/// How many people an answer names at most.
pub const MOST_NAMED: usize = 100;
/// How many requests are listed at most; the oldest come first.
pub const MOST_LISTED: usize = 50;
/// How long an answer can be seen by whoever asked, in days.
pub const DAYS_KEPT: i64 = 90;

/// Names a permission.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AboutPermission {
    /// Which.
    pub permission: Permission,
}

/// Why the reader doesn't hold a permission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// Why; nothing if it is held at this moment.
    pub missing: Option<Missing>,
    /// Names of the roles that have it.
    pub roles: Vec<String>,
    /// Who can grant it.
    pub granters: Granters,
    /// What the reader asked for before, unless it was taken back.
    pub asked: Option<OwnRequest>,
}

/// People who can grant a permission.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granters {
    /// How many they are.
    pub count: usize,
    /// At most [`MOST_NAMED`] of them; nobody where the reader may not see users.
    pub named: Vec<Named<UserId>>,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedState {
    /// It waits for an answer.
    Open,
    /// A role was given that has it.
    Granted,
    /// Somebody said no.
    Declined,
    /// Whoever asked took it back.
    TakenBack,
}

impl AskedState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Granted, Self::Declined, Self::TakenBack];

    /// What the database holds.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Granted => "granted",
            Self::Declined => "declined",
            Self::TakenBack => "taken_back",
        }
    }

    /// The one of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }
}

/// A request of one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRequest {
    /// What was asked for.
    pub permission: Permission,
    /// Where it stands.
    pub state: AskedState,
    /// When it was asked for, or asked for again.
    pub asked: LocalTime,
    /// When it was answered.
    pub closed: Option<LocalTime>,
}

/// A role that gives somebody what they asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedRole {
    /// Which.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// What it gives besides, and besides what comes along anyway.
    pub also: Vec<Permission>,
}

/// A request of somebody else that the reader can answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRequest {
    /// Which.
    pub id: PermissionRequestId,
    /// Who asks.
    pub user: Named<UserId>,
    /// For what.
    pub permission: Permission,
    /// When.
    pub asked: LocalTime,
    /// The roles that have it and that the reader can give to them; the one that gives least comes first.
    pub roles: Vec<OfferedRole>,
}

/// The requests that the reader can answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRequests {
    /// At most [`MOST_LISTED`], the oldest first.
    pub requests: Vec<OpenRequest>,
}

/// Declines a request.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindOpenRequest {
    /// Which.
    pub id: PermissionRequestId,
}

/// Grants what was asked for, by giving a role that has it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantRequest {
    /// Which.
    pub id: PermissionRequestId,
    /// The role.
    pub role: RoleId,
}

/// Somebody who holds a permission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Who.
    pub user: Named<UserId>,
    /// Names of the roles through which it is held, at least one.
    pub roles: Vec<String>,
}

/// Who holds a permission at this moment and can sign in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holders {
    /// How many they are.
    pub count: usize,
    /// At most [`MOST_NAMED`] of them, by name.
    pub named: Vec<Holder>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_what_travels() {
        for state in AskedState::ALL {
            assert_eq!(AskedState::from_code(state.code()), Some(state));
            assert_eq!(serde_json::to_string(&state).unwrap(), format!("\"{}\"", state.code()));
        }
    }
}
