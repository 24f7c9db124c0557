//! Preview: the app as a role or a user would see it. Nothing can be changed in it, nobody's profile or privacy page
//! is shown, and it never shows more than whoever previews may see
//! ([`Rights::seen_by`](crate::Rights::seen_by)).

use crate::{PermissionSet, RoleId, UserId};
use serde::{Deserialize, Serialize};

/// Whose view it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// That of somebody inside the organisation who holds this role and no other.
    Role(RoleId),
    /// That of this user.
    User(UserId),
}

impl Target {
    /// The page that it is started from, and that its end leads back to.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Role(_) => "/roles".to_owned(),
            Self::User(user) => format!("/users/{user}"),
        }
    }
}

/// Starts one, for the session that asks.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartPreview {
    /// Whose view.
    pub target: Target,
}

/// A preview that is going on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Whose view it is; nobody's if the role was deleted, or the account terminated, meanwhile.
    pub of: Option<PreviewOf>,
    /// What they hold and whoever previews does not, so that it is not shown.
    pub hidden: PermissionSet,
}

/// Whose view it is, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewOf {
    /// Which role or user.
    pub target: Target,
    /// Name of the role or of the user.
    pub name: String,
    /// The roles that whoever sees it holds, by name.
    pub roles: Vec<String>,
}
