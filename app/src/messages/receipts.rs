//! What goes and what stays when an account ends, and the receipt of it.

use domain::{history::MOST_COUNTED, receipts::Category};

/// What goes and what stays when an account ends, and the receipt of it.
pub struct Receipts {
    pub title: &'static str,
    pub lead: &'static str,
    pub terminated_at: &'static str,
    pub done: &'static str,
    pub pending: &'static str,
    pub pending_text: &'static str,
    pub check_again: &'static str,
    pub removed: &'static str,
    /// A kind of data; its number follows where there can be more than one.
    pub category: fn(Category) -> &'static str,
    pub kept: &'static str,
    /// On how many actions, and the articles that allow it.
    pub kept_name: fn(i64, &str) -> String,
    pub signed: &'static str,
    pub download: &'static str,
    pub back: &'static str,
    pub sign_in: &'static str,
}

pub const ENGLISH: Receipts = Receipts {
    title: "The account is terminated",
    lead: "This is the receipt. It can be opened here for 30 days; keep the file for later.",
    terminated_at: "Terminated on",
    done: "Erased",
    pending: "Not quite done",
    pending_text: "Everything is deleted. A last trace leaves the files of the database as soon as nobody reads them; this is tried every minute.",
    check_again: "Check again",
    removed: "What was removed",
    category: |category| match category {
        Category::Address => "E-mail address",
        Category::Key => "The key that the address could be read with",
        Category::Account => "Account: state and language",
        Category::Password => "Password",
        Category::Roles => "Roles",
        Category::SignIns => "Sign-ins",
        Category::Devices => "Known devices",
        Category::Passkeys => "Passkeys",
        Category::Apps => "Apps that make codes",
        Category::RecoveryCodes => "Recovery codes",
        Category::Challenges => "Open questions of sign-ins",
        Category::Links => "Open links",
        Category::OtherAddresses => "Former and new addresses",
        Category::Mail => "Mails in the outbox",
    },
    kept: "What was kept",
    kept_name: |count, ground| match count {
        1 => format!("The name, on 1 action in the history ({ground})"),
        MOST_COUNTED.. => format!("The name, on {MOST_COUNTED} or more actions in the history ({ground})"),
        _ => format!("The name, on {count} actions in the history ({ground})"),
    },
    signed: "The file is signed. Whoever runs this installation publishes the key to check it with.",
    download: "Download the receipt",
    back: "Back to the users",
    sign_in: "To the sign-in page",
};

pub const GERMAN: Receipts = Receipts {
    title: "Das Konto ist beendet",
    lead: "Das ist die Quittung. Sie lässt sich hier 30 Tage lang öffnen; heben Sie für später die Datei auf.",
    terminated_at: "Beendet am",
    done: "Gelöscht",
    pending: "Noch nicht ganz fertig",
    pending_text: "Alles ist gelöscht. Eine letzte Spur verlässt die Dateien der Datenbank, sobald niemand sie liest; das wird jede Minute versucht.",
    check_again: "Erneut prüfen",
    removed: "Was entfernt wurde",
    category: |category| match category {
        Category::Address => "E-Mail-Adresse",
        Category::Key => "Der Schlüssel, mit dem die Adresse lesbar war",
        Category::Account => "Konto: Zustand und Sprache",
        Category::Password => "Passwort",
        Category::Roles => "Rollen",
        Category::SignIns => "Anmeldungen",
        Category::Devices => "Bekannte Geräte",
        Category::Passkeys => "Passkeys",
        Category::Apps => "Apps, die Codes erzeugen",
        Category::RecoveryCodes => "Notfallcodes",
        Category::Challenges => "Offene Fragen von Anmeldungen",
        Category::Links => "Offene Links",
        Category::OtherAddresses => "Frühere und neue Adressen",
        Category::Mail => "E-Mails im Ausgang",
    },
    kept: "Was bleibt",
    kept_name: |count, ground| match count {
        1 => format!("Der Name, an 1 Aktion im Verlauf ({ground})"),
        MOST_COUNTED.. => format!("Der Name, an {MOST_COUNTED} oder mehr Aktionen im Verlauf ({ground})"),
        _ => format!("Der Name, an {count} Aktionen im Verlauf ({ground})"),
    },
    signed: "Die Datei ist signiert. Den Schlüssel, mit dem sie sich prüfen lässt, veröffentlicht der Betreiber dieser Installation.",
    download: "Quittung herunterladen",
    back: "Zurück zu den Benutzern",
    sign_in: "Zur Anmeldung",
};
