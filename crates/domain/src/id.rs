//! Ids: UUID version 7 (RFC 9562), one type for each kind of thing.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
pub use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

id! {
    /// An organisation: everything is scoped to one.
    OrganisationId,
    /// A user. It outlives the account: history refers to it.
    UserId,
    /// A role.
    RoleId,
    /// A partner.
    PartnerId,
    /// An entry of the history.
    HistoryId,
    /// A sign-in.
    SessionId,
    /// A passkey.
    PasskeyId,
    /// A data request.
    DataRequestId,
    /// A newsletter.
    NewsletterId,
    /// An issue of a newsletter.
    IssueId,
    /// An export of what is stored about somebody.
    ExportId,
    /// What somebody asks for: a permission.
    PermissionRequestId,
}
