//! One's own account: seeing it, changing it, ending it.

use domain::Language;

/// One's own account: seeing it, changing it, ending it.
pub struct Profile {
    pub title: &'static str,
    pub lead: &'static str,
    pub you: &'static str,
    pub name_hint: &'static str,
    pub email_hint: &'static str,
    /// What a language is called, in itself.
    pub language: fn(Language) -> &'static str,
    pub roles: &'static str,
    pub no_roles: &'static str,
    pub external: &'static str,
    /// Leads to the overview.
    pub see_rights: &'static str,
    /// Title of the card, of the page and of the button that does it.
    pub terminate: &'static str,
    /// What ending the account means, in short.
    pub terminate_text: &'static str,
    /// Leads to the page that ends it.
    pub see_terminate: &'static str,
    pub terminate_lead: &'static str,
    pub goes: &'static str,
    pub stays: &'static str,
    /// The name, and on how many actions it stays.
    pub stays_name: fn(&str, i64) -> String,
    /// Why it stays.
    pub stays_why: &'static str,
    pub confirm: &'static str,
    pub password_hint: &'static str,
    pub last_admin_title: &'static str,
    pub last_admin: &'static str,
    pub factor_first: &'static str,
    pub back: &'static str,
}

const fn own_name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::German => "Deutsch",
    }
}

pub const ENGLISH: Profile = Profile {
    title: "Profile",
    lead: "We store your name, your e-mail address and your language, and what signing in takes: your password in a form that nobody can read, where you are signed in, and passkeys or an app if you set them up.",
    you: "You",
    name_hint: "Stays on actions you took, also after you leave",
    email_hint: "You sign in with it",
    language: own_name,
    roles: "Roles",
    no_roles: "You have no role. Ask a platform admin for one.",
    external: "External",
    see_rights: "What they allow",
    terminate: "Terminate my account",
    terminate_text: "Your e-mail address, sign-ins and rights are erased at once and for good. \
                     Your name stays on what you did.",
    see_terminate: "See what goes and what stays",
    terminate_lead: "At once and for good: nobody can bring it back.",
    goes: "What goes",
    stays: "What stays",
    stays_name: |name, count| match count {
        0 => format!("Your name, {name}, stays in the list of former users. It is on 0 actions."),
        1 => format!("Your name, {name}, stays on 1 action in the history."),
        _ => format!("Your name, {name}, stays on {count} actions in the history."),
    },
    stays_why: "Nothing else about you is kept.",
    confirm: "Confirm that it is you",
    password_hint: "The one you sign in with",
    last_admin_title: "Appoint another platform admin first",
    last_admin: "You are the last active platform admin. Without one, nobody could hand out roles any more. \
                 Give somebody else the role Platform admin; then you can go.",
    factor_first: "Your organisation asks for a second factor before you can appoint somebody or close it. Set one up here.",
    back: "Keep my account",
};

pub const GERMAN: Profile = Profile {
    title: "Profil",
    lead: "Wir speichern Ihren Namen, Ihre E-Mail-Adresse und Ihre Sprache, dazu, was das Anmelden braucht: Ihr Passwort in einer Form, die niemand lesen kann, wo Sie angemeldet sind, und Passkeys oder eine App, wenn Sie sie einrichten.",
    you: "Sie",
    name_hint: "Bleibt an dem stehen, was Sie getan haben, auch wenn Sie gehen",
    email_hint: "Damit melden Sie sich an",
    language: own_name,
    roles: "Rollen",
    no_roles: "Sie haben keine Rolle. Fragen Sie einen Plattform-Admin danach.",
    external: "Extern",
    see_rights: "Was sie erlauben",
    terminate: "Mein Konto beenden",
    terminate_text: "Ihre E-Mail-Adresse, Anmeldungen und Rechte werden sofort und endgültig gelöscht. \
                     Ihr Name bleibt an dem stehen, was Sie getan haben.",
    see_terminate: "Ansehen, was geht und was bleibt",
    terminate_lead: "Sofort und endgültig: Niemand kann es zurückholen.",
    goes: "Was geht",
    stays: "Was bleibt",
    stays_name: |name, count| match count {
        0 => format!("Ihr Name, {name}, bleibt in der Liste früherer Benutzer. Er steht an 0 Aktionen."),
        1 => format!("Ihr Name, {name}, bleibt an 1 Aktion im Verlauf stehen."),
        _ => format!("Ihr Name, {name}, bleibt an {count} Aktionen im Verlauf stehen."),
    },
    stays_why: "Sonst bleibt nichts von Ihnen.",
    confirm: "Bestätigen Sie, dass Sie es sind",
    password_hint: "Das, mit dem Sie sich anmelden",
    last_admin_title: "Ernennen Sie zuerst einen anderen Plattform-Admin",
    last_admin: "Sie sind der letzte aktive Plattform-Admin. Ohne ihn könnte niemand mehr Rollen vergeben. \
                 Geben Sie jemand anderem die Rolle Plattform-Admin; dann können Sie gehen.",
    factor_first: "Ihre Organisation verlangt einen zweiten Faktor, bevor Sie jemanden ernennen oder sie schließen können. Richten Sie hier einen ein.",
    back: "Mein Konto behalten",
};
