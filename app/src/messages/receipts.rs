//! What goes and what stays when an account ends, and the receipt of it.

use domain::{
    history::MOST_COUNTED,
    receipts::Category,
    retention::{KeptName, NameGround},
};

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
    /// On how many actions, until the end of which year, and the articles that allow it.
    pub kept_name: fn(i64, i16, &str) -> String,
    /// Until when a name stays, and why.
    pub kept_until: fn(KeptName) -> String,
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
        Category::Agreements => "Agreements to the privacy notice",
        Category::RequestTexts => "Texts of data requests",
        Category::Newsletters => "Newsletters",
        Category::Consents => "Records of newsletters switched on and off",
        Category::Views => "Who looked at your page",
        Category::Exports => "Exports",
        Category::PermissionRequests => "Permissions that were asked for",
    },
    kept: "What was kept",
    kept_name: |count, until, ground| {
        let actions = match count {
            1 => "1 action".to_owned(),
            MOST_COUNTED.. => format!("{MOST_COUNTED} or more actions"),
            _ => format!("{count} actions"),
        };
        format!("The name, on {actions} in the history, until the end of {until} ({ground})")
    },
    kept_until: |KeptName { ground, until }| {
        let why = match ground {
            NameGround::Accounting => "accounting law asks who saved billing details",
            NameGround::Interest => "those who work with it have to see who changed what",
        };
        let articles = ground.articles();
        format!(
            "The name stays until the end of {until}, since {why} ({articles}). Then it reads “former user”."
        )
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
        Category::Agreements => "Zustimmungen zu den Datenschutzhinweisen",
        Category::RequestTexts => "Texte von Datenanfragen",
        Category::Newsletters => "Newsletter",
        Category::Consents => "Nachweise über ein- und ausgeschaltete Newsletter",
        Category::Views => "Wer Ihre Seite angesehen hat",
        Category::Exports => "Exporte",
        Category::PermissionRequests => "Berechtigungen, um die gebeten wurde",
    },
    kept: "Was bleibt",
    kept_name: |count, until, ground| {
        let actions = match count {
            1 => "1 Aktion".to_owned(),
            MOST_COUNTED.. => format!("{MOST_COUNTED} oder mehr Aktionen"),
            _ => format!("{count} Aktionen"),
        };
        format!("Der Name, an {actions} im Verlauf, bis Ende {until} ({ground})")
    },
    kept_until: |KeptName { ground, until }| {
        let why = match ground {
            NameGround::Accounting => {
                "das Buchhaltungsrecht verlangt zu wissen, wer Abrechnungsdaten gespeichert hat"
            }
            NameGround::Interest => "wer damit arbeitet, muss sehen können, wer was geändert hat",
        };
        let articles = ground.articles();
        format!(
            "Der Name bleibt bis Ende {until}, denn {why} ({articles}). Danach steht dort „Ehemaliger Benutzer“."
        )
    },
    signed: "Die Datei ist signiert. Den Schlüssel, mit dem sie sich prüfen lässt, veröffentlicht der Betreiber dieser Installation.",
    download: "Quittung herunterladen",
    back: "Zurück zu den Benutzern",
    sign_in: "Zur Anmeldung",
};
