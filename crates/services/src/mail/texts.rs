//! Every text of mails in every language, like the catalogue of the pages: a text that is missing in
//! one language does not compile. German says "Sie".

use domain::{Language, mail::Message};

/// A text with the name of the organisation in it.
pub(super) type OfOrganisation = fn(&str) -> String;

/// The words of one message.
pub(super) struct Notice {
    pub(super) subject: OfOrganisation,
    pub(super) happened: OfOrganisation,
    pub(super) button: &'static str,
    /// What to do if it wasn't the reader.
    pub(super) not_you: OfOrganisation,
}

/// All texts of one language.
pub(super) struct Texts {
    pub(super) greeting: fn(&str) -> String,
    /// A moment and its time zone.
    pub(super) good_until: fn(&str, &str) -> String,
    pub(super) copy_hint: &'static str,
    pub(super) footer: OfOrganisation,
    /// Browser and system, where they are known.
    pub(super) device: fn(Option<&str>, Option<&str>) -> String,
    invitation: Notice,
    password_reset: Notice,
    address_confirmation: Notice,
    address_change: Notice,
    rights_changed: Notice,
    password_changed: Notice,
    passkey_added: Notice,
    passkey_removed: Notice,
    second_factor_on: Notice,
    second_factor_off: Notice,
    new_device: Notice,
}

impl Texts {
    /// The words of a message.
    pub(super) const fn notice(&self, message: Message) -> &Notice {
        match message {
            Message::Invitation => &self.invitation,
            Message::PasswordReset => &self.password_reset,
            Message::AddressConfirmation => &self.address_confirmation,
            Message::AddressChange => &self.address_change,
            Message::RightsChanged => &self.rights_changed,
            Message::PasswordChanged => &self.password_changed,
            Message::PasskeyAdded => &self.passkey_added,
            Message::PasskeyRemoved => &self.passkey_removed,
            Message::SecondFactorOn => &self.second_factor_on,
            Message::SecondFactorOff => &self.second_factor_off,
            Message::NewDevice(_) => &self.new_device,
        }
    }
}

/// The texts of a language.
pub(super) const fn of(language: Language) -> &'static Texts {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
    }
}

const ENGLISH_PROFILE: &str = "Open your profile";
const GERMAN_PROFILE: &str = "Ihr Profil öffnen";

fn english_not_you(organisation: &str) -> String {
    format!(
        "If this wasn't you: set a new password at once with \"Forgot password?\" on the sign-in page, \
         look at your profile for devices and passkeys that aren't yours, and tell whoever manages \
         users at {organisation}."
    )
}

fn german_not_you(organisation: &str) -> String {
    format!(
        "Wenn Sie das nicht waren: Setzen Sie sofort über „Passwort vergessen?“ auf der Anmeldeseite ein \
         neues Passwort, sehen Sie in Ihrem Profil nach Geräten und Passkeys, die nicht Ihre sind, und \
         sagen Sie den Personen Bescheid, die bei {organisation} die Benutzer verwalten."
    )
}

static ENGLISH: Texts = Texts {
    greeting: |name| format!("Hello {name},"),
    good_until: |end, zone| format!("The link can be used once, until {end} ({zone})."),
    copy_hint: "If the button doesn't work, open this address:",
    footer: |organisation| format!("Sent automatically by the console of {organisation}."),
    device: |browser, system| match (browser, system) {
        (Some(browser), Some(system)) => format!("It was {browser} on {system}."),
        (Some(known), None) | (None, Some(known)) => format!("It was {known}."),
        (None, None) => "Its browser is not one that we know.".to_owned(),
    },
    invitation: Notice {
        subject: |organisation| format!("Your invitation to {organisation}"),
        happened: |organisation| {
            format!(
                "{organisation} invites you to its console. On the next page you see what is stored \
                 about you, and accept or decline."
            )
        },
        button: "Look at the invitation",
        not_you: |_| {
            "If you didn't expect this, decline on that page or do nothing: the invitation then ends by \
             itself and what was stored about you is erased."
                .to_owned()
        },
    },
    password_reset: Notice {
        subject: |organisation| format!("A new password for {organisation}"),
        happened: |organisation| {
            format!("Somebody asked for a link to set a new password for your account at {organisation}.")
        },
        button: "Set a new password",
        not_you: |_| {
            "If that wasn't you, do nothing: your password stays as it is. If it happens again, tell \
             whoever manages users."
                .to_owned()
        },
    },
    address_confirmation: Notice {
        subject: |organisation| format!("Confirm your e-mail address for {organisation}"),
        happened: |organisation| {
            format!("This is to become the e-mail address of an account at {organisation}.")
        },
        button: "Confirm this address",
        not_you: |_| {
            "If you don't know about this, do nothing: without your confirmation nothing changes.".to_owned()
        },
    },
    address_change: Notice {
        subject: |organisation| format!("Your e-mail address at {organisation} is changing"),
        happened: |organisation| {
            format!(
                "The e-mail address of your account at {organisation} is being replaced by another one, or \
                 was. Mail about your account goes there then."
            )
        },
        button: ENGLISH_PROFILE,
        not_you: |organisation| {
            format!(
                "If this wasn't you: sign in at once, change the address back and set a new password. If \
                 you can't sign in any more, tell whoever manages users at {organisation}."
            )
        },
    },
    rights_changed: Notice {
        subject: |organisation| format!("Your rights at {organisation} have changed"),
        happened: |organisation| {
            format!("Somebody changed your roles at {organisation}, or what they allow. It applies already.")
        },
        button: ENGLISH_PROFILE,
        not_you: |organisation| {
            format!("If you didn't expect this, ask whoever manages roles at {organisation}.")
        },
    },
    password_changed: Notice {
        subject: |organisation| format!("Your password at {organisation} was changed"),
        happened: |organisation| {
            format!(
                "The password of your account at {organisation} was changed, and everybody else who was \
                 signed in with it was signed out."
            )
        },
        button: ENGLISH_PROFILE,
        not_you: english_not_you,
    },
    passkey_added: Notice {
        subject: |organisation| format!("A passkey was added to your account at {organisation}"),
        happened: |organisation| {
            format!("A passkey was added to your account at {organisation}. Whoever holds it can sign in.")
        },
        button: ENGLISH_PROFILE,
        not_you: english_not_you,
    },
    passkey_removed: Notice {
        subject: |organisation| format!("A passkey was removed from your account at {organisation}"),
        happened: |organisation| {
            format!(
                "A passkey was removed from your account at {organisation}. Nobody can sign in with it now."
            )
        },
        button: ENGLISH_PROFILE,
        not_you: english_not_you,
    },
    second_factor_on: Notice {
        subject: |organisation| format!("Two steps to sign in at {organisation}"),
        happened: |organisation| {
            format!("Signing in to your account at {organisation} takes a code as well from now on.")
        },
        button: ENGLISH_PROFILE,
        not_you: english_not_you,
    },
    second_factor_off: Notice {
        subject: |organisation| format!("The second step at {organisation} was switched off"),
        happened: |organisation| {
            format!(
                "Signing in to your account at {organisation} no longer takes a code besides the password."
            )
        },
        button: ENGLISH_PROFILE,
        not_you: english_not_you,
    },
    new_device: Notice {
        subject: |organisation| format!("A new device signed in at {organisation}"),
        happened: |organisation| {
            format!(
                "Somebody signed in to your account at {organisation} with a kind of device that was not \
                 used before."
            )
        },
        button: ENGLISH_PROFILE,
        not_you: english_not_you,
    },
};

static GERMAN: Texts = Texts {
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
        button: GERMAN_PROFILE,
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
        button: GERMAN_PROFILE,
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
        button: GERMAN_PROFILE,
        not_you: german_not_you,
    },
    passkey_added: Notice {
        subject: |organisation| format!("Ein Passkey kam zu Ihrem Konto bei {organisation} hinzu"),
        happened: |organisation| {
            format!(
                "Zu Ihrem Konto bei {organisation} kam ein Passkey hinzu. Wer ihn hat, kann sich anmelden."
            )
        },
        button: GERMAN_PROFILE,
        not_you: german_not_you,
    },
    passkey_removed: Notice {
        subject: |organisation| format!("Ein Passkey Ihres Kontos bei {organisation} wurde entfernt"),
        happened: |organisation| {
            format!(
                "Ein Passkey Ihres Kontos bei {organisation} wurde entfernt. Damit kann sich niemand mehr \
                 anmelden."
            )
        },
        button: GERMAN_PROFILE,
        not_you: german_not_you,
    },
    second_factor_on: Notice {
        subject: |organisation| format!("Anmeldung in zwei Schritten bei {organisation}"),
        happened: |organisation| {
            format!("Für die Anmeldung bei {organisation} brauchen Sie von jetzt an auch einen Code.")
        },
        button: GERMAN_PROFILE,
        not_you: german_not_you,
    },
    second_factor_off: Notice {
        subject: |organisation| format!("Der zweite Schritt bei {organisation} ist abgeschaltet"),
        happened: |organisation| {
            format!("Für die Anmeldung bei {organisation} reicht wieder das Passwort, ohne einen Code.")
        },
        button: GERMAN_PROFILE,
        not_you: german_not_you,
    },
    new_device: Notice {
        subject: |organisation| format!("Ein neues Gerät hat sich bei {organisation} angemeldet"),
        happened: |organisation| {
            format!(
                "Jemand hat sich in Ihrem Konto bei {organisation} mit einer Art von Gerät angemeldet, die \
                 vorher nicht benutzt wurde."
            )
        },
        button: GERMAN_PROFILE,
        not_you: german_not_you,
    },
};
