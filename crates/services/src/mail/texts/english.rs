//! English.

use super::{NewsletterTexts, Notice, Texts};

const PROFILE: &str = "Open your profile";

/// What to do about a change that only the user should have made.
fn not_you(organisation: &str) -> String {
    format!(
        "If this wasn't you: set a new password at once with \"Forgot password?\" on the sign-in page, \
         look at your profile for devices and passkeys that aren't yours, and tell whoever manages \
         users at {organisation}."
    )
}

/// What to do about a request that only the user should have filed.
fn not_filed(organisation: &str) -> String {
    format!(
        "If you didn't file one: set a new password with \"Forgot password?\" on the sign-in page, and tell \
         whoever manages users at {organisation}."
    )
}

pub(super) static TEXTS: Texts = Texts {
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
        button: PROFILE,
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
        button: PROFILE,
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
        button: PROFILE,
        not_you,
    },
    passkey_added: Notice {
        subject: |organisation| format!("A passkey was added to your account at {organisation}"),
        happened: |organisation| {
            format!("A passkey was added to your account at {organisation}. Whoever holds it can sign in.")
        },
        button: PROFILE,
        not_you,
    },
    passkey_removed: Notice {
        subject: |organisation| format!("A passkey was removed from your account at {organisation}"),
        happened: |organisation| {
            format!(
                "A passkey was removed from your account at {organisation}. Nobody can sign in with it now."
            )
        },
        button: PROFILE,
        not_you,
    },
    second_factor_on: Notice {
        subject: |organisation| format!("Two steps to sign in at {organisation}"),
        happened: |organisation| {
            format!("Signing in to your account at {organisation} takes a code as well from now on.")
        },
        button: PROFILE,
        not_you,
    },
    second_factor_off: Notice {
        subject: |organisation| format!("The second step at {organisation} was switched off"),
        happened: |organisation| {
            format!(
                "Signing in to your account at {organisation} no longer takes a code besides the password."
            )
        },
        button: PROFILE,
        not_you,
    },
    new_device: Notice {
        subject: |organisation| format!("A new device signed in at {organisation}"),
        happened: |organisation| {
            format!(
                "Somebody signed in to your account at {organisation} with a kind of device that was not \
                 used before."
            )
        },
        button: PROFILE,
        not_you,
    },
    data_request_answered: Notice {
        subject: |organisation| format!("Your data request at {organisation} was answered"),
        happened: |organisation| {
            format!(
                "There is an answer to a data request that you filed at {organisation}. It is not in this \
                 mail: sign in to read it."
            )
        },
        button: "Read the answer",
        not_you: not_filed,
    },
    data_request_extended: Notice {
        subject: |organisation| format!("Your data request at {organisation} takes longer"),
        happened: |organisation| {
            format!(
                "{organisation} needs up to two more months to answer a data request that you filed. Sign in \
                 to read why, and by when it will be answered."
            )
        },
        button: "Open your requests",
        not_you: not_filed,
    },
    newsletter: NewsletterTexts {
        kind: "Newsletter",
        why: |newsletter, organisation| {
            format!("You get this because you switched on “{newsletter}” on your profile at {organisation}.")
        },
        stop: "Stop this newsletter",
        test_subject: |subject| format!("[Test] {subject}"),
        test: "This is a test that only you get. Where this line is, others find the link that stops it.",
    },
};
