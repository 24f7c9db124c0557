//! A password on its way to the hash: cannot be shown, logged or serialised by accident.

use crate::Problem;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What makes a password easy to guess, for the words beside the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Weakness {
    /// The user's own name or address, or the organisation's name.
    Personal,
    /// A password that many have, or one like it.
    Common,
    /// A single word.
    Word,
    /// Names of people.
    Names,
    /// Keys beside each other.
    Keyboard,
    /// The same again and again.
    Repeats,
    /// Sequences such as abc or 6543.
    Sequences,
    /// Dates and years.
    Dates,
    /// Too little of anything.
    Short,
}

/// A new password of 12 to 256 characters; there are no rules about which ones (NIST SP 800-63B).
pub struct Password(String);

impl Password {
    /// The smallest number of characters.
    pub const LEAST: u32 = 12;
    /// The largest number of characters.
    pub const MOST: u32 = 256;

    /// The password as typed; white space counts.
    ///
    /// # Errors
    /// `Missing`, `TooShort` or `TooLong`.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        match typed.chars().take(Self::MOST as usize + 1).count() {
            0 => Err(Problem::Missing),
            length if length < Self::LEAST as usize => Err(Problem::TooShort { least: Self::LEAST }),
            length if length > Self::MOST as usize => Err(Problem::TooLong { most: Self::MOST }),
            _ => Ok(Self(typed.to_owned())),
        }
    }

    /// The password itself, for the hash.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(…)")
    }
}

impl Password {
    /// A password as somebody types it to sign in: neither empty nor longer than any can be. It is
    /// not asked to be a good one.
    ///
    /// # Errors
    /// `Missing` or `TooLong`.
    pub fn typed(text: &str) -> Result<&str, Problem> {
        match text.chars().take(Self::MOST as usize + 1).count() {
            0 => Err(Problem::Missing),
            length if length > Self::MOST as usize => Err(Problem::TooLong { most: Self::MOST }),
            _ => Ok(text),
        }
    }
}
