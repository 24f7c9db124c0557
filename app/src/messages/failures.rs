//! What can go wrong with a request, and what to do then.

use domain::Conflict;

/// What can go wrong with a request, and what to do then.
pub struct Failures {
    pub signed_out: &'static str,
    pub forbidden_title: &'static str,
    pub forbidden: &'static str,
    /// The label of the permission that is missing.
    pub forbidden_without: fn(&str) -> String,
    /// Title of the dialog, too.
    pub proof_title: &'static str,
    pub proof: &'static str,
    pub proof_passkey: &'static str,
    pub proof_hint: &'static str,
    pub proof_confirm: &'static str,
    pub not_found_title: &'static str,
    pub not_found: &'static str,
    pub invalid_title: &'static str,
    pub invalid: &'static str,
    pub conflict_title: fn(Conflict) -> &'static str,
    pub conflict: fn(Conflict) -> &'static str,
    /// Why a link is good for nothing.
    pub link_over: &'static str,
    pub too_many_title: &'static str,
    /// Seconds to wait.
    pub too_many: fn(u32) -> String,
    pub internal_title: &'static str,
    /// The reference in the log.
    pub internal: fn(&str) -> String,
    pub unreachable_title: &'static str,
    pub unreachable: &'static str,
}

const LINK_OVER: &str =
    "It was used already, a newer one took its place, its time is over, or it was not copied completely.";
const LINK_OVER_GERMAN: &str = "Er wurde schon benutzt, durch einen neueren ersetzt, ist abgelaufen oder wurde nicht vollständig kopiert.";

pub const ENGLISH: Failures = Failures {
    signed_out: "You are signed out. Sign in again to go on.",
    forbidden_title: "You have no access to this",
    forbidden: "Your roles don't allow this. Ask a platform admin.",
    forbidden_without: |label| format!("This takes the permission “{label}”. Ask a platform admin for it."),
    proof_title: "Confirm it's you",
    proof: "You confirmed that it's you more than ten minutes ago. This step asks for it again; what you typed is kept.",
    proof_passkey: "Use a passkey",
    proof_hint: "A code of your app or a recovery code does too, if you have set up a second factor",
    proof_confirm: "Confirm",
    not_found_title: "There is nothing here",
    not_found: "This page doesn't exist, or what it showed is gone.",
    invalid_title: "That doesn't fit",
    invalid: "What was sent can't be taken.",
    conflict_title: |conflict| match conflict {
        Conflict::LinkExpired => "This link doesn't work any more",
        Conflict::ChallengeOver => "Please sign in once more",
        Conflict::AlreadySetUp => "Assent is set up already",
        _ => "That doesn't fit",
    },
    conflict: |conflict| match conflict {
        Conflict::Stale => {
            "Somebody changed this in the meantime. You now see what is stored; what you typed is still there."
        }
        Conflict::EmailTaken => "Another user has this e-mail address.",
        Conflict::NameTaken => "Another role has this name.",
        Conflict::LastAdmin => {
            "This is the last active platform admin. Make somebody else a platform admin first."
        }
        Conflict::ExternalUser => {
            "Nothing was saved: external users can’t be Platform admin, and can hold neither “Manage users” nor “Manage roles”."
        }
        Conflict::NotReversible => "This change can't be taken back from here.",
        Conflict::NothingToRevert => {
            "This was taken back already, or changed since. There is nothing to take back."
        }
        Conflict::ChangedSince => {
            "These roles were changed again since. Take back the newest change first, or choose the roles on the page of the user."
        }
        Conflict::RoleGone => {
            "A role that would be given back was deleted. One of the same name is another role. Nothing was changed."
        }
        Conflict::UserGone => "This account has ended, so nobody can be given roles. Nothing was changed.",
        Conflict::SystemRole => "Platform admin can be neither changed nor deleted.",
        Conflict::TooManyRoles => "There are 200 roles already. Delete one first.",
        Conflict::AlreadySetUp => "This installation is set up already. Sign in instead.",
        Conflict::LinkExpired => LINK_OVER,
        Conflict::WrongCredentials => "The e-mail address or the password is not right.",
        Conflict::NotInvited => "There is no open invitation any more.",
        Conflict::ChallengeOver => {
            "Too much time has passed since you gave your password, or the code was wrong too often. Give your password again, then a new code."
        }
        Conflict::PasskeyRefused => {
            "That didn't work: this passkey can't be used here, or it was broken off. Try again."
        }
        Conflict::TooManyPasskeys => "You have 20 passkeys already. Remove one first.",
        Conflict::NoticePublished => {
            "A new version was published in the meantime. You now see that one; what you typed is still there."
        }
        Conflict::NothingToPublish => {
            "This says the same as the current version. There is nothing to publish."
        }
        Conflict::AlreadySent => "This issue was sent already. Nobody gets it twice.",
        Conflict::NewsletterClosed => "This newsletter is closed.",
        Conflict::NobodyOptedIn => {
            "Nobody has switched this newsletter on, so there is nobody to send it to."
        }
        Conflict::SendsNoMail => "This installation sends no mail: no mail server is set up.",
        Conflict::NotInThatState => "That was done already.",
        Conflict::TooLate => "The day it was due is over. It could only be moved before.",
        Conflict::AlreadyHeld => "One of your roles gives you this already.",
        Conflict::RequestTakenBack => "This request was taken back. Nothing was changed.",
        Conflict::RequestAnswered => "This request was answered in the meantime. Nothing was changed.",
    },
    link_over: LINK_OVER,
    too_many_title: "Too many attempts",
    too_many: |seconds| match seconds {
        0..=1 => "Wait a second, then try again.".into(),
        2..=90 => format!("Wait {seconds} seconds, then try again."),
        _ => format!("Wait {} minutes, then try again.", seconds.div_ceil(60)),
    },
    internal_title: "Something broke on our side",
    internal: |reference| format!("Nothing was changed. Tell support this reference: {reference}"),
    unreachable_title: "The server can't be reached",
    unreachable: "Check your connection, then try again.",
};

pub const GERMAN: Failures = Failures {
    signed_out: "Sie sind abgemeldet. Melden Sie sich wieder an, um weiterzumachen.",
    forbidden_title: "Darauf haben Sie keinen Zugriff",
    forbidden: "Ihre Rollen erlauben das nicht. Fragen Sie einen Plattform-Admin.",
    forbidden_without: |label| {
        format!("Dafür braucht es die Berechtigung „{label}“. Fragen Sie einen Plattform-Admin danach.")
    },
    proof_title: "Bestätigen Sie, dass Sie es sind",
    proof: "Sie haben das zuletzt vor mehr als zehn Minuten bestätigt. Dieser Schritt verlangt es erneut; \
            Ihre Eingaben bleiben erhalten.",
    proof_passkey: "Passkey benutzen",
    proof_hint: "Wenn Sie einen zweiten Faktor eingerichtet haben, geht auch ein Code Ihrer App oder ein Notfallcode",
    proof_confirm: "Bestätigen",
    not_found_title: "Hier ist nichts",
    not_found: "Diese Seite gibt es nicht, oder was sie zeigte, ist weg.",
    invalid_title: "Das passt nicht",
    invalid: "Was gesendet wurde, kann nicht angenommen werden.",
    conflict_title: |conflict| match conflict {
        Conflict::LinkExpired => "Dieser Link gilt nicht mehr",
        Conflict::ChallengeOver => "Bitte melden Sie sich noch einmal an",
        Conflict::AlreadySetUp => "Assent ist schon eingerichtet",
        _ => "Das passt nicht",
    },
    conflict: |conflict| match conflict {
        Conflict::Stale => {
            "Jemand hat das inzwischen geändert. Sie sehen jetzt, was gespeichert ist; Ihre Eingaben sind noch da."
        }
        Conflict::EmailTaken => "Jemand anderes hat diese E-Mail-Adresse.",
        Conflict::NameTaken => "Eine andere Rolle hat diesen Namen.",
        Conflict::LastAdmin => {
            "Das ist der letzte aktive Plattform-Admin. Machen Sie zuerst jemand anderen dazu."
        }
        Conflict::ExternalUser => {
            "Nichts wurde gespeichert: Externe können nicht Plattform-Admin sein und weder „Benutzer verwalten“ noch „Rollen verwalten“ haben."
        }
        Conflict::NotReversible => "Diese Änderung lässt sich von hier aus nicht zurücknehmen.",
        Conflict::NothingToRevert => {
            "Das wurde schon zurückgenommen oder seitdem geändert. Es gibt nichts zurückzunehmen."
        }
        Conflict::ChangedSince => {
            "Diese Rollen wurden seitdem noch einmal geändert. Nehmen Sie zuerst die neueste Änderung zurück, oder wählen Sie die Rollen auf der Seite des Benutzers."
        }
        Conflict::RoleGone => {
            "Eine Rolle, die zurückgegeben würde, wurde gelöscht. Eine mit demselben Namen ist eine andere Rolle. Es wurde nichts geändert."
        }
        Conflict::UserGone => {
            "Dieses Konto ist beendet; niemandem können Rollen gegeben werden. Es wurde nichts geändert."
        }
        Conflict::SystemRole => "Plattform-Admin kann weder geändert noch gelöscht werden.",
        Conflict::TooManyRoles => "Es gibt schon 200 Rollen. Löschen Sie zuerst eine.",
        Conflict::AlreadySetUp => "Diese Installation ist schon eingerichtet. Melden Sie sich an.",
        Conflict::LinkExpired => LINK_OVER_GERMAN,
        Conflict::WrongCredentials => "E-Mail-Adresse oder Passwort stimmt nicht.",
        Conflict::NotInvited => "Es gibt keine offene Einladung mehr.",
        Conflict::ChallengeOver => {
            "Seit der Eingabe Ihres Passworts ist zu viel Zeit vergangen, oder der Code war zu oft falsch. Geben Sie Ihr Passwort noch einmal ein und dann einen neuen Code."
        }
        Conflict::PasskeyRefused => {
            "Das hat nicht geklappt: Dieser Passkey gilt hier nicht, oder es wurde abgebrochen. Versuchen Sie es erneut."
        }
        Conflict::TooManyPasskeys => "Sie haben schon 20 Passkeys. Entfernen Sie zuerst einen.",
        Conflict::NoticePublished => {
            "Inzwischen wurde eine neue Fassung veröffentlicht. Sie sehen jetzt diese; Ihre Eingaben sind noch da."
        }
        Conflict::NothingToPublish => {
            "Das sagt dasselbe wie die aktuelle Fassung. Es gibt nichts zu veröffentlichen."
        }
        Conflict::AlreadySent => "Diese Ausgabe wurde schon gesendet. Niemand bekommt sie zweimal.",
        Conflict::NewsletterClosed => "Dieser Newsletter ist geschlossen.",
        Conflict::NobodyOptedIn => "Niemand hat diesen Newsletter eingeschaltet, also bekommt ihn niemand.",
        Conflict::SendsNoMail => "Diese Installation sendet keine Mail: Es ist kein Mailserver eingerichtet.",
        Conflict::NotInThatState => "Das ist schon geschehen.",
        Conflict::TooLate => {
            "Der Tag, an dem es fällig war, ist vorbei. Er ließ sich nur vorher verschieben."
        }
        Conflict::AlreadyHeld => "Eine Ihrer Rollen gibt Ihnen das schon.",
        Conflict::RequestTakenBack => "Diese Anfrage wurde zurückgenommen. Nichts wurde geändert.",
        Conflict::RequestAnswered => "Diese Anfrage wurde inzwischen beantwortet. Nichts wurde geändert.",
    },
    link_over: LINK_OVER_GERMAN,
    too_many_title: "Zu viele Versuche",
    too_many: |seconds| match seconds {
        0..=1 => "Warten Sie eine Sekunde und versuchen Sie es dann erneut.".into(),
        2..=90 => format!("Warten Sie {seconds} Sekunden und versuchen Sie es dann erneut."),
        _ => format!("Warten Sie {} Minuten und versuchen Sie es dann erneut.", seconds.div_ceil(60)),
    },
    internal_title: "Bei uns ist etwas kaputtgegangen",
    internal: |reference| format!("Nichts wurde geändert. Nennen Sie der Hilfe diese Nummer: {reference}"),
    unreachable_title: "Der Server ist nicht erreichbar",
    unreachable: "Prüfen Sie Ihre Verbindung und versuchen Sie es dann erneut.",
};
