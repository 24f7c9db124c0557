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

/// A preview that is going on, as the server knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Whose view it is; nobody's if the role was deleted, or the account terminated, meanwhile, or if whoever
    /// previews may not do so any more.
    pub of: Option<Viewed>,
    /// What they hold and whoever previews does not, so that it is not shown.
    pub hidden: PermissionSet,
}

/// Whose view it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewed {
    /// Which role or user.
    pub target: Target,
    /// Name of the role or of the user.
    pub name: String,
    /// The roles that whoever sees it holds, by name.
    pub roles: Vec<String>,
}

/// The same in few words, for the bar above each page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Whose.
    pub whose: Whose,
    /// The name of the role or user, if it is somebody's.
    pub name: String,
    /// What is not shown since whoever previews lacks it.
    pub hidden: PermissionSet,
}

/// What a name in a preview is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Of a role.
    Role,
    /// Of a user.
    User,
    /// Nobody's any more.
    Nobody,
}

impl From<&View> for Preview {
    fn from(View { of, hidden }: &View) -> Self {
        let (whose, name) = match of {
            Some(Viewed { target: Target::Role(_), name, .. }) => (Whose::Role, name.clone()),
            Some(Viewed { target: Target::User(_), name, .. }) => (Whose::User, name.clone()),
            None => (Whose::Nobody, String::new()),
        };
        Self { whose, name, hidden: *hidden }
    }
}
