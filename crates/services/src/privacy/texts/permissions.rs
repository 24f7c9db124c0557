//! What permissions are called. The pages have these words too; a test of theirs compares the two.

use domain::{
    Language,
    Permission::{self, *},
};

/// What a permission is called.
#[must_use]
pub const fn permission(language: Language, permission: Permission) -> &'static str {
    let (english, german) = match permission {
        PartnersView => ("View partners", "Partner ansehen"),
        PartnersEdit => ("Edit partners", "Partner bearbeiten"),
        BillingView => ("View billing details", "Abrechnungsdaten ansehen"),
        BillingEdit => ("Edit billing details", "Abrechnungsdaten bearbeiten"),
        UsersView => ("View users", "Benutzer ansehen"),
        UsersManage => ("Manage users", "Benutzer verwalten"),
        RolesManage => ("Manage roles", "Rollen verwalten"),
        HistoryView => ("View history", "Verlauf ansehen"),
        InsightsView => ("View usage insights", "Nutzung ansehen"),
        NewslettersManage => ("Manage newsletters", "Newsletter verwalten"),
        PrivacyManage => ("Handle data requests", "Datenanfragen bearbeiten"),
        OrganisationManage => ("Manage organisation", "Organisation verwalten"),
    };
    match language {
        Language::English => english,
        Language::German => german,
    }
}
