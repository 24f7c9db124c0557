//! The closed list of permissions and the rule that edit implies view.
//!
//! To add one: a variant, its row in [`Permission::code`] and [`Permission::implies`], and
//! [`Permission::ALL`]; the compiler then asks for its texts.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a role may allow. The code string is stable: it is what the database and the wire hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Permission {
    /// List of partners and their general fields.
    #[serde(rename = "partners.view")]
    PartnersView,
    /// Create partners, edit their general fields.
    #[serde(rename = "partners.edit")]
    PartnersEdit,
    /// Billing sections of partners and of the organisation.
    #[serde(rename = "billing.view")]
    BillingView,
    /// Edit them; deactivate, reactivate and delete partners.
    #[serde(rename = "billing.edit")]
    BillingEdit,
    /// List of users and their roles.
    #[serde(rename = "users.view")]
    UsersView,
    /// Create, update and terminate users.
    #[serde(rename = "users.manage")]
    UsersManage,
    /// The roles matrix and who holds which role.
    #[serde(rename = "roles.manage")]
    RolesManage,
    /// The organisation's history.
    #[serde(rename = "history.view")]
    HistoryView,
    /// The anonymous feature counts.
    #[serde(rename = "insights.view")]
    InsightsView,
    /// Newsletter topics, writing and sending.
    #[serde(rename = "newsletters.manage")]
    NewslettersManage,
    /// The data-request inbox and the privacy notice.
    #[serde(rename = "privacy.manage")]
    PrivacyManage,
    /// The organisation's name, time zone and support channels.
    #[serde(rename = "organisation.manage")]
    OrganisationManage,
}

use Permission::{
    BillingEdit, BillingView, HistoryView, InsightsView, NewslettersManage, OrganisationManage, PartnersEdit,
    PartnersView, PrivacyManage, RolesManage, UsersManage, UsersView,
};

impl Permission {
    /// Every permission, in the order of the matrix.
    pub const ALL: [Self; 12] = [
        PartnersView,
        PartnersEdit,
        BillingView,
        BillingEdit,
        UsersView,
        UsersManage,
        RolesManage,
        HistoryView,
        InsightsView,
        NewslettersManage,
        PrivacyManage,
        OrganisationManage,
    ];

    /// The stable code, such as `billing.edit`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            PartnersView => "partners.view",
            PartnersEdit => "partners.edit",
            BillingView => "billing.view",
            BillingEdit => "billing.edit",
            UsersView => "users.view",
            UsersManage => "users.manage",
            RolesManage => "roles.manage",
            HistoryView => "history.view",
            InsightsView => "insights.view",
            NewslettersManage => "newsletters.manage",
            PrivacyManage => "privacy.manage",
            OrganisationManage => "organisation.manage",
        }
    }

    /// The permission of that code, if there is one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.code() == code)
    }

    /// What it brings along directly: whoever edits also views.
    #[must_use]
    pub const fn implies(self) -> Option<Self> {
        match self {
            PartnersEdit | BillingView => Some(PartnersView),
            BillingEdit => Some(BillingView),
            UsersManage | RolesManage => Some(UsersView),
            PartnersView | UsersView | HistoryView | InsightsView | NewslettersManage | PrivacyManage
            | OrganisationManage => None,
        }
    }

    /// Whether an external user can never hold it.
    #[must_use]
    pub const fn internal_only(self) -> bool {
        matches!(self, UsersManage | RolesManage)
    }

    /// Whether it changes so much that an organisation can ask its holders for a second factor.
    #[must_use]
    pub const fn needs_second_factor(self) -> bool {
        matches!(self, BillingEdit | UsersManage | RolesManage)
    }

    const fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// A set of permissions. Serialised as a list of codes; any list is accepted, so a set from
/// outside is [`closed`](Self::is_closed) only if that was checked.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Permission>", into = "Vec<Permission>")]
pub struct PermissionSet(u16);

impl PermissionSet {
    /// No permission.
    pub const EMPTY: Self = Self(0);

    /// Every permission: what *Platform admin* holds.
    #[must_use]
    pub fn all() -> Self {
        Permission::ALL.into_iter().collect()
    }

    /// Whether `permission` is in the set.
    #[must_use]
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// The set with `permission` and all that it implies.
    #[must_use]
    pub const fn grant(self, permission: Permission) -> Self {
        let mut set = Self(self.0 | permission.bit());
        let mut next = permission.implies();
        while let Some(implied) = next {
            set = Self(set.0 | implied.bit());
            next = implied.implies();
        }
        set
    }

    /// The set without `permission` and without all that implies it.
    #[must_use]
    pub fn revoke(self, permission: Permission) -> Self {
        Permission::ALL
            .into_iter()
            .filter(|held| self.contains(*held) && !Self::EMPTY.grant(*held).contains(permission))
            .fold(Self::EMPTY, |set, held| set.union(Self(held.bit())))
    }

    /// Whether everything that is implied is in the set as well.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self.iter().fold(Self::EMPTY, Self::grant) == self
    }

    /// Whether the set is nothing but an implication of another held permission for `permission`:
    /// the one that brings it along, if any.
    #[must_use]
    pub fn comes_with(self, permission: Permission) -> Option<Permission> {
        self.iter().find(|held| held.implies() == Some(permission))
    }

    /// All in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in `self` and not in `other`.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether nothing is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The permissions in the order of the matrix.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |permission| self.contains(*permission))
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions.into_iter().fold(Self::EMPTY, |set, permission| Self(set.0 | permission.bit()))
    }
}

impl From<Vec<Permission>> for PermissionSet {
    fn from(permissions: Vec<Permission>) -> Self {
        permissions.into_iter().collect()
    }
}

impl From<PermissionSet> for Vec<Permission> {
    fn from(set: PermissionSet) -> Self {
        set.iter().collect()
    }
}

impl fmt::Debug for PermissionSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.iter().map(Permission::code)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edit_brings_view_and_losing_view_loses_edit() {
        let set = PermissionSet::EMPTY.grant(BillingEdit);
        assert_eq!(set.iter().collect::<Vec<_>>(), [PartnersView, BillingView, BillingEdit]);
        assert!(set.revoke(PartnersView).is_empty());
        assert_eq!(set.revoke(BillingView).iter().collect::<Vec<_>>(), [PartnersView]);
    }

    #[test]
    fn every_grant_and_revoke_of_a_closed_set_is_closed() {
        for bits in 0..1_u16 << Permission::ALL.len() {
            let set = PermissionSet(bits);
            if set.is_closed() {
                for permission in Permission::ALL {
                    assert!(set.grant(permission).is_closed());
                    assert!(set.revoke(permission).is_closed());
                    assert!(!set.revoke(permission).contains(permission));
                }
            }
        }
        assert!(!PermissionSet::from_iter([BillingEdit]).is_closed());
    }

    #[test]
    fn what_is_in_both_stays_in_their_union_and_goes_from_their_difference() {
        let (edit, view) = (PermissionSet::EMPTY.grant(BillingEdit), PermissionSet::EMPTY.grant(BillingView));
        assert_eq!(edit.union(view), edit);
        assert_eq!(view.union(edit), edit);
        assert_eq!(edit.minus(view).iter().collect::<Vec<_>>(), [BillingEdit]);
        assert!(view.minus(edit).is_empty());
    }

    #[test]
    fn what_comes_along_says_with_what() {
        let set = PermissionSet::EMPTY.grant(BillingEdit);
        let with = [PartnersView, BillingView, BillingEdit].map(|permission| set.comes_with(permission));
        assert_eq!(with, [Some(BillingView), Some(BillingEdit), None]);
        assert_eq!(PermissionSet::EMPTY.comes_with(PartnersView), None);
    }

    #[test]
    fn codes_are_what_travels() {
        for permission in Permission::ALL {
            assert_eq!(Permission::from_code(permission.code()), Some(permission));
            let wire = serde_json::to_string(&permission).unwrap();
            assert_eq!(wire, format!("\"{}\"", permission.code()));
        }
    }

    #[test]
    fn a_set_travels_as_its_codes_each_of_them_once() {
        let set = PermissionSet::EMPTY.grant(BillingView);
        let wire = r#"["partners.view","billing.view"]"#;
        assert_eq!(serde_json::to_string(&set).unwrap(), wire);
        assert_eq!(serde_json::from_str::<PermissionSet>(wire).unwrap(), set);
        let twice = r#"["billing.view","partners.view","billing.view"]"#;
        assert_eq!(serde_json::from_str::<PermissionSet>(twice).unwrap(), set);
    }
}
