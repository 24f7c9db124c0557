//! Getting in: signing in, setting a password by link, setting the installation up.

use crate::{Language, NetworkRange, Rights, UserId, device::Device, preview::Preview};
use serde::{Deserialize, Serialize};

/// Who sends a request, before it is known who they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visitor {
    /// What class of device.
    pub device: Device,
    /// From where.
    pub range: NetworkRange,
}

/// What a link is good for. A user has at most one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// To accept or decline an invitation.
    Invitation,
    /// To set a password.
    Password,
    /// To confirm a new address.
    Address,
}

impl LinkPurpose {
    /// What the database holds.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Password => "password",
            Self::Address => "address",
        }
    }

    /// The path of the page that it opens.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Invitation => "/accept-invite",
            Self::Password => "/set-password",
            Self::Address => "/confirm-address",
        }
    }
}

/// Who is signed in, and what they may do: all that a page needs to draw itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Who.
    pub user: UserId,
    /// Name.
    pub name: String,
    /// Where.
    pub organisation: String,
    /// Language of the pages.
    pub language: Language,
    /// What is allowed at this moment.
    pub rights: Rights,
    /// Whether there is a passkey to prove with who one is.
    pub has_passkey: bool,
    /// Whether there is an app whose codes prove it too.
    pub has_app: bool,
    /// Whether they have agreed to the current privacy notice, without which nearly nothing works.
    pub agreed: bool,
    /// Whose view they look at, if it is not their own.
    pub preview: Option<Preview>,
}

/// Signs in.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
    /// The organisation's short name, where the installation holds several.
    #[serde(default)]
    pub organisation: String,
    /// Where to go then: a path of this origin.
    #[serde(default)]
    pub return_to: String,
}

/// What comes after a password that is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Next {
    /// A session has begun: where to go on.
    GoTo(String),
    /// A second factor is asked for at [`CODE_PATH`].
    SecondFactor,
}

/// Where the second factor is given.
pub const CODE_PATH: &str = "/sign-in/code";

impl Next {
    /// The path to go on to.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::GoTo(path) => safe_return(path),
            Self::SecondFactor => CODE_PATH,
        }
    }
}

/// What the sign-in page needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInOptions {
    /// Whether to ask for the organisation.
    pub several_organisations: bool,
    /// Whether a link to set a new password can be sent.
    pub sends_mail: bool,
    /// Nothing is there yet: the set-up link has to be opened first.
    pub needs_set_up: bool,
    /// Whether passkeys work at the address of this installation.
    pub passkeys_work: bool,
}

/// Asks whether a link can be used.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckLink {
    /// The secret in the link.
    pub token: String,
}

/// Whose password a link sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkOwner {
    /// Name.
    pub name: String,
    /// Where.
    pub organisation: String,
}

/// Sets the password by link.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// The secret in the link.
    pub token: String,
    /// The new password.
    pub password: String,
}

/// Asks for a link to set a new password.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForgotPassword {
    /// E-mail address.
    pub email: String,
    /// The organisation's short name, where the installation holds several.
    #[serde(default)]
    pub organisation: String,
}

/// Creates the first organisation and its first platform admin.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// The secret in the set-up link.
    pub token: String,
    /// The organisation's name.
    pub organisation: String,
    /// The admin's name.
    pub name: String,
    /// The admin's e-mail address.
    pub email: String,
    /// The admin's password.
    pub password: String,
}

/// Proves anew who one is, while signed in. A way to prove it is a variant.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Prove {
    /// By what is typed into one field.
    Typed {
        /// The password, a code of the app, or a recovery code.
        proof: String,
    },
    /// By a passkey.
    Passkey {
        /// Of the question.
        token: String,
        /// The assertion in JSON (`AuthenticationResponseJSON`).
        answer: String,
    },
}

/// Changes the language of the pages.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetLanguage {
    /// From now on.
    pub language: Language,
}

/// A path to return to, only if it stays on this origin; otherwise the first page.
#[must_use]
pub fn safe_return(path: &str) -> &str {
    let inside = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\n', '\r', '\t'])
        && path.chars().all(|character| !character.is_control());
    if inside { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn return_paths_stay_here() {
        assert_eq!(safe_return("/partners?search=a"), "/partners?search=a");
        for bad in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "javascript:1",
        ] {
            assert_eq!(safe_return(bad), "/", "{bad}");
        }
    }
}
