//! Signing in, links to set a password, the first set-up.

/// Signing in, links to set a password, the first set-up.
pub struct SignIn {
    pub title: &'static str,
    pub submit: &'static str,
    /// What stands below the organisation, where there are several.
    pub organisation_hint: &'static str,
    /// What is said to somebody who has just ended their account.
    pub terminated: &'static str,
    /// What is said to somebody who has just signed out.
    pub signed_out: &'static str,
    pub needs_set_up_title: &'static str,
    pub needs_set_up: &'static str,
    pub set_password_title: &'static str,
    /// Whose password it is: the name and the organisation.
    pub set_password_lead: fn(&str, &str) -> String,
    pub set_password_submit: &'static str,
    /// What a new password has to be: the smallest number of characters.
    pub password_hint: fn(u32) -> String,
    pub set_up_title: &'static str,
    pub set_up_lead: &'static str,
    pub set_up_submit: &'static str,
    /// What stands below the name of the first admin.
    pub set_up_name_hint: &'static str,
    /// What stands below their address.
    pub set_up_email_hint: &'static str,
    /// What stands below the name of the organisation.
    pub set_up_organisation_hint: &'static str,
}

pub const ENGLISH: SignIn = SignIn {
    title: "Sign in",
    submit: "Sign in",
    organisation_hint: "Its short name, as in the link you were given",
    terminated: "Your account is terminated, and you are signed out everywhere. \
                 Your e-mail address is erased.",
    signed_out: "You are signed out.",
    needs_set_up_title: "Nothing is set up yet",
    needs_set_up: "When it started, the server printed a set-up link. Open that link to create \
                   the organisation and its first platform admin.",
    set_password_title: "Set your password",
    set_password_lead: |name, organisation| format!("For {name} at {organisation}"),
    set_password_submit: "Set password and sign in",
    password_hint: |least| format!("At least {least} characters; a few words in a row do well"),
    set_up_title: "Set up Assent",
    set_up_lead: "An organisation, and you as its first platform admin. This can be done once.",
    set_up_submit: "Set up and sign in",
    set_up_name_hint: "Stays on actions you take, also after you leave",
    set_up_email_hint: "You sign in with it",
    set_up_organisation_hint: "Everybody sees it; you can change it later",
};

pub const GERMAN: SignIn = SignIn {
    title: "Anmelden",
    submit: "Anmelden",
    organisation_hint: "Der Kurzname, wie in dem Link, den Sie bekommen haben",
    terminated: "Ihr Konto ist beendet, und Sie sind überall abgemeldet. \
                 Ihre E-Mail-Adresse ist gelöscht.",
    signed_out: "Sie sind abgemeldet.",
    needs_set_up_title: "Noch ist nichts eingerichtet",
    needs_set_up: "Beim Start hat der Server einen Link zum Einrichten ausgegeben. Öffnen Sie ihn, \
                   um die Organisation und ihren ersten Plattform-Admin anzulegen.",
    set_password_title: "Passwort festlegen",
    set_password_lead: |name, organisation| format!("Für {name} bei {organisation}"),
    set_password_submit: "Passwort festlegen und anmelden",
    password_hint: |least| format!("Mindestens {least} Zeichen; ein paar Wörter hintereinander sind gut"),
    set_up_title: "Assent einrichten",
    set_up_lead: "Eine Organisation, und Sie als ihr erster Plattform-Admin. Das geht einmal.",
    set_up_submit: "Einrichten und anmelden",
    set_up_name_hint: "Bleibt an dem stehen, was Sie tun, auch wenn Sie gehen",
    set_up_email_hint: "Damit melden Sie sich an",
    set_up_organisation_hint: "Alle sehen ihn; Sie können ihn später ändern",
};
