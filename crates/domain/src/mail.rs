//! What is said by mail. A message is a code without personal data: whom it is for is looked up when
//! it is sent, and the secret of a link is made then too.

use crate::device::Device;
use serde::{Deserialize, Serialize};

/// A message. The wire form is what the outbox holds: add variants, never change one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// Somebody was invited: a link to accept or to decline.
    Invitation,
    /// A link to set a new password.
    PasswordReset,
    /// To a new address, before it takes the place of the old one: a link to confirm it.
    AddressConfirmation,
    /// To the address that is about to be replaced, or was.
    AddressChange,
    /// What the user may do has changed.
    RightsChanged,
    /// The password was set.
    PasswordChanged,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// A second factor is asked for from now on.
    SecondFactorOn,
    /// No second factor is asked for any more.
    SecondFactorOff,
    /// Somebody signed in with a device of a class that was not seen before.
    NewDevice(Device),
}

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// It is on its way.
    Queued,
    /// A mail server has taken it.
    Sent,
    /// It was given up.
    Failed,
}

impl MailState {
    /// What the database holds.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// The state of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Queued, Self::Sent, Self::Failed].into_iter().find(|state| state.code() == code)
    }
}
