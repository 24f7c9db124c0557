//! Live events: they say that something changed, never what.

use crate::{OrganisationId, UserId};
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    /// Somebody's rights, name or membership changed: ask again.
    RightsChanged,
    /// A job went on or ended, such as the sending of an issue: pages that show one ask again.
    JobProgress,
    /// A session ended: the stream ends too.
    SignedOut,
}

impl EventKind {
    /// The name on the stream.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RightsChanged => "rights-changed",
            Self::JobProgress => "job-progress",
            Self::SignedOut => "signed-out",
        }
    }
}

/// An event and whom it reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Only open pages of this organisation.
    pub organisation: OrganisationId,
    /// Only open pages of this user; everybody's without.
    pub user: Option<UserId>,
    /// What happened.
    pub kind: EventKind,
}
