//! Roles: named sets of permissions, and the matrix that shows them.

use crate::{PermissionSet, RoleId};
use serde::{Deserialize, Serialize};

/// How many roles an organisation may have.
pub const MOST_ROLES: i64 = 200;

/// A role: a column of the matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Which.
    pub id: RoleId,
    /// Its name; the system role is called *Platform admin* by the catalogue.
    pub name: String,
    /// *Platform admin*: holds everything, can be neither changed nor deleted.
    pub system: bool,
    /// Closed under implication.
    pub permissions: PermissionSet,
    /// How many users hold it.
    pub members: i64,
    /// Whether an external user holds it, so that some permissions can't be ticked.
    pub held_by_external: bool,
    /// Grows with each change; a save says which version it was made from.
    pub version: i64,
}

/// A role's name and id, where nothing more is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleName {
    /// Which.
    pub id: RoleId,
    /// Its name.
    pub name: String,
}

/// All roles, *Platform admin* first, then by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    /// The columns.
    pub roles: Vec<Role>,
}

/// Creates a role without permissions.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateRole {
    /// Its name.
    pub name: String,
}

/// Creates a role with the permissions of another one, and without its people.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyRole {
    /// The role whose permissions the new one begins with.
    pub id: RoleId,
    /// The version of it that was on the screen.
    pub version: i64,
    /// The name of the new role.
    pub name: String,
}

/// Gives a role another name.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenameRole {
    /// Which.
    pub id: RoleId,
    /// The version that was on the screen.
    pub version: i64,
    /// Its new name.
    pub name: String,
}

/// Deletes a role; those who held it lose what it gave.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeleteRole {
    /// Which.
    pub id: RoleId,
    /// The version that was on the screen.
    pub version: i64,
}

/// Replaces the permissions of a role: a cell that was ticked or unticked, with all that it
/// brings along or takes away, or the whole set of before when that is undone.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPermissions {
    /// Which.
    pub id: RoleId,
    /// The version that was on the screen.
    pub version: i64,
    /// The whole set, closed under implication.
    pub permissions: PermissionSet,
}
