//! The receipt of an account that was ended: what was removed, what was kept and why, signed with
//! Ed25519 (RFC 8032), so that it can be checked later without asking anybody.
//!
//! A further kind of personal data is a further [`Category`]; the store counts it by its table.

use crate::{retention::KeptName, time::LocalTime};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A kind of personal data that goes with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// The e-mail address, encrypted.
    Address,
    /// The key that the address is encrypted under.
    Key,
    /// The account itself: its state and language.
    Account,
    /// The password, as a hash.
    Password,
    /// Assignments of roles.
    Roles,
    /// Where one is signed in.
    SignIns,
    /// Classes of devices that one has signed in with.
    Devices,
    /// Passkeys.
    Passkeys,
    /// Apps that make codes.
    Apps,
    /// Recovery codes.
    RecoveryCodes,
    /// Questions that were not answered yet.
    Challenges,
    /// Links to set a password.
    Links,
    /// A new address that was not confirmed yet, and a former one that is still told of it.
    OtherAddresses,
    /// Mail that was sent lately or waits.
    Mail,
    /// Agreements to versions of the privacy notice.
    Agreements,
    /// Data requests, whose texts go.
    RequestTexts,
    /// Newsletters that are or were received.
    Newsletters,
    /// Records of newsletters switched on and off.
    Consents,
    /// Who opened one's page on which day.
    Views,
    /// Exports of one's own data, and how far one of the history is.
    Exports,
    /// Permissions that one asked for.
    PermissionRequests,
}

impl Category {
    /// Whether there is at most one of it, so that its number says nothing.
    #[must_use]
    pub const fn is_single(self) -> bool {
        matches!(self, Self::Address | Self::Key | Self::Account | Self::Password)
    }
}

/// How much of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    /// Of which kind.
    pub category: Category,
    /// How many.
    pub count: i64,
}

/// What ending an account does, in real numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effects {
    /// What goes, by kind; what there is none of is left out.
    pub removed: Vec<Removed>,
    /// On how many actions the name stays, counted to [`crate::history::MOST_COUNTED`].
    pub actions: i64,
    /// Until when it stays, and why.
    pub name: KeptName,
}

/// What stays of an ended account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// The name on what was done in the organisation.
    NameOnActions,
}

/// What was kept, and on which ground.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remainder {
    /// What.
    pub kept: Kept,
    /// On how many actions.
    pub count: i64,
    /// Until the end of this year.
    pub until: i16,
    /// The articles of the GDPR that allow it.
    pub ground: String,
}

/// Whether all of it has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Erasure {
    /// Somebody still reads the files, so that erased bytes have yet to leave the logs of the database.
    Pending,
    /// All of it.
    Done,
}

/// What happened to an ended account. There is nothing in it that names whose it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// [`FORMAT`].
    pub format: String,
    /// The name of the organisation.
    pub organisation: String,
    /// When (RFC 3339, UTC).
    pub terminated_at: String,
    /// What was removed.
    pub removed: Vec<Removed>,
    /// What was kept.
    pub kept: Vec<Remainder>,
    /// Whether all of it has happened.
    pub erasure: Erasure,
}

/// The only format so far.
pub const FORMAT: &str = "assent-receipt-1";

/// A receipt as a file holds it: in this order, indented by two spaces, with a line break at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedReceipt {
    /// What is signed: these bytes of JSON without spaces.
    pub receipt: Receipt,
    /// 64 bytes as 128 lower-case hexadecimal digits.
    pub signature: String,
}

/// Asks for a receipt.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindReceipt {
    /// The secret that came when the account was ended.
    pub token: String,
}

/// A receipt for the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownReceipt {
    /// What it says.
    pub receipt: Receipt,
    /// When the account was ended, in UTC.
    pub at: LocalTime,
    /// The signed file.
    pub file: String,
}

/// An account was ended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terminated {
    /// The secret by which its receipt can be read for 30 days.
    pub receipt: String,
}

impl fmt::Debug for Terminated {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Terminated(…)")
    }
}

impl Terminated {
    /// Where the receipt is.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/receipt?token={}", self.receipt)
    }
}
