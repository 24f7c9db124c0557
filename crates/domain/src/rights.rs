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
    withheld: PermissionSet,
}

/// A permission that somebody really has, and through which roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectiveRight {
    /// Which.
    pub permission: Permission,
    /// Names of the roles, at least one.
    pub roles: Vec<String>,
}

/// What somebody may do, for those who manage roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectiveRights {
    /// Permissions in the order of the matrix.
    pub rights: Vec<EffectiveRight>,
    /// Whether more of them wait until a second factor is set up.
    pub wait_for_second_factor: bool,
}

/// Why somebody doesn't hold a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// None of their roles has it.
    Role,
    /// A role has it, and it waits until they set up a second factor.
    SecondFactor,
    /// External users never hold it.
    External,
}

impl Rights {
    /// The rights of a user with these role permissions. An external user's are masked.
    #[must_use]
    pub fn new(granted: PermissionSet, external: bool) -> Self {
        let permissions =
            if external { granted.iter().filter(|held| !held.internal_only()).collect() } else { granted };
        Self { permissions, external, withheld: PermissionSet::EMPTY }
    }

    /// The same rights without those that take a second factor, for whoever lacks one where the
    /// organisation asks for it.
    #[must_use]
    pub fn without_second_factor(self) -> Self {
        let withheld: PermissionSet =
            self.permissions.iter().filter(|held| held.needs_second_factor()).collect();
        let permissions = withheld.iter().fold(self.permissions, PermissionSet::revoke);
        Self { permissions, withheld: self.permissions.minus(permissions), ..self }
    }

    /// The rights of this moment of a user with these role permissions; `lacks_factor` where their
    /// organisation asks for a second factor that they don't have.
    #[must_use]
    pub fn of_this_moment(granted: PermissionSet, external: bool, lacks_factor: bool) -> Self {
        let rights = Self::new(granted, external);
        if lacks_factor { rights.without_second_factor() } else { rights }
    }

    /// The same rights as far as they are also `others`: what a preview shows of them. What waits for a second
    /// factor, and who is external, stays as it is.
    #[must_use]
    pub const fn seen_by(self, others: PermissionSet) -> Self {
        let hidden = self.permissions.minus(others);
        Self { permissions: self.permissions.minus(hidden), ..self }
    }

    /// Whether rights are withheld until a second factor is set up.
    #[must_use]
    pub const fn wait_for_second_factor(self) -> bool {
        !self.withheld.is_empty()
    }

    /// Whether `permission` is held.
    #[must_use]
    pub const fn allow(self, permission: Permission) -> bool {
        self.permissions.contains(permission)
    }

    /// Why `permission` is not held; nothing if it is.
    #[must_use]
    pub const fn missing(self, permission: Permission) -> Option<Missing> {
        if self.allow(permission) {
            None
        } else if self.withheld.contains(permission) {
            Some(Missing::SecondFactor)
        } else if self.external && permission.internal_only() {
            Some(Missing::External)
        } else {
            Some(Missing::Role)
        }
    }

    /// Whether somebody else's request for `permission` can be answered with these rights: by those who manage
    /// roles and hold it themselves.
    #[must_use]
    pub const fn may_answer_for(self, permission: Permission) -> bool {
        self.allow(Permission::RolesManage) && self.allow(permission)
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

    /// Each permission that is held, with those of `roles` (names and stored sets) that grant it.
    #[must_use]
    pub fn through(self, roles: &[(String, PermissionSet)]) -> Vec<EffectiveRight> {
        let grants = |permission| roles.iter().filter(move |(_, set)| set.contains(permission));
        let right = |permission| EffectiveRight {
            permission,
            roles: grants(permission).map(|(name, _)| name.clone()).collect(),
        };
        self.permissions.iter().map(right).collect()
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
    fn who_answers_requests_manages_roles_and_holds_what_is_asked_for() {
        let manages = PermissionSet::EMPTY.grant(Permission::RolesManage);
        let reads = PermissionSet::EMPTY.grant(Permission::HistoryView);
        let may = |set, external| Rights::new(set, external).may_answer_for(Permission::HistoryView);
        assert!(may(manages.union(reads), false));
        assert!(!may(manages, false) && !may(reads, false));
        assert!(!may(manages.union(reads), true), "nobody from outside manages roles");
        assert!(Rights::new(reads, true).external() && !Rights::new(reads, false).external());
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
    fn what_is_missing_is_said_to_be_for_the_right_reason() {
        let held = PermissionSet::EMPTY.grant(Permission::BillingEdit);
        let waiting = Rights::of_this_moment(held, false, true);
        assert_eq!(waiting.missing(Permission::BillingEdit), Some(Missing::SecondFactor));
        assert_eq!(waiting.missing(Permission::BillingView), None);
        assert_eq!(waiting.missing(Permission::RolesManage), Some(Missing::Role));
        let outside = Rights::of_this_moment(PermissionSet::all(), true, true);
        assert_eq!(outside.missing(Permission::RolesManage), Some(Missing::External));
        assert_eq!(outside.missing(Permission::BillingEdit), Some(Missing::SecondFactor));
        assert_eq!(outside.missing(Permission::HistoryView), None);
    }

    #[test]
    fn a_right_is_held_through_each_role_that_grants_it() {
        let view = PermissionSet::EMPTY.grant(Permission::BillingView);
        let edit = PermissionSet::EMPTY.grant(Permission::BillingEdit).grant(Permission::UsersManage);
        let roles = [("Reader".to_owned(), view), ("Writer".to_owned(), edit)];
        let union = edit.iter().fold(view, PermissionSet::grant);
        let through = |rights: Rights| {
            let all = rights.through(&roles).into_iter();
            all.map(|right| (right.permission, right.roles.join(" "))).collect::<Vec<_>>()
        };
        let inside = through(Rights::new(union, false));
        assert_eq!(inside.len(), union.iter().count());
        assert!(inside.contains(&(Permission::BillingView, "Reader Writer".into())));
        assert!(inside.contains(&(Permission::BillingEdit, "Writer".into())));
        let outside = through(Rights::new(union, true));
        assert!(outside.iter().all(|(permission, _)| !permission.internal_only()));
        assert!(outside.len() < inside.len(), "what is masked is not there");
    }

    #[test]
    fn a_preview_shows_what_both_hold_and_nothing_else() {
        let sets: Vec<_> = closed_sets().collect();
        assert!(sets.len() > 1000, "{} sets", sets.len());
        let mut more = 0;
        for (at, theirs) in sets.iter().enumerate() {
            // Every set against a good part of the others, in ever another order.
            for own in sets.iter().cycle().skip(at * 7).step_by(13).take(90) {
                let rights = Rights::new(*theirs, at % 2 == 0);
                let seen = rights.seen_by(*own);
                for permission in Permission::ALL {
                    let both = rights.allow(permission) && own.contains(permission);
                    assert_eq!(seen.allow(permission), both, "{theirs:?} {own:?} {permission:?}");
                }
                assert!(seen.permissions().is_closed());
                assert_eq!(seen.external(), rights.external());
                more += usize::from(seen.permissions() != rights.permissions());
            }
        }
        assert!(more > 1000, "hardly anything was hidden");
    }

    fn closed_sets() -> impl Iterator<Item = PermissionSet> {
        let set = |bits: u32| {
            let all = Permission::ALL.into_iter().enumerate();
            all.filter(move |(at, _)| bits >> at & 1 == 1).map(|(_, permission)| permission).collect()
        };
        (0..1 << Permission::ALL.len()).map(set).filter(|set: &PermissionSet| set.is_closed())
    }

    #[test]
    fn lack_names_what_is_missing() {
        let rights = Rights::new(PermissionSet::EMPTY.grant(Permission::BillingView), false);
        assert_eq!(rights.lack(PermissionSet::EMPTY.grant(Permission::PartnersView)), None);
        let more = PermissionSet::EMPTY.grant(Permission::BillingEdit);
        assert_eq!(rights.lack(more), Some(Permission::BillingEdit));
    }
}
