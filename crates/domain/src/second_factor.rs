//! The second factor: one-time codes of an app (RFC 6238), passkeys, and recovery codes for whoever
//! has lost both.
//!
//! Whoever has set up a passkey or an app is asked for it after the password. A passkey by itself
//! counts as both factors, since its device checks who uses it.

use crate::{PasskeyId, Problem, UserId, time::LocalTime};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How many recovery codes there are at first.
pub const RECOVERY_CODES: usize = 10;
/// How many passkeys one may have.
pub const MOST_PASSKEYS: i64 = 20;
/// How often a wrong code may be given before the password is asked for again.
pub const MOST_WRONG_CODES: u32 = 5;

/// The digits of a one-time code.
const ONE_TIME: usize = 6;
/// The letters and digits of a recovery code: 80 bits in base 32 (RFC 4648).
const RECOVERY: usize = 16;

/// A code as somebody types it: of their app, or one of the recovery codes. It cannot be shown or
/// logged by accident.
#[derive(Clone, PartialEq, Eq)]
pub enum TypedCode {
    /// Six digits.
    OneTime(String),
    /// Sixteen letters and digits, in upper case and without hyphens.
    Recovery(String),
}

impl TypedCode {
    /// The code as typed; spaces, hyphens and the case of letters don't count.
    ///
    /// # Errors
    /// `Missing`, or `WrongCode` for what can't be one.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let meant: String = typed
            .chars()
            .filter(|character| !character.is_whitespace() && *character != '-')
            .take(RECOVERY + 1)
            .map(|character| character.to_ascii_uppercase())
            .collect();
        let is_base_32 = |byte: u8| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(&byte);
        match meant.len() {
            0 => Err(Problem::Missing),
            ONE_TIME if meant.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Self::OneTime(meant)),
            RECOVERY if meant.bytes().all(is_base_32) => Ok(Self::Recovery(meant)),
            _ => Err(Problem::WrongCode),
        }
    }
}

impl fmt::Debug for TypedCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TypedCode(…)")
    }
}

/// Parts a secret into groups of four, so that it can be read and typed.
#[must_use]
pub fn in_groups(secret: &str, between: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(between)
}

/// What one has set up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactors {
    /// Whether an app makes codes.
    pub totp: bool,
    /// How many recovery codes were not used yet.
    pub recovery_codes: i64,
    /// The passkeys, oldest first.
    pub passkeys: Vec<Passkey>,
    /// Whether passkeys work at the address of this installation.
    pub passkeys_work: bool,
}

impl SecondFactors {
    /// Whether anything is asked for after the password.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.totp || !self.passkeys.is_empty()
    }
}

/// A passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// Which.
    pub id: PasskeyId,
    /// What its user calls it.
    pub name: String,
    /// The day it was added.
    pub added: LocalTime,
    /// The day of its last use.
    pub used: Option<LocalTime>,
}

/// What an app needs to make codes. Shown until the first code confirms it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotpSetUp {
    /// The secret, in groups.
    pub secret: String,
    /// The link that opens an app on this device.
    pub link: String,
    /// The same link as a QR code.
    pub picture: QrCode,
}

impl fmt::Debug for TotpSetUp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TotpSetUp(…)")
    }
}

/// A QR code as the path of an SVG image.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrCode {
    /// Its width and height, with the quiet zone around it.
    pub size: usize,
    /// The dark squares.
    pub path: String,
}

/// Confirms the set-up of an app by its first code.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmTotp {
    /// What the app shows.
    pub code: String,
}

/// Recovery codes, shown once. Empty where there were some already.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryCodes {
    /// In groups.
    pub codes: Vec<String>,
}

impl fmt::Debug for RecoveryCodes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RecoveryCodes(…)")
    }
}

/// Takes every second factor of a user away.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResetSecondFactor {
    /// Who.
    pub id: UserId,
}

/// What is asked for after the password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// A code of an app will do.
    pub totp: bool,
    /// A passkey will do.
    pub passkey: bool,
    /// Where to go then: a path of this origin.
    pub return_to: String,
}

/// The answer to it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerCode {
    /// A code of the app, or a recovery code.
    pub code: String,
}

/// What a passkey is asked, for the browser to pass on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyQuestion {
    /// To bring along with the answer.
    pub token: String,
    /// The options in JSON (WebAuthn level 3, 5.4 and 5.5).
    pub options: String,
}

/// Adds a passkey.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddPasskey {
    /// Of the question.
    pub token: String,
    /// The new credential in JSON (`RegistrationResponseJSON`).
    pub answer: String,
    /// What to call it.
    pub name: String,
}

/// Gives a passkey another name.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenamePasskey {
    /// Which.
    pub id: PasskeyId,
    /// Its new name.
    pub name: String,
}

/// Removes a passkey.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemovePasskey {
    /// Which.
    pub id: PasskeyId,
}

/// Signs in with a passkey.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsePasskey {
    /// Of the question.
    pub token: String,
    /// The assertion in JSON (`AuthenticationResponseJSON`).
    pub answer: String,
    /// Where to go then: a path of this origin.
    #[serde(default)]
    pub return_to: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_write_them() {
        assert_eq!(TypedCode::parse(" 123 456 "), Ok(TypedCode::OneTime("123456".into())));
        let recovery = TypedCode::Recovery("ABCDEFGHIJKL2345".into());
        assert_eq!(TypedCode::parse("abcd-efgh ijkl-2345"), Ok(recovery));
        assert_eq!(TypedCode::parse(" - "), Err(Problem::Missing));
        for bad in ["12345", "1234567", "12345a", "ABCD-EFGH-IJKL-2341", "ABCD-EFGH-IJKL-23456", "ä23456"] {
            assert_eq!(TypedCode::parse(bad), Err(Problem::WrongCode), "{bad}");
        }
    }

    #[test]
    fn groups_have_four() {
        assert_eq!(in_groups("ABCDEFGHIJ", " "), "ABCD EFGH IJ");
    }
}
