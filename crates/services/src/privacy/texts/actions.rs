//! What was done, in a few words and without what it was done to.

use domain::{Language, history::Action};

/// An action in words.
pub(in super::super) const fn action(language: Language, action: &Action) -> &'static str {
    let (english, german) = both(action);
    match language {
        Language::English => english,
        Language::German => german,
    }
}

const fn both(action: &Action) -> (&'static str, &'static str) {
    match action {
        Action::OrganisationCreated => ("Organisation created", "Organisation angelegt"),
        Action::OrganisationChanged { .. } => ("Organisation changed", "Organisation geändert"),
        Action::OrganisationBillingChanged { .. } => {
            ("Billing details of the organisation saved", "Abrechnungsdaten der Organisation gespeichert")
        }
        Action::NoticePublished { .. } => ("Privacy notice published", "Datenschutzhinweise veröffentlicht"),
        Action::SupportChanged => ("Support channels changed", "Erreichbarkeit geändert"),
        Action::DataRequestFiled { .. } => ("Data request filed", "Datenanfrage gestellt"),
        Action::DataRequestWithdrawn { .. } => ("Data request taken back", "Datenanfrage zurückgenommen"),
        Action::DataRequestExtended { .. } => ("Data request extended", "Datenanfrage verlängert"),
        Action::DataRequestAnswered { .. } => ("Data request answered", "Datenanfrage beantwortet"),
        Action::NewsletterCreated { .. } => ("Newsletter created", "Newsletter angelegt"),
        Action::NewsletterChanged { .. } => ("Newsletter changed", "Newsletter geändert"),
        Action::NewsletterClosed { .. } => ("Newsletter closed", "Newsletter geschlossen"),
        Action::NewsletterSent { .. } => ("Newsletter sent", "Newsletter gesendet"),
        Action::UserCreated => ("User invited", "Benutzer eingeladen"),
        Action::UserChanged { .. } => ("User changed", "Benutzer geändert"),
        Action::UserRolesChanged { .. } => ("Roles of a user changed", "Rollen eines Benutzers geändert"),
        Action::PasswordLinkIssued => ("Link for a password issued", "Link für ein Passwort ausgestellt"),
        Action::PasswordSet => ("Password set", "Passwort festgelegt"),
        Action::SecondFactorOn => ("Codes of an app turned on", "Codes einer App eingeschaltet"),
        Action::SecondFactorOff => ("Codes of an app turned off", "Codes einer App ausgeschaltet"),
        Action::SecondFactorReset => ("Second factor reset", "Zweiter Faktor zurückgesetzt"),
        Action::RecoveryCodesRenewed => ("New recovery codes made", "Neue Wiederherstellungscodes erzeugt"),
        Action::RecoveryCodeUsed => ("Recovery code used", "Wiederherstellungscode benutzt"),
        Action::PasskeyAdded => ("Passkey added", "Passkey hinzugefügt"),
        Action::PasskeyRemoved => ("Passkey removed", "Passkey entfernt"),
        Action::UserTerminated => ("Account terminated", "Konto beendet"),
        Action::UserSuspended => ("User suspended", "Benutzer gesperrt"),
        Action::UserReactivated => ("Suspension lifted", "Sperre aufgehoben"),
        Action::InvitationSent => ("Invitation sent again", "Einladung erneut gesendet"),
        Action::InvitationRevoked => ("Invitation taken back", "Einladung zurückgenommen"),
        Action::InvitationDeclined => ("Invitation declined", "Einladung abgelehnt"),
        Action::InvitationExpired => ("Invitation ended unanswered", "Einladung unbeantwortet abgelaufen"),
        Action::RoleCreated { .. } => ("Role created", "Rolle angelegt"),
        Action::RoleCopied { .. } => ("Role created as a copy", "Rolle als Kopie angelegt"),
        Action::RoleRenamed { .. } => ("Role renamed", "Rolle umbenannt"),
        Action::RoleDeleted { .. } => ("Role deleted", "Rolle gelöscht"),
        Action::RolePermissionsChanged { .. } => {
            ("Permissions of a role changed", "Rechte einer Rolle geändert")
        }
        Action::RolePreviewed { .. } => ("Preview opened as a role", "Vorschau als Rolle geöffnet"),
        Action::UserPreviewed => ("Preview opened as a user", "Vorschau als Benutzer geöffnet"),
        Action::PartnerCreated => ("Partner created", "Partner angelegt"),
        Action::PartnerChanged { .. } => ("Partner changed", "Partner geändert"),
        Action::PartnerBillingChanged { .. } => {
            ("Billing details of a partner saved", "Abrechnungsdaten eines Partners gespeichert")
        }
        Action::PartnerDeactivated => ("Partner deactivated", "Partner deaktiviert"),
        Action::PartnerReactivated => ("Partner reactivated", "Partner reaktiviert"),
        Action::PartnerDeleted => ("Partner deleted", "Partner gelöscht"),
    }
}
