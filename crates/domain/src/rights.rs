//! What one user may do: the union of their roles, masked for external users, and for those who
//! lack the second factor that their organisation asks for.
//!
//! The browser disables a control by asking the very functions that the server asks.

use crate::{Permission, PermissionSet};
use serde::{Deserialize, Serialize};

/// The permissions that somebody really has at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    permissions: PermissionSet,
    external: bool,
    withheld: bool,
}

impl Rights {
    /// The rights of a user with these role permissions. An external user's are masked.
    #[must_use]
    pub fn new(granted: PermissionSet, external: bool) -> Self {
        let permissions =
            if external { granted.iter().filter(|held| !held.internal_only()).collect() } else { granted };
        Self { permissions, external, withheld: false }
    }

    /// The same rights without those that take a second factor, for whoever lacks one where the
    /// organisation asks for it.
    #[must_use]
    pub fn without_second_factor(self) -> Self {
        let withheld: PermissionSet =
            self.permissions.iter().filter(|held| held.needs_second_factor()).collect();
        let permissions = withheld.iter().fold(self.permissions, PermissionSet::revoke);
        Self { permissions, withheld: !withheld.is_empty(), ..self }
    }

    /// Whether rights are withheld until a second factor is set up.
    #[must_use]
    pub const fn wait_for_second_factor(self) -> bool {
        self.withheld
    }

    /// Whether `permission` is held.
    #[must_use]
    pub const fn allow(self, permission: Permission) -> bool {
        self.permissions.contains(permission)
    }

    /// Whether these are the rights of an external user.
    #[must_use]
    pub const fn external(self) -> bool {
        self.external
    }

    /// What is held, as a set.
    #[must_use]
    pub const fn permissions(self) -> PermissionSet {
        self.permissions
    }

    /// The first permission of `other` that is not held here: nobody hands out, or takes over an
    /// account with, more than they hold themselves.
    #[must_use]
    pub fn lack(self, other: PermissionSet) -> Option<Permission> {
        other.minus(self.permissions).iter().next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn external_users_are_masked() {
        let inside = Rights::new(PermissionSet::all(), false);
        let outside = Rights::new(PermissionSet::all(), true);
        for permission in Permission::ALL {
            assert!(inside.allow(permission));
            assert_eq!(outside.allow(permission), !permission.internal_only());
        }
    }

    #[test]
    fn without_a_second_factor_the_rest_stays() {
        let admin = Rights::new(PermissionSet::all(), false);
        let masked = admin.without_second_factor();
        assert!(masked.wait_for_second_factor() && !admin.wait_for_second_factor());
        for permission in Permission::ALL {
            assert_eq!(masked.allow(permission), !permission.needs_second_factor());
        }
        assert!(masked.permissions().is_closed());
        let reader = Rights::new(PermissionSet::EMPTY.grant(Permission::BillingView), false);
        assert_eq!(reader.without_second_factor(), reader, "nothing is withheld, so nothing is said");
    }

    #[test]
    fn lack_names_what_is_missing() {
        let rights = Rights::new(PermissionSet::EMPTY.grant(Permission::BillingView), false);
        assert_eq!(rights.lack(PermissionSet::EMPTY.grant(Permission::PartnersView)), None);
        let more = PermissionSet::EMPTY.grant(Permission::BillingEdit);
        assert_eq!(rights.lack(more), Some(Permission::BillingEdit));
    }
}
