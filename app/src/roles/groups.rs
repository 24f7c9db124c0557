//! The groups in which the matrix lists permissions.

use domain::{Permission, PermissionSet};

/// A group of permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Partners.
    Partners,
    /// Billing details.
    Billing,
    /// Users and roles.
    People,
    /// History and counts.
    Oversight,
    /// The organisation itself.
    Organisation,
}

impl Group {
    /// Every group, in the order of the matrix.
    pub const ALL: [Self; 5] =
        [Self::Partners, Self::Billing, Self::People, Self::Oversight, Self::Organisation];

    /// The group of a permission. Groups follow one another as [`Permission::ALL`] does.
    #[must_use]
    pub const fn of(permission: Permission) -> Self {
        use Permission as P;
        match permission {
            P::PartnersView | P::PartnersEdit => Self::Partners,
            P::BillingView | P::BillingEdit => Self::Billing,
            P::UsersView | P::UsersManage | P::RolesManage => Self::People,
            P::HistoryView | P::InsightsView => Self::Oversight,
            P::NewslettersManage | P::PrivacyManage | P::OrganisationManage => Self::Organisation,
        }
    }

    /// The permissions in it.
    #[must_use]
    pub fn permissions(self) -> PermissionSet {
        Permission::ALL.into_iter().filter(|permission| Self::of(*permission) == self).collect()
    }

    /// What it is called in the page; no permission has that code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Partners => "partners",
            Self::Billing => "billing",
            Self::People => "people",
            Self::Oversight => "oversight",
            Self::Organisation => "organisation",
        }
    }
}
