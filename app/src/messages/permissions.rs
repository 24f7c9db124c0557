//! What permissions are called and what they allow.

use domain::Permission::{self, *};

/// A permission in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PermissionText {
    /// What it is called.
    pub label: &'static str,
    /// What it allows, in a few words.
    pub allows: &'static str,
}

/// What permissions are called and what they allow.
pub struct Permissions {
    pub of: fn(Permission) -> PermissionText,
    /// The name of the system role.
    pub platform_admin: &'static str,
}

impl Permissions {
    /// What a permission is called.
    pub fn label(&self, permission: Permission) -> &'static str {
        (self.of)(permission).label
    }
}

const fn text(label: &'static str, allows: &'static str) -> PermissionText {
    PermissionText { label, allows }
}

pub const ENGLISH: Permissions = Permissions {
    of: |permission| match permission {
        PartnersView => text("View partners", "The list and general fields"),
        PartnersEdit => text("Edit partners", "Create, change general fields"),
        BillingView => text("View billing details", "Billing sections of partners and of your organisation"),
        BillingEdit => {
            text("Edit billing details", "Change billing details; deactivate, reactivate and delete partners")
        }
        UsersView => text("View users", "Names, roles, status"),
        UsersManage => text("Manage users", "Create, change, terminate"),
        RolesManage => text("Manage roles", "The matrix and who holds which role"),
        HistoryView => text("View history", "Who did what, and its export"),
        InsightsView => text("View usage insights", "Anonymous feature counts"),
        NewslettersManage => text("Manage newsletters", "Topics, writing and sending"),
        PrivacyManage => text("Handle data requests", "The inbox and the privacy notice"),
        OrganisationManage => text("Manage organisation", "Name, time zone, support channels"),
    },
    platform_admin: "Platform admin",
};

pub const GERMAN: Permissions = Permissions {
    of: |permission| match permission {
        PartnersView => text("Partner ansehen", "Die Liste und allgemeine Felder"),
        PartnersEdit => text("Partner bearbeiten", "Anlegen, allgemeine Felder ändern"),
        BillingView => text("Abrechnungsdaten ansehen", "Abrechnung von Partnern und Ihrer Organisation"),
        BillingEdit => text(
            "Abrechnungsdaten bearbeiten",
            "Abrechnungsdaten ändern; Partner deaktivieren, reaktivieren und löschen",
        ),
        UsersView => text("Benutzer ansehen", "Namen, Rollen, Status"),
        UsersManage => text("Benutzer verwalten", "Anlegen, ändern, Konto beenden"),
        RolesManage => text("Rollen verwalten", "Die Matrix und wer welche Rolle hat"),
        HistoryView => text("Verlauf ansehen", "Wer was getan hat, und der Export"),
        InsightsView => text("Nutzung ansehen", "Anonyme Zählungen je Funktion"),
        NewslettersManage => text("Newsletter verwalten", "Themen, schreiben und senden"),
        PrivacyManage => text("Datenanfragen bearbeiten", "Der Eingang und der Datenschutzhinweis"),
        OrganisationManage => text("Organisation verwalten", "Name, Zeitzone, Hilfewege"),
    },
    platform_admin: "Plattform-Admin",
};

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use domain::Language;

    #[test]
    fn the_server_calls_permissions_the_same() {
        for (language, words) in [(Language::English, &ENGLISH), (Language::German, &GERMAN)] {
            for permission in Permission::ALL {
                let other = services::privacy::permission_label(language, permission);
                assert_eq!(words.label(permission), other);
            }
        }
    }
}
