//! The history.

use super::{fields, of, permissions, quoted};
use crate::roles::names::role_name;
use domain::{
    Field, Language, Permission,
    history::{Action, Topic},
};

/// What was done, in words, before and after the name of what it was done to. Without a name in
/// the sentence the second part is empty and the first one is whole.
pub struct Sentence {
    pub before: String,
    pub after: String,
}

/// The history.
pub struct History {
    pub title: &'static str,
    pub lead: &'static str,
    /// Who acted where nobody did.
    pub system: &'static str,
    pub terminated: &'static str,
    pub external: &'static str,
    /// In place of the name of somebody whose invitation came to nothing.
    pub erased_invitee: &'static str,
    pub empty_title: &'static str,
    pub empty: &'static str,
    pub older: &'static str,
    pub none_found: &'static str,
    pub none_found_text: &'static str,
    pub revert: &'static str,
    pub reverted: &'static str,
    /// The link to the billing details of before and after.
    pub values: &'static str,
    /// In place of a name that the reader may not see.
    pub somebody: &'static str,
    /// The name of who alone did what is listed.
    pub only_of: fn(&str) -> String,
    pub one_person: &'static str,
    pub of_everybody: &'static str,
    /// The name of what alone it was done to.
    pub only_about: fn(&str) -> String,
    pub one_subject: &'static str,
    pub about_everything: &'static str,
    pub person_label: &'static str,
    /// Where nobody of that name did anything.
    pub nobody: &'static str,
    pub topic_label: &'static str,
    pub every_topic: &'static str,
    pub topic: fn(Topic) -> &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub files: &'static str,
    pub csv: &'static str,
    pub json_lines: &'static str,
    /// How many entries were sent, and about how many there are, where that is known.
    pub downloading: fn(i64, Option<i64>) -> String,
    /// How many entries the file has.
    pub downloaded: fn(i64) -> String,
    pub broken_off: fn(i64) -> String,
    pub own: &'static str,
    pub own_lead: &'static str,
    pub newest: &'static str,
    /// Follows the name of who did it.
    pub sentence: fn(&Action) -> Sentence,
}

fn around(before: &str, after: impl Into<String>) -> Sentence {
    Sentence { before: before.into(), after: after.into() }
}

fn whole(text: String) -> Sentence {
    Sentence { before: text, after: String::new() }
}

/// `: a, b` or nothing.
fn listed(words: &[&str]) -> String {
    if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) }
}

fn labels(fields: &[Field], label: fn(Field) -> &'static str) -> String {
    listed(&fields.iter().map(|field| label(*field)).collect::<Vec<_>>())
}

fn allowed(permissions: &[Permission], words: &permissions::Permissions, open: char, close: char) -> String {
    let names: Vec<_> = permissions.iter().map(|permission| words.label(*permission)).collect();
    quoted(&names, open, close)
}

/// The parts that say something, with `between` between them.
fn both(first: Option<String>, second: Option<String>, between: &str) -> String {
    [first, second].into_iter().flatten().collect::<Vec<_>>().join(between)
}

fn some<T>(list: &[T], text: impl Fn() -> String) -> Option<String> {
    (!list.is_empty()).then(text)
}

fn english(action: &Action) -> Sentence {
    let named = |fields: &[Field]| labels(fields, fields::ENGLISH.label);
    let roles = |names: &[String]| quoted(names, '“', '”');
    let rights = |rights: &[Permission]| allowed(rights, &permissions::ENGLISH, '“', '”');
    match action {
        Action::OrganisationCreated => whole("created the organisation".into()),
        Action::OrganisationChanged { fields } => whole(format!("changed the organisation{}", named(fields))),
        Action::NoticePublished { version } => {
            whole(format!("published version {version} of the privacy notice"))
        }
        Action::OrganisationBillingChanged { fields, .. } => {
            whole(format!("saved the organisation's billing details{}", named(fields)))
        }
        Action::UserCreated => around("invited", ""),
        Action::UserChanged { fields } => around("changed the user", named(fields)),
        Action::UserRolesChanged { added, removed, .. } => {
            let given = some(added, || format!("added {}", roles(added)));
            let taken = some(removed, || format!("removed {}", roles(removed)));
            around("changed the roles of", format!(": {}", both(given, taken, "; ")))
        }
        Action::PasswordLinkIssued => around("issued a link to set the password of", ""),
        Action::PasswordSet => around("set the password of", ""),
        Action::SecondFactorOn => around("turned on codes of an app for", ""),
        Action::SecondFactorOff => around("turned off codes of an app for", ""),
        Action::SecondFactorReset => around("reset the second factor of", ""),
        Action::RecoveryCodesRenewed => around("made new recovery codes for", ""),
        Action::RecoveryCodeUsed => around("used a recovery code of", ""),
        Action::PasskeyAdded => around("added a passkey for", ""),
        Action::PasskeyRemoved => around("removed a passkey of", ""),
        Action::UserTerminated => around("terminated the account of", ""),
        Action::UserSuspended => around("suspended", ""),
        Action::UserReactivated => around("lifted the suspension of", ""),
        Action::InvitationSent => around("sent the invitation of", " again"),
        Action::InvitationRevoked => around("took back the invitation of", ""),
        Action::InvitationDeclined => around("erased", ", who declined the invitation"),
        Action::InvitationExpired => around("erased", ", whose invitation ended unanswered"),
        Action::RoleCreated { role } => whole(format!("created the role “{role}”")),
        Action::RoleCopied { from, role, granted } => {
            let with = some(granted, || format!(" with {}", rights(granted))).unwrap_or_default();
            whole(format!("created the role “{role}” as a copy of “{from}”{with}"))
        }
        Action::RoleRenamed { from, to } => whole(format!("renamed the role “{from}” to “{to}”")),
        Action::RoleDeleted { role } => whole(format!("deleted the role “{role}”")),
        Action::RolePermissionsChanged { role, granted, revoked } => {
            let given = some(granted, || format!("granted {}", rights(granted)));
            let taken = some(revoked, || format!("revoked {}", rights(revoked)));
            whole(format!("changed the role “{role}”: {}", both(given, taken, "; ")))
        }
        Action::RolePreviewed { role } => whole(format!("previewed the app as the role “{role}”")),
        Action::UserPreviewed => around("previewed the app as", ""),
        Action::PartnerCreated => around("created the partner", ""),
        Action::PartnerChanged { fields } => around("changed the partner", named(fields)),
        Action::PartnerBillingChanged { fields, .. } => {
            around("saved the billing details of the partner", named(fields))
        }
        Action::PartnerDeactivated => around("deactivated the partner", ""),
        Action::PartnerReactivated => around("reactivated the partner", ""),
        Action::PartnerDeleted => around("deleted the partner", ""),
        Action::SupportChanged => whole("changed how the organisation is reached".into()),
        Action::DataRequestFiled { number } => whole(format!("filed data request no. {number}")),
        Action::DataRequestWithdrawn { number } => whole(format!("took back data request no. {number}")),
        Action::DataRequestExtended { number } => {
            whole(format!("extended data request no. {number} by two months"))
        }
        Action::DataRequestAnswered { number } => whole(format!("answered data request no. {number}")),
        Action::NewsletterCreated { newsletter } => {
            whole(format!("created the newsletter “{}”", newsletter.en))
        }
        Action::NewsletterChanged { newsletter } => {
            whole(format!("changed what stands beside the switch of the newsletter “{}”", newsletter.en))
        }
        Action::NewsletterClosed { newsletter } => {
            whole(format!("closed the newsletter “{}”", newsletter.en))
        }
        Action::NewsletterSent { newsletter, recipients: 1 } => {
            whole(format!("sent an issue of the newsletter “{}” to 1 user", newsletter.en))
        }
        Action::NewsletterSent { newsletter, recipients } => {
            whole(format!("sent an issue of the newsletter “{}” to {recipients} users", newsletter.en))
        }
    }
}

fn german(action: &Action) -> Sentence {
    let named = |fields: &[Field]| labels(fields, fields::GERMAN.label);
    let roles = |names: &[String]| {
        let names: Vec<_> = names.iter().map(|name| role_name(name, of(Language::German))).collect();
        quoted(&names, '„', '“')
    };
    let rights = |rights: &[Permission]| allowed(rights, &permissions::GERMAN, '„', '“');
    match action {
        Action::OrganisationCreated => whole("hat die Organisation angelegt".into()),
        Action::OrganisationChanged { fields } => {
            whole(format!("hat die Organisation geändert{}", named(fields)))
        }
        Action::NoticePublished { version } => {
            whole(format!("hat Fassung {version} der Datenschutzhinweise veröffentlicht"))
        }
        Action::OrganisationBillingChanged { fields, .. } => {
            whole(format!("hat die Abrechnungsdaten der Organisation gespeichert{}", named(fields)))
        }
        Action::UserCreated => around("hat", " eingeladen"),
        Action::UserChanged { fields } => around("hat das Konto von", format!(" geändert{}", named(fields))),
        Action::UserRolesChanged { added, removed, .. } => {
            let given = some(added, || format!("hinzugefügt: {}", roles(added)));
            let taken = some(removed, || format!("entfernt: {}", roles(removed)));
            around("hat die Rollen von", format!(" geändert; {}", both(given, taken, "; ")))
        }
        Action::PasswordLinkIssued => around("hat einen Link zum Setzen des Passworts für", " ausgestellt"),
        Action::PasswordSet => around("hat das Passwort von", " gesetzt"),
        Action::SecondFactorOn => around("hat Codes einer App für", " eingeschaltet"),
        Action::SecondFactorOff => around("hat Codes einer App für", " ausgeschaltet"),
        Action::SecondFactorReset => around("hat den zweiten Faktor von", " zurückgesetzt"),
        Action::RecoveryCodesRenewed => around("hat neue Notfallcodes für", " erzeugt"),
        Action::RecoveryCodeUsed => around("hat einen Notfallcode von", " benutzt"),
        Action::PasskeyAdded => around("hat einen Passkey für", " hinzugefügt"),
        Action::PasskeyRemoved => around("hat einen Passkey von", " entfernt"),
        Action::UserTerminated => around("hat das Konto von", " beendet"),
        Action::UserSuspended => around("hat", " gesperrt"),
        Action::UserReactivated => around("hat die Sperre von", " aufgehoben"),
        Action::InvitationSent => around("hat die Einladung von", " noch einmal gesendet"),
        Action::InvitationRevoked => around("hat die Einladung von", " zurückgenommen"),
        Action::InvitationDeclined => around("hat", " gelöscht: die Einladung wurde abgelehnt"),
        Action::InvitationExpired => around("hat", " gelöscht: die Einladung blieb unbeantwortet"),
        Action::RoleCreated { role } => whole(format!("hat die Rolle „{role}“ angelegt")),
        Action::RoleCopied { from, role, granted } => {
            let with = some(granted, || format!(" mit {}", rights(granted))).unwrap_or_default();
            whole(format!("hat die Rolle „{role}“ als Kopie von „{from}“{with} angelegt"))
        }
        Action::RoleRenamed { from, to } => whole(format!("hat die Rolle „{from}“ in „{to}“ umbenannt")),
        Action::RoleDeleted { role } => whole(format!("hat die Rolle „{role}“ gelöscht")),
        Action::RolePermissionsChanged { role, granted, revoked } => {
            let given = some(granted, || format!("erteilt: {}", rights(granted)));
            let taken = some(revoked, || format!("entzogen: {}", rights(revoked)));
            whole(format!("hat die Rolle „{role}“ geändert; {}", both(given, taken, "; ")))
        }
        Action::RolePreviewed { role } => {
            whole(format!("hat die Vorschau als Rolle „{}“ geöffnet", role_name(role, of(Language::German))))
        }
        Action::UserPreviewed => around("hat die Vorschau als", " geöffnet"),
        Action::PartnerCreated => around("hat den Partner", " angelegt"),
        Action::PartnerChanged { fields } => around("hat den Partner", format!(" geändert{}", named(fields))),
        Action::PartnerBillingChanged { fields, .. } => {
            around("hat die Abrechnungsdaten des Partners", format!(" gespeichert{}", named(fields)))
        }
        Action::PartnerDeactivated => around("hat den Partner", " deaktiviert"),
        Action::PartnerReactivated => around("hat den Partner", " reaktiviert"),
        Action::PartnerDeleted => around("hat den Partner", " gelöscht"),
        Action::SupportChanged => whole("hat geändert, wie die Organisation erreichbar ist".into()),
        Action::DataRequestFiled { number } => whole(format!("hat die Datenanfrage Nr. {number} gestellt")),
        Action::DataRequestWithdrawn { number } => {
            whole(format!("hat die Datenanfrage Nr. {number} zurückgenommen"))
        }
        Action::DataRequestExtended { number } => {
            whole(format!("hat die Datenanfrage Nr. {number} um zwei Monate verlängert"))
        }
        Action::DataRequestAnswered { number } => {
            whole(format!("hat die Datenanfrage Nr. {number} beantwortet"))
        }
        Action::NewsletterCreated { newsletter } => {
            whole(format!("hat den Newsletter „{}“ angelegt", newsletter.de))
        }
        Action::NewsletterChanged { newsletter } => {
            whole(format!("hat geändert, was neben dem Schalter des Newsletters „{}“ steht", newsletter.de))
        }
        Action::NewsletterClosed { newsletter } => {
            whole(format!("hat den Newsletter „{}“ geschlossen", newsletter.de))
        }
        Action::NewsletterSent { newsletter, recipients } => whole(format!(
            "hat eine Ausgabe des Newsletters „{}“ an {recipients} Benutzer gesendet",
            newsletter.de
        )),
    }
}

pub const ENGLISH: History = History {
    title: "History",
    lead: "Who did what, newest first",
    system: "Assent",
    terminated: "terminated",
    external: "external",
    erased_invitee: "somebody who never came in",
    empty_title: "Nothing has happened yet",
    empty: "Every change of users, roles, partners and billing details is listed here, with who made it and when.",
    older: "Load older",
    none_found: "No entries found",
    none_found_text: "No entry fits the filters.",
    revert: "Take back",
    reverted: "Taken back. This stands in the history as well.",
    values: "Old and new values",
    somebody: "somebody",
    only_of: |name| format!("Only what {name} did is listed."),
    one_person: "one person",
    of_everybody: "Show what everybody did",
    only_about: |name| format!("Only what was done to {name} is listed."),
    one_subject: "one person or thing",
    about_everything: "Show everything",
    person_label: "Done by",
    nobody: "Nobody of that name did anything.",
    topic_label: "Topic",
    every_topic: "Everything",
    topic: |topic| match topic {
        Topic::Rights => "Roles and rights",
        Topic::Users => "Users",
        Topic::SignIn => "Sign-in and security",
        Topic::Partners => "Partners",
        Topic::Billing => "Billing details",
        Topic::Privacy => "Privacy",
        Topic::Newsletters => "Newsletters",
        Topic::Organisation => "Organisation",
    },
    from: "From",
    to: "To",
    files: "What is listed, as a file:",
    csv: "Table (CSV)",
    json_lines: "For programs (JSON Lines)",
    downloading: |entries, expected| match expected {
        Some(expected) => format!("Your file is being downloaded: {entries} of about {expected} entries"),
        None => format!("Your file is being downloaded: {entries} entries so far"),
    },
    downloaded: |entries| match entries {
        1 => "Your file is complete: 1 entry.".into(),
        _ => format!("Your file is complete: {entries} entries."),
    },
    broken_off: |entries| {
        format!("The download ended after {entries} entries, before the file was complete. Start it again.")
    },
    own: "What you did",
    own_lead: "Your own actions, as they stand in the history of the organisation.",
    newest: "Newest",
    sentence: english,
};

pub const GERMAN: History = History {
    title: "Verlauf",
    lead: "Wer was getan hat, das Neueste zuerst",
    system: "Assent",
    terminated: "beendet",
    external: "extern",
    erased_invitee: "jemanden, der nie dazukam",
    empty_title: "Noch ist nichts geschehen",
    empty: "Hier steht jede Änderung an Benutzern, Rollen, Partnern und Abrechnungsdaten: was, wann und von wem.",
    older: "Ältere laden",
    none_found: "Keine Einträge gefunden",
    none_found_text: "Kein Eintrag passt zu den Filtern.",
    revert: "Zurücknehmen",
    reverted: "Zurückgenommen. Auch das steht im Verlauf.",
    values: "Alte und neue Werte",
    somebody: "einer anderen Person",
    only_of: |name| format!("Hier steht nur, was {name} getan hat."),
    one_person: "eine Person",
    of_everybody: "Zeigen, was alle getan haben",
    only_about: |name| format!("Hier steht nur, was mit {name} geschah."),
    one_subject: "einer Person oder Sache",
    about_everything: "Alles zeigen",
    person_label: "Getan von",
    nobody: "Niemand mit diesem Namen hat etwas getan.",
    topic_label: "Thema",
    every_topic: "Alles",
    topic: |topic| match topic {
        Topic::Rights => "Rollen und Rechte",
        Topic::Users => "Benutzer",
        Topic::SignIn => "Anmeldung und Sicherheit",
        Topic::Partners => "Partner",
        Topic::Billing => "Abrechnungsdaten",
        Topic::Privacy => "Datenschutz",
        Topic::Newsletters => "Newsletter",
        Topic::Organisation => "Organisation",
    },
    from: "Von",
    to: "Bis",
    files: "Was hier steht, als Datei:",
    csv: "Tabelle (CSV)",
    json_lines: "Für Programme (JSON Lines)",
    downloading: |entries, expected| match expected {
        Some(expected) => {
            format!("Ihre Datei wird heruntergeladen: {entries} von etwa {expected} Einträgen")
        }
        None => format!("Ihre Datei wird heruntergeladen: bisher {entries} Einträge"),
    },
    downloaded: |entries| match entries {
        1 => "Ihre Datei ist vollständig: 1 Eintrag.".into(),
        _ => format!("Ihre Datei ist vollständig: {entries} Einträge."),
    },
    broken_off: |entries| {
        format!(
            "Der Download endete nach {entries} Einträgen, bevor die Datei vollständig war. Starten Sie ihn neu."
        )
    },
    own: "Was Sie getan haben",
    own_lead: "Ihre eigenen Handlungen, wie sie im Verlauf der Organisation stehen.",
    newest: "Neueste",
    sentence: german,
};
