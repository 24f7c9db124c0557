//! The one closed list of ways in which a request is refused.

use crate::{FieldError, Permission};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a request was refused. No variant carries free text or a personal value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Error {
    /// Nobody is signed in. 401.
    Unauthenticated,
    /// The caller lacks a right. 403.
    Forbidden {
        /// The permission that would have allowed it, where one would.
        needs: Option<Permission>,
    },
    /// The current privacy notice comes first: to agree to it, or to end the account. 403.
    NoticeNotAgreed,
    /// It is nothing that a preview shows, or it would change something. 403.
    InPreview,
    /// It takes a fresh proof of who calls: the last one is too old. 403.
    ProofNeeded,
    /// It doesn't exist, or belongs to another organisation. 404.
    NotFound,
    /// What was sent can't be taken. 422.
    Invalid(Vec<FieldError>),
    /// It is fine by itself and doesn't fit the state of things. 409.
    Conflict(Conflict),
    /// Too much at once. 429.
    TooManyRequests {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// Something broke here. 500.
    Internal {
        /// What the log calls it.
        reference: String,
    },
}

/// Why something doesn't fit the state of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Conflict {
    /// Somebody changed it since it was loaded.
    Stale,
    /// An entry of the history that does not say what to put back, or whose role is gone.
    NotReversible,
    /// What a change did is not so any more, so there is nothing to take back.
    NothingToRevert,
    /// Another user of the organisation has that address.
    EmailTaken,
    /// Another role of the organisation has that name.
    NameTaken,
    /// The organisation would be left without an active platform admin.
    LastAdmin,
    /// External users can never hold that.
    ExternalUser,
    /// *Platform admin* can be neither changed nor deleted.
    SystemRole,
    /// An organisation has at most [`crate::roles::MOST_ROLES`] roles.
    TooManyRoles,
    /// The installation has an organisation already.
    AlreadySetUp,
    /// The link was used, replaced, or has expired.
    LinkExpired,
    /// The address or the password is not right.
    WrongCredentials,
    /// The invitation was accepted meanwhile, or is none.
    NotInvited,
    /// The time to give a second factor is over, or it was given wrongly too often.
    ChallengeOver,
    /// The passkey is not one that can be used here, whatever of it is wrong.
    PasskeyRefused,
    /// A user has at most [`crate::second_factor::MOST_PASSKEYS`] passkeys.
    TooManyPasskeys,
    /// Another version of the privacy notice was published meanwhile.
    NoticePublished,
    /// The notice says what the current version says.
    NothingToPublish,
    /// The issue was sent already; nobody gets it twice.
    AlreadySent,
    /// The newsletter was closed.
    NewsletterClosed,
    /// Nobody has agreed to receive it.
    NobodyOptedIn,
    /// This installation sends no mail.
    SendsNoMail,
    /// Deactivating what is deactivated, reactivating what is active.
    NotInThatState,
    /// The day until which it could be done is over.
    TooLate,
    /// One of their roles gives that permission already.
    AlreadyHeld,
    /// Whoever asked for it took the request back.
    RequestTakenBack,
    /// Somebody answered the request.
    RequestAnswered,
}

impl Error {
    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Unauthenticated => 401,
            Self::Forbidden { .. } | Self::NoticeNotAgreed | Self::InPreview | Self::ProofNeeded => 403,
            Self::NotFound => 404,
            Self::Invalid(_) => 422,
            Self::Conflict(Conflict::WrongCredentials | Conflict::PasskeyRefused) => 401,
            Self::Conflict(_) => 409,
            Self::TooManyRequests { .. } => 429,
            Self::Internal { .. } => 500,
        }
    }
}

impl From<Conflict> for Error {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

impl From<Vec<FieldError>> for Error {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Invalid(errors)
    }
}

impl From<FieldError> for Error {
    fn from(error: FieldError) -> Self {
        Self::Invalid(vec![error])
    }
}

/// For logs and tests. People read the catalogue's words instead.
impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self:?}")
    }
}

impl std::error::Error for Error {}
