//! German; it says "Sie".

use super::{NewsletterTexts, Notice, Texts};

const PROFILE: &str = "Ihr Profil öffnen";

/// What to do about a change that only the user should have made.
fn not_you(organisation: &str) -> String {
    format!(
        "Wenn Sie das nicht waren: Setzen Sie sofort über „Passwort vergessen?“ auf der Anmeldeseite ein \
         neues Passwort, sehen Sie in Ihrem Profil nach Geräten und Passkeys, die nicht Ihre sind, und \
         sagen Sie den Personen Bescheid, die bei {organisation} die Benutzer verwalten."
    )
}

/// What to do about a request that only the user should have filed.
fn not_filed(organisation: &str) -> String {
    format!(
        "Wenn Sie keine gestellt haben: Setzen Sie über „Passwort vergessen?“ auf der Anmeldeseite ein neues \
         Passwort, und sagen Sie den Personen Bescheid, die bei {organisation} die Benutzer verwalten."
    )
}

pub(super) static TEXTS: Texts = Texts {
    greeting: |name| format!("Guten Tag {name},"),
    good_until: |end, zone| format!("Der Link gilt einmal, und zwar bis {end} ({zone})."),
    copy_hint: "Wenn die Schaltfläche nicht geht, öffnen Sie diese Adresse:",
    footer: |organisation| format!("Automatisch gesendet von der Konsole von {organisation}."),
    device: |browser, system| match (browser, system) {
        (Some(browser), Some(system)) => format!("Es war {browser} unter {system}."),
        (Some(known), None) | (None, Some(known)) => format!("Es war {known}."),
        (None, None) => "Den Browser kennen wir nicht.".to_owned(),
    },
    invitation: Notice {
        subject: |organisation| format!("Ihre Einladung zu {organisation}"),
        happened: |organisation| {
            format!(
                "{organisation} lädt Sie in die eigene Konsole ein. Auf der nächsten Seite sehen Sie, was \
                 über Sie gespeichert ist, und nehmen an oder lehnen ab."
            )
        },
        button: "Einladung ansehen",
        not_you: |_| {
            "Wenn Sie das nicht erwartet haben, lehnen Sie dort ab oder tun Sie nichts: Die Einladung endet \
             dann von selbst, und was über Sie gespeichert war, wird gelöscht."
                .to_owned()
        },
    },
    password_reset: Notice {
        subject: |organisation| format!("Ein neues Passwort für {organisation}"),
        happened: |organisation| {
            format!(
                "Jemand hat um einen Link gebeten, um für Ihr Konto bei {organisation} ein neues Passwort zu \
                 setzen."
            )
        },
        button: "Neues Passwort setzen",
        not_you: |_| {
            "Wenn Sie das nicht waren, tun Sie nichts: Ihr Passwort bleibt, wie es ist. Wenn es wieder \
             vorkommt, sagen Sie den Personen Bescheid, die die Benutzer verwalten."
                .to_owned()
        },
    },
    address_confirmation: Notice {
        subject: |organisation| format!("Bestätigen Sie Ihre E-Mail-Adresse für {organisation}"),
        happened: |organisation| {
            format!("Dies soll die E-Mail-Adresse eines Kontos bei {organisation} werden.")
        },
        button: "Adresse bestätigen",
        not_you: |_| {
            "Wenn Sie davon nichts wissen, tun Sie nichts: Ohne Ihre Bestätigung ändert sich nichts."
                .to_owned()
        },
    },
    address_change: Notice {
        subject: |organisation| format!("Ihre E-Mail-Adresse bei {organisation} ändert sich"),
        happened: |organisation| {
            format!(
                "Die E-Mail-Adresse Ihres Kontos bei {organisation} wird durch eine andere ersetzt oder wurde \
                 es schon. E-Mails zu Ihrem Konto gehen dann dorthin."
            )
        },
        button: PROFILE,
        not_you: |organisation| {
            format!(
                "Wenn Sie das nicht waren: Melden Sie sich sofort an, ändern Sie die Adresse zurück und setzen \
                 Sie ein neues Passwort. Wenn Sie sich nicht mehr anmelden können, sagen Sie den Personen \
                 Bescheid, die bei {organisation} die Benutzer verwalten."
            )
        },
    },
    rights_changed: Notice {
        subject: |organisation| format!("Ihre Rechte bei {organisation} haben sich geändert"),
        happened: |organisation| {
            format!(
                "Jemand hat Ihre Rollen bei {organisation} geändert oder das, was sie erlauben. Es gilt schon."
            )
        },
        button: PROFILE,
        not_you: |organisation| {
            format!(
                "Wenn Sie das nicht erwartet haben, fragen Sie die Personen, die bei {organisation} die Rollen \
                 verwalten."
            )
        },
    },
    password_changed: Notice {
        subject: |organisation| format!("Ihr Passwort bei {organisation} wurde geändert"),
        happened: |organisation| {
            format!(
                "Das Passwort Ihres Kontos bei {organisation} wurde geändert, und alle anderen, die damit \
                 angemeldet waren, wurden abgemeldet."
            )
        },
        button: PROFILE,
        not_you,
    },
    passkey_added: Notice {
        subject: |organisation| format!("Ein Passkey kam zu Ihrem Konto bei {organisation} hinzu"),
        happened: |organisation| {
            format!(
                "Zu Ihrem Konto bei {organisation} kam ein Passkey hinzu. Wer ihn hat, kann sich anmelden."
            )
        },
        button: PROFILE,
        not_you,
    },
    passkey_removed: Notice {
        subject: |organisation| format!("Ein Passkey Ihres Kontos bei {organisation} wurde entfernt"),
        happened: |organisation| {
            format!(
                "Ein Passkey Ihres Kontos bei {organisation} wurde entfernt. Damit kann sich niemand mehr \
                 anmelden."
            )
        },
        button: PROFILE,
        not_you,
    },
    second_factor_on: Notice {
        subject: |organisation| format!("Anmeldung in zwei Schritten bei {organisation}"),
        happened: |organisation| {
            format!("Für die Anmeldung bei {organisation} brauchen Sie von jetzt an auch einen Code.")
        },
        button: PROFILE,
        not_you,
    },
    second_factor_off: Notice {
        subject: |organisation| format!("Der zweite Schritt bei {organisation} ist abgeschaltet"),
        happened: |organisation| {
            format!("Für die Anmeldung bei {organisation} reicht wieder das Passwort, ohne einen Code.")
        },
        button: PROFILE,
        not_you,
    },
    new_device: Notice {
        subject: |organisation| format!("Ein neues Gerät hat sich bei {organisation} angemeldet"),
        happened: |organisation| {
            format!(
                "Jemand hat sich in Ihrem Konto bei {organisation} mit einer Art von Gerät angemeldet, die \
                 vorher nicht benutzt wurde."
            )
        },
        button: PROFILE,
        not_you,
    },
    data_request_answered: Notice {
        subject: |organisation| format!("Ihre Datenanfrage bei {organisation} ist beantwortet"),
        happened: |organisation| {
            format!(
                "Es gibt eine Antwort auf eine Datenanfrage, die Sie bei {organisation} gestellt haben. Sie \
                 steht nicht in dieser Nachricht: Melden Sie sich an, um sie zu lesen."
            )
        },
        button: "Antwort lesen",
        not_you: not_filed,
    },
    data_request_extended: Notice {
        subject: |organisation| format!("Ihre Datenanfrage bei {organisation} dauert länger"),
        happened: |organisation| {
            format!(
                "{organisation} braucht bis zu zwei Monate mehr, um eine Datenanfrage zu beantworten, die Sie \
                 gestellt haben. Melden Sie sich an, um zu lesen, warum, und bis wann die Antwort kommt."
            )
        },
        button: "Ihre Anfragen öffnen",
        not_you: not_filed,
    },
    newsletter: NewsletterTexts {
        kind: "Newsletter",
        why: |newsletter, organisation| {
            format!(
                "Sie bekommen das, weil Sie „{newsletter}“ in Ihrem Profil bei {organisation} eingeschaltet haben."
            )
        },
        stop: "Diesen Newsletter abbestellen",
        test_subject: |subject| format!("[Test] {subject}"),
        test: "Das ist ein Test, den nur Sie bekommen. Bei den anderen steht hier der Link zum Abbestellen.",
    },
};
