//! Where one is signed in, and the password.

use domain::device::Device;

/// Where one is signed in, and the password.
pub struct SignIns {
    pub title: &'static str,
    pub lead: &'static str,
    /// A class of device.
    pub device: fn(Device) -> String,
    pub device_label: &'static str,
    pub current: &'static str,
    pub since: &'static str,
    pub used: &'static str,
    pub end: &'static str,
    pub ended: &'static str,
    pub end_others: &'static str,
    /// How many others there are.
    pub end_others_effect: fn(usize) -> String,
    pub others_ended: &'static str,
    pub password: &'static str,
    pub new_password: &'static str,
    pub new_password_hint: &'static str,
    pub change_password: &'static str,
    pub password_effect: &'static str,
    pub password_changed: &'static str,
}

pub const ENGLISH: SignIns = SignIns {
    title: "Your sign-ins",
    lead: "Browser and system are all we keep of your devices, and no network address.",
    device: |device| match (device.browser.name(), device.system.name()) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Another device".to_owned(),
    },
    device_label: "Device",
    current: "This browser",
    since: "Since",
    used: "Last used",
    end: "End",
    ended: "The sign-in has ended",
    end_others: "End all others",
    end_others_effect: |count| match count {
        1 => "1 other sign-in ends at once. This browser stays signed in.".into(),
        _ => format!("{count} other sign-ins end at once. This browser stays signed in."),
    },
    others_ended: "All other sign-ins have ended",
    password: "Password",
    new_password: "New password",
    new_password_hint: "At least 12 characters that are hard to guess, such as four words",
    change_password: "Change password",
    password_effect: "Changing it ends all your other sign-ins.",
    password_changed: "The password was changed",
};

pub const GERMAN: SignIns = SignIns {
    title: "Ihre Anmeldungen",
    lead: "Browser und System sind alles, was wir von Ihren Geräten speichern, und keine Netzwerkadresse.",
    device: |device| match (device.browser.name(), device.system.name()) {
        (Some(browser), Some(system)) => format!("{browser} auf {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Ein anderes Gerät".to_owned(),
    },
    device_label: "Gerät",
    current: "Dieser Browser",
    since: "Seit",
    used: "Zuletzt benutzt",
    end: "Beenden",
    ended: "Die Anmeldung ist beendet",
    end_others: "Alle anderen beenden",
    end_others_effect: |count| match count {
        1 => "1 andere Anmeldung endet sofort. Dieser Browser bleibt angemeldet.".into(),
        _ => format!("{count} andere Anmeldungen enden sofort. Dieser Browser bleibt angemeldet."),
    },
    others_ended: "Alle anderen Anmeldungen sind beendet",
    password: "Passwort",
    new_password: "Neues Passwort",
    new_password_hint: "Mindestens 12 Zeichen, die schwer zu erraten sind, etwa vier Wörter",
    change_password: "Passwort ändern",
    password_effect: "Wenn Sie es ändern, enden alle Ihre anderen Anmeldungen.",
    password_changed: "Das Passwort ist geändert",
};
