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
    /// A data request was answered; the answer itself is not in the mail.
    DataRequestAnswered,
    /// A data request takes longer to answer; the reason is not in the mail.
    DataRequestExtended,
    /// An issue of a newsletter, to somebody who has agreed to receive it.
    Newsletter,
    /// An issue as its writer will see it arrive.
    NewsletterTest,
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

/// Why a mail could not be sent. No variant holds an address or a server's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailProblem {
    /// The mail server said no with this code (RFC 5321, 4.2.3), such as 550.
    Refused(u16),
    /// No mail server could be talked to.
    Unreachable,
    /// Mail can't be sent to an address like this one.
    Address,
    /// Each attempt was broken off on our side.
    Interrupted,
}

impl MailProblem {
    const NAMED: [Self; 3] = [Self::Unreachable, Self::Address, Self::Interrupted];

    /// What the database holds: `550` or a word.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Refused(code) => code.to_string(),
            Self::Unreachable => "unreachable".to_owned(),
            Self::Address => "address".to_owned(),
            Self::Interrupted => "interrupted".to_owned(),
        }
    }

    /// The problem of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let named = Self::NAMED.into_iter().find(|problem| problem.code() == code);
        named.or_else(|| code.parse().ok().map(Self::Refused))
    }
}

/// The newest mail to somebody, for the page about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LatestMail {
    /// What it says.
    pub message: Message,
    /// Where it stands.
    pub state: MailState,
    /// When it was queued, in unix milliseconds.
    pub at: i64,
    /// Why it is not sent, or not yet.
    pub problem: Option<MailProblem>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_read_as_they_are_written() {
        for problem in MailProblem::NAMED.into_iter().chain([MailProblem::Refused(550)]) {
            assert_eq!(MailProblem::from_code(&problem.code()), Some(problem));
        }
        assert_eq!(MailProblem::from_code("somebody@example.org"), None);
    }
}
