//! The groups in which the matrix lists permissions.

use domain::Permission;

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
}
