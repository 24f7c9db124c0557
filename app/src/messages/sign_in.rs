//! Signing in, links to set a password, the first set-up.

/// Signing in, links to set a password, the first set-up.
pub struct SignIn {
    pub title: &'static str,
    pub submit: &'static str,
    /// What stands below the organisation, where there are several.
    pub organisation_hint: &'static str,
    /// What is said to somebody who has just signed out.
    pub signed_out: &'static str,
    pub declined: &'static str,
    pub confirmed: &'static str,
    pub reset_asked: &'static str,
    pub forgot: &'static str,
    pub forgot_lead: &'static str,
    pub forgot_submit: &'static str,
    pub forgot_done: &'static str,
    pub to_sign_in: &'static str,
    pub accept_title: fn(&str) -> String,
    /// Who is invited: the name.
    pub accept_lead: fn(&str) -> String,
    pub accept_submit: &'static str,
    pub decline: &'static str,
    pub decline_title: &'static str,
    /// What declining does: the organisation.
    pub decline_text: fn(&str) -> String,
    /// What helps where a link is good for nothing, by what it was for.
    pub dead_invitation: &'static str,
    pub dead_password: &'static str,
    pub dead_address: &'static str,
    pub dead_set_up: &'static str,
    /// Leads to where one asks for another link to set a password.
    pub another_link: &'static str,
    /// What helps where no mail is sent.
    pub forgot_without_mail: &'static str,
    pub confirm_title: &'static str,
    /// Whose address: the name and the organisation.
    pub confirm_lead: fn(&str, &str) -> String,
    pub confirm_submit: &'static str,
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
    signed_out: "You are signed out.",
    declined: "You declined the invitation. Your name and address are erased.",
    confirmed: "The new address is confirmed. Sign in with it from now on.",
    reset_asked: "If an account has this address, a mail with a link is on its way to it.",
    forgot: "Forgot password?",
    forgot_lead: "You get a mail with a link to set a new one. It works once and for an hour.",
    forgot_submit: "Send the link",
    forgot_done: "Look into your mail",
    to_sign_in: "To sign-in",
    accept_title: |organisation| format!("Join {organisation}"),
    accept_lead: |name| format!("You are invited, {name}. Choose a password to accept."),
    accept_submit: "Accept and sign in",
    decline: "Decline the invitation",
    decline_title: "You don't want to join?",
    decline_text: |organisation| {
        format!(
            "Then your name, your e-mail address and all else that was entered about you are erased at once and for good. \
             {organisation} sees that an invitation was declined, without your name. The link stops working."
        )
    },
    dead_invitation: "If you have accepted the invitation, sign in. Otherwise ask whoever invited you to send it again.",
    dead_password: "If you have set your password with it, sign in. Otherwise ask for a new link.",
    dead_address: "If you have confirmed your new address, sign in with it. Otherwise sign in with the old one and enter the new one on your profile again.",
    dead_set_up: "If Assent is set up, sign in. Otherwise start the server again: it prints a new link.",
    another_link: "Ask for a new link",
    forgot_without_mail: "No mail is sent from here. Ask a platform admin of your organisation for a link with which you set a new password.",
    confirm_title: "Confirm your new address",
    confirm_lead: |name, organisation| {
        format!(
            "For {name} at {organisation}. From then on you sign in with it, and the old address is erased."
        )
    },
    confirm_submit: "Confirm the address",
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
    signed_out: "Sie sind abgemeldet.",
    declined: "Sie haben die Einladung abgelehnt. Ihr Name und Ihre Adresse sind gelöscht.",
    confirmed: "Die neue Adresse ist bestätigt. Melden Sie sich von jetzt an mit ihr an.",
    reset_asked: "Falls ein Konto diese Adresse hat, ist eine Mail mit einem Link dorthin unterwegs.",
    forgot: "Passwort vergessen?",
    forgot_lead: "Sie bekommen eine Mail mit einem Link, um ein neues zu setzen. Er gilt einmal und eine Stunde lang.",
    forgot_submit: "Link senden",
    forgot_done: "Sehen Sie in Ihre Mail",
    to_sign_in: "Zur Anmeldung",
    accept_title: |organisation| format!("Bei {organisation} mitmachen"),
    accept_lead: |name| format!("Sie sind eingeladen, {name}. Wählen Sie ein Passwort, um anzunehmen."),
    accept_submit: "Annehmen und anmelden",
    decline: "Einladung ablehnen",
    decline_title: "Sie möchten nicht mitmachen?",
    decline_text: |organisation| {
        format!(
            "Dann werden Ihr Name, Ihre E-Mail-Adresse und alles, was sonst über Sie eingetragen wurde, sofort und endgültig gelöscht. \
             {organisation} sieht, dass eine Einladung abgelehnt wurde, aber nicht Ihren Namen. Der Link gilt dann nicht mehr."
        )
    },
    dead_invitation: "Wenn Sie die Einladung angenommen haben, melden Sie sich an. Sonst bitten Sie die Person, die Sie eingeladen hat, sie noch einmal zu senden.",
    dead_password: "Wenn Sie damit Ihr Passwort festgelegt haben, melden Sie sich an. Sonst fordern Sie einen neuen Link an.",
    dead_address: "Wenn Sie Ihre neue Adresse bestätigt haben, melden Sie sich mit ihr an. Sonst melden Sie sich mit der alten an und tragen die neue in Ihrem Profil noch einmal ein.",
    dead_set_up: "Wenn Assent eingerichtet ist, melden Sie sich an. Sonst starten Sie den Server neu: Er gibt einen neuen Link aus.",
    another_link: "Neuen Link anfordern",
    forgot_without_mail: "Von hier wird keine Mail gesendet. Bitten Sie einen Plattform-Admin Ihrer Organisation um einen Link, mit dem Sie ein neues Passwort setzen.",
    confirm_title: "Neue Adresse bestätigen",
    confirm_lead: |name, organisation| {
        format!(
            "Für {name} bei {organisation}. Danach melden Sie sich mit ihr an, und die alte Adresse ist gelöscht."
        )
    },
    confirm_submit: "Adresse bestätigen",
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
