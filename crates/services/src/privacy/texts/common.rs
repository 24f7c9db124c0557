//! Words that all items share: what tables, periods and articles are called, and the rest.

use super::Translated;
use domain::{
    Language,
    explain::AskedState,
    newsletters::Source,
    requests::{RequestKind, RequestState},
    retention::NamePeriods,
    users::UserStatus,
};
use store::personal_data::Reason;

/// Table, the column that leads to the person, and what such rows are in English and in German.
#[rustfmt::skip]
pub(super) const SECTIONS: &[(&str, &str, &str, &str)] = &[
    ("person", "id", "You", "Sie"),
    ("account", "user_id", "Your account", "Ihr Konto"),
    ("user_contact", "user_id", "Your e-mail address", "Ihre E-Mail-Adresse"),
    ("user_password", "user_id", "Your password", "Ihr Passwort"),
    ("session", "user_id", "Where you are signed in", "Wo Sie angemeldet sind"),
    ("preview", "user_id", "That somebody looks at Assent as you see it", "Dass jemand Assent so ansieht, wie Sie es sehen"),
    ("known_device", "user_id", "Kinds of devices you have signed in with", "Arten von Geräten, mit denen Sie angemeldet waren"),
    ("link", "user_id", "Links that were sent to you", "Links, die an Sie gingen"),
    ("address_change", "user_id", "A new address that you have not confirmed", "Eine neue Adresse, die Sie nicht bestätigt haben"),
    ("mail", "user_id", "Mail to you", "E-Mails an Sie"),
    ("former_address", "user_id", "A former address that is still told of the change", "Eine frühere Adresse, die noch von der Änderung erfährt"),
    ("passkey", "user_id", "Your passkeys", "Ihre Passkeys"),
    ("totp", "user_id", "Your app for one-time codes", "Ihre App für Einmalcodes"),
    ("recovery_code", "user_id", "Your recovery codes", "Ihre Wiederherstellungscodes"),
    ("challenge", "user_id", "Questions to your browser", "Fragen an Ihren Browser"),
    ("role_assignment", "user_id", "Your roles", "Ihre Rollen"),
    ("billing_version", "saved_by", "Billing details that you saved", "Abrechnungsdaten, die Sie gespeichert haben"),
    ("history", "actor_id", "What you did", "Was Sie getan haben"),
    ("history", "subject_id", "What others did to your account", "Was andere an Ihrem Konto getan haben"),
    ("profile_view", "user_id", "Who opened your page", "Wer Ihre Seite geöffnet hat"),
    ("profile_view", "viewer_id", "That you opened the pages of others", "Dass Sie die Seiten anderer geöffnet haben"),
    ("data_export", "user_id", "Your export", "Ihr Export"),
    ("permission_request", "user_id", "Rights that you asked for", "Rechte, um die Sie gebeten haben"),
    ("notice_agreement", "user_id", "That you agreed to the privacy notice", "Dass Sie den Datenschutzhinweisen zugestimmt haben"),
    ("data_request", "user_id", "Your data requests", "Ihre Datenanfragen"),
    ("data_request", "answered_by", "Data requests that you answered", "Datenanfragen, die Sie beantwortet haben"),
    ("subscription", "user_id", "Your newsletters", "Ihre Newsletter"),
    ("consent", "user_id", "When you switched newsletters on and off", "Wann Sie Newsletter ein- und ausgeschaltet haben"),
    ("user_key", "user_id", "The key to your address and texts", "Der Schlüssel zu Ihrer Adresse und Ihren Texten"),
];

pub(super) const PERIODS: &[Translated] = &[
    (
        "until the account is terminated",
        "At the latest until your account is terminated",
        "Spätestens bis Ihr Konto beendet wird",
    ),
    ("an hour at most", "An hour at most", "Höchstens eine Stunde"),
    (
        "30 days after it was sent, at most 90 days, and no longer than the account",
        "30 days after it was sent, at most 90 days, and no longer than your account",
        "30 Tage nach dem Versand, höchstens 90 Tage, und nicht länger als Ihr Konto",
    ),
    (
        "until the notice was sent or given up",
        "Until the notice was sent or given up",
        "Bis die Nachricht versendet oder aufgegeben wurde",
    ),
    (
        "a year, and no longer than the account",
        "A year, and no longer than the account of the person whose page it is",
        "Ein Jahr, und nicht länger als das Konto der Person, deren Seite es ist",
    ),
    (
        "as long as the name of its author",
        "As long as your name, also when your account is terminated",
        "So lange wie Ihr Name, auch wenn Ihr Konto beendet wird",
    ),
    (
        "3 years after the end of the year in which it was answered, and no longer than the account",
        "Until 3 years after the end of the year in which it was answered, and no longer than your account",
        "Bis 3 Jahre nach Ende des Jahres, in dem geantwortet wurde, und nicht länger als Ihr Konto",
    ),
    (
        "90 days after it was answered, and no longer than the account",
        "90 days after it was answered, and no longer than your account",
        "90 Tage nach der Antwort, und nicht länger als Ihr Konto",
    ),
    (
        "24 hours after it was made, and no longer than the account",
        "24 hours after it was made, and no longer than your account",
        "24 Stunden nach der Erstellung, und nicht länger als Ihr Konto",
    ),
];

pub(super) const GROUNDS: &[Translated] = &[
    (
        "Art. 6(1)(a)",
        "Art. 6(1)(a) GDPR: you agreed to it",
        "Art. 6 Abs. 1 lit. a DSGVO: Sie haben eingewilligt",
    ),
    (
        "Art. 7(1)",
        "Art. 7(1) GDPR: that you agreed has to be shown",
        "Art. 7 Abs. 1 DSGVO: Ihre Einwilligung muss nachweisbar sein",
    ),
    (
        "Art. 6(1)(b)",
        "Art. 6(1)(b) GDPR: your account needs it",
        "Art. 6 Abs. 1 lit. b DSGVO: Ihr Konto braucht es",
    ),
    (
        "Art. 6(1)(c)",
        "Art. 6(1)(c) GDPR: the law asks for it",
        "Art. 6 Abs. 1 lit. c DSGVO: Das Gesetz verlangt es",
    ),
    (
        "Art. 6(1)(f)",
        "Art. 6(1)(f) GDPR: security and traceability",
        "Art. 6 Abs. 1 lit. f DSGVO: Sicherheit und Nachvollziehbarkeit",
    ),
];

/// Words of one language.
pub(in super::super) struct Common {
    pub(in super::super) yes: &'static str,
    pub(in super::super) no: &'static str,
    pub(in super::super) nobody: &'static str,
    pub(in super::super) you_only: &'static str,
    /// What a permission is called, and how many hold it.
    pub(in super::super) holders: fn(&str, i64) -> String,
    pub(in super::super) status: fn(UserStatus) -> &'static str,
    /// `queued`, `sent`, `ready`, `failed`.
    pub(in super::super) queued: &'static str,
    pub(in super::super) sent: &'static str,
    pub(in super::super) ready: &'static str,
    pub(in super::super) failed: &'static str,
    pub(in super::super) unreachable: &'static str,
    pub(in super::super) undeliverable: &'static str,
    pub(in super::super) interrupted: &'static str,
    pub(in super::super) refused: fn(&str) -> String,
    pub(in super::super) invitation: &'static str,
    pub(in super::super) set_password: &'static str,
    pub(in super::super) confirm_address: &'static str,
    pub(in super::super) second_factor: &'static str,
    pub(in super::super) add_passkey: &'static str,
    pub(in super::super) use_passkey: &'static str,
    pub(in super::super) request_kind: fn(RequestKind) -> &'static str,
    pub(in super::super) request_state: fn(RequestState) -> &'static str,
    pub(in super::super) source: fn(Source) -> &'static str,
    pub(in super::super) asked: fn(AskedState) -> &'static str,
    pub(in super::super) kept_names: fn(NamePeriods) -> String,
    pub(in super::super) former_user: &'static str,
    pub(in super::super) reason: fn(Reason) -> &'static str,
    pub(in super::super) not_stored: &'static [&'static str],
    pub(in super::super) export: ExportWords,
}

/// Words of the readable page in the export.
pub(in super::super) struct ExportWords {
    /// Of whom, at which organisation.
    pub(in super::super) title: fn(&str, &str) -> String,
    /// When it was made, and what else is in the file.
    pub(in super::super) lead: fn(&str) -> String,
    pub(in super::super) values: &'static str,
    pub(in super::super) why: &'static str,
    pub(in super::super) ground: &'static str,
    pub(in super::super) period: &'static str,
    pub(in super::super) readers: &'static str,
    pub(in super::super) nothing: &'static str,
    pub(in super::super) more: &'static str,
    pub(in super::super) absent: &'static str,
    pub(in super::super) withheld: &'static str,
    pub(in super::super) reason: &'static str,
    pub(in super::super) not_stored: &'static str,
}

/// The words of a language.
pub(in super::super) const fn of(language: Language) -> &'static Common {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
    }
}

static ENGLISH: Common = Common {
    yes: "Yes",
    no: "No",
    nobody: "Nobody, only the program",
    you_only: "You only",
    holders: |label, count| match count {
        1 => format!("Whoever holds “{label}”: 1 person"),
        _ => format!("Whoever holds “{label}”: {count} people"),
    },
    status: |status| match status {
        UserStatus::Invited => "Invited",
        UserStatus::Active => "Active",
        UserStatus::Suspended => "Suspended",
        UserStatus::Terminating => "Being terminated",
    },
    queued: "On its way",
    sent: "Sent",
    ready: "Ready",
    failed: "Given up",
    unreachable: "The mail server could not be reached",
    undeliverable: "Mail can't be sent to such an address",
    interrupted: "Broken off",
    refused: |code| format!("Refused with the code {code}"),
    invitation: "Invitation",
    set_password: "To set a new password",
    confirm_address: "To confirm the new address",
    second_factor: "A second factor",
    add_passkey: "A new passkey",
    use_passkey: "A passkey, to sign in",
    request_kind: |kind| match kind {
        RequestKind::Access => "To see one's data",
        RequestKind::Rectification => "To have data corrected",
        RequestKind::Erasure => "To have data erased",
        RequestKind::Restriction => "To have the use of data restricted",
        RequestKind::Objection => "An objection to the use of data",
        RequestKind::Question => "A question about data",
    },
    request_state: |state| match state {
        RequestState::Open => "Open",
        RequestState::Answered => "Answered",
        RequestState::Withdrawn => "Taken back",
    },
    source: |source| match source {
        Source::Profile => "The switch on your profile",
        Source::MailLink => "The link in a mail",
        Source::Closed => "The newsletter was closed",
    },
    asked: |state| match state {
        AskedState::Open => "Waits for an answer",
        AskedState::Granted => "Granted",
        AskedState::Declined => "Declined",
        AskedState::TakenBack => "Taken back",
    },
    kept_names: |NamePeriods { billing, other }| {
        format!(
            "Where you saved billing details, until {billing} years after the end of that year; otherwise until {other} years after \
             the end of the year in which your account ends. Then your name is replaced with “former user”."
        )
    },
    former_user: "Former user",
    reason: |reason| match reason {
        Reason::Secret => {
            "Whoever had it could try to get into your account. Nobody can read your secrets from it."
        }
        Reason::Hash => "A keyed mark that nothing can be read in. The value it was made of is shown above.",
        Reason::LeadsToNobody => {
            "A keyed mark that leads to nobody: we can't tell whose it is, so we can't show you yours."
        }
        Reason::Export => "It is the file that you can download at the top of this page.",
    },
    not_stored: &[
        "No network address and no place: attempts to sign in are counted by a keyed mark, for an hour at most.",
        "No full name of your browser: only its kind, such as Firefox on Linux.",
        "No list of the pages you open, but for the days on which you opened the page of another user.",
        "No phone number, date of birth, picture or gender.",
        "No cookies but those that keep you signed in and remember language and appearance.",
        "Nothing is sent to anybody else: no request of these pages leaves this server.",
    ],
    export: ExportWords {
        title: |name, organisation| format!("What {organisation} stores about {name}"),
        lead: |made| {
            format!(
                "Made on {made}. The same stands complete and machine-readable in data.json, as export-1.json describes it."
            )
        },
        values: "Your values",
        why: "Why",
        ground: "On which ground",
        period: "For how long",
        readers: "Who can read it",
        nothing: "Empty",
        more: "and more: see data.json",
        absent: "Not stored at this moment",
        withheld: "Stored, and not shown",
        reason: "Why it is not shown",
        not_stored: "Never stored",
    },
};

static GERMAN: Common = Common {
    yes: "Ja",
    no: "Nein",
    nobody: "Niemand, nur das Programm",
    you_only: "Nur Sie",
    holders: |label, count| match count {
        1 => format!("Wer „{label}“ hat: 1 Person"),
        _ => format!("Wer „{label}“ hat: {count} Personen"),
    },
    status: |status| match status {
        UserStatus::Invited => "Eingeladen",
        UserStatus::Active => "Aktiv",
        UserStatus::Suspended => "Gesperrt",
        UserStatus::Terminating => "Wird beendet",
    },
    queued: "Unterwegs",
    sent: "Versendet",
    ready: "Fertig",
    failed: "Aufgegeben",
    unreachable: "Der Mailserver war nicht zu erreichen",
    undeliverable: "An eine solche Adresse kann nichts gesendet werden",
    interrupted: "Abgebrochen",
    refused: |code| format!("Abgelehnt mit dem Code {code}"),
    invitation: "Einladung",
    set_password: "Um ein neues Passwort festzulegen",
    confirm_address: "Um die neue Adresse zu bestätigen",
    second_factor: "Ein zweiter Faktor",
    add_passkey: "Ein neuer Passkey",
    use_passkey: "Ein Passkey zur Anmeldung",
    request_kind: |kind| match kind {
        RequestKind::Access => "Auskunft über die eigenen Daten",
        RequestKind::Rectification => "Berichtigung",
        RequestKind::Erasure => "Löschung",
        RequestKind::Restriction => "Einschränkung der Verarbeitung",
        RequestKind::Objection => "Widerspruch gegen die Verarbeitung",
        RequestKind::Question => "Eine Frage zu den eigenen Daten",
    },
    request_state: |state| match state {
        RequestState::Open => "Offen",
        RequestState::Answered => "Beantwortet",
        RequestState::Withdrawn => "Zurückgenommen",
    },
    source: |source| match source {
        Source::Profile => "Der Schalter in Ihrem Profil",
        Source::MailLink => "Der Link in einer E-Mail",
        Source::Closed => "Der Newsletter wurde eingestellt",
    },
    asked: |state| match state {
        AskedState::Open => "Wartet auf eine Antwort",
        AskedState::Granted => "Erteilt",
        AskedState::Declined => "Abgelehnt",
        AskedState::TakenBack => "Zurückgenommen",
    },
    kept_names: |NamePeriods { billing, other }| {
        format!(
            "Wo Sie Abrechnungsdaten gespeichert haben, bis {billing} Jahre nach Ende dieses Jahres, sonst bis {other} Jahre nach \
             Ende des Jahres, in dem Ihr Konto endet. Dann wird Ihr Name durch „ehemaliger Benutzer“ ersetzt."
        )
    },
    former_user: "Ehemaliger Benutzer",
    reason: |reason| match reason {
        Reason::Secret => {
            "Wer es hätte, könnte versuchen, in Ihr Konto zu gelangen. Niemand kann Ihre Geheimnisse daraus lesen."
        }
        Reason::Hash => {
            "Ein Kennzeichen, in dem niemand etwas lesen kann. Der Wert, aus dem es gebildet wurde, steht oben."
        }
        Reason::LeadsToNobody => {
            "Ein Kennzeichen, das zu niemandem führt: Wir wissen nicht, wessen es ist, und können Ihres daher nicht zeigen."
        }
        Reason::Export => "Es ist die Datei, die Sie oben auf dieser Seite herunterladen können.",
    },
    not_stored: &[
        "Keine Netzwerkadresse und kein Ort: Anmeldeversuche werden mit einem Kennzeichen gezählt, höchstens eine Stunde lang.",
        "Kein vollständiger Name Ihres Browsers: nur die Art, etwa Firefox auf Linux.",
        "Keine Liste der Seiten, die Sie öffnen, bis auf die Tage, an denen Sie die Seite eines anderen Benutzers geöffnet haben.",
        "Keine Telefonnummer, kein Geburtsdatum, kein Bild und kein Geschlecht.",
        "Keine Cookies außer denen, die Sie angemeldet halten und sich Sprache und Darstellung merken.",
        "Nichts geht an andere: Keine Anfrage dieser Seiten verlässt diesen Server.",
    ],
    export: ExportWords {
        title: |name, organisation| format!("Was {organisation} über {name} speichert"),
        lead: |made| {
            format!(
                "Erstellt am {made}. Dasselbe steht vollständig und maschinenlesbar in data.json, wie export-1.json es beschreibt."
            )
        },
        values: "Ihre Werte",
        why: "Wozu",
        ground: "Rechtsgrundlage",
        period: "Wie lange",
        readers: "Wer es lesen kann",
        nothing: "Leer",
        more: "und weitere: siehe data.json",
        absent: "Zurzeit nicht gespeichert",
        withheld: "Gespeichert und nicht gezeigt",
        reason: "Warum es nicht gezeigt wird",
        not_stored: "Nie gespeichert",
    },
};
