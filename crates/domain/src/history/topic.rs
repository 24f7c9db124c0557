//! What entries of the history are about, to list them by it, and which can be taken back.

use super::Action;
use serde::{Deserialize, Serialize};

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Roles, what they allow, and who holds them.
    Rights,
    /// Accounts of users.
    Users,
    /// Passwords, second factors and passkeys.
    SignIn,
    /// Partners, without their billing details.
    Partners,
    /// Billing details.
    Billing,
    /// The privacy notice and data requests.
    Privacy,
    /// Newsletters.
    Newsletters,
    /// The organisation itself.
    Organisation,
}

impl Topic {
    /// All of them, in the order of a list.
    pub const ALL: [Self; 8] = [
        Self::Rights,
        Self::Users,
        Self::SignIn,
        Self::Partners,
        Self::Billing,
        Self::Privacy,
        Self::Newsletters,
        Self::Organisation,
    ];

    /// As it is stored, and stands in an address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rights => "rights",
            Self::Users => "users",
            Self::SignIn => "sign_in",
            Self::Partners => "partners",
            Self::Billing => "billing",
            Self::Privacy => "privacy",
            Self::Newsletters => "newsletters",
            Self::Organisation => "organisation",
        }
    }

    /// The topic of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }
}

impl Action {
    /// What it is about.
    #[must_use]
    pub const fn topic(&self) -> Topic {
        match self {
            Self::UserRolesChanged { .. }
            | Self::RoleCreated { .. }
            | Self::RoleCopied { .. }
            | Self::RoleRenamed { .. }
            | Self::RoleDeleted { .. }
            | Self::RolePermissionsChanged { .. }
            | Self::RolePreviewed { .. }
            | Self::UserPreviewed => Topic::Rights,
            Self::UserCreated
            | Self::UserChanged { .. }
            | Self::UserTerminated
            | Self::UserSuspended
            | Self::UserReactivated
            | Self::InvitationSent
            | Self::InvitationRevoked
            | Self::InvitationDeclined
            | Self::InvitationExpired => Topic::Users,
            Self::PasswordLinkIssued
            | Self::PasswordSet
            | Self::SecondFactorOn
            | Self::SecondFactorOff
            | Self::SecondFactorReset
            | Self::RecoveryCodesRenewed
            | Self::RecoveryCodeUsed
            | Self::PasskeyAdded
            | Self::PasskeyRemoved => Topic::SignIn,
            Self::PartnerCreated
            | Self::PartnerChanged { .. }
            | Self::PartnerDeactivated
            | Self::PartnerReactivated
            | Self::PartnerDeleted => Topic::Partners,
            Self::OrganisationBillingChanged { .. } | Self::PartnerBillingChanged { .. } => Topic::Billing,
            Self::NoticePublished { .. }
            | Self::DataRequestFiled { .. }
            | Self::DataRequestWithdrawn { .. }
            | Self::DataRequestExtended { .. }
            | Self::DataRequestAnswered { .. } => Topic::Privacy,
            Self::NewsletterCreated { .. }
            | Self::NewsletterChanged { .. }
            | Self::NewsletterClosed { .. }
            | Self::NewsletterSent { .. } => Topic::Newsletters,
            Self::OrganisationCreated | Self::OrganisationChanged { .. } | Self::SupportChanged => {
                Topic::Organisation
            }
        }
    }

    /// Whether it says exactly what to put back.
    #[must_use]
    pub const fn is_reversible(&self) -> bool {
        matches!(self, Self::RolePermissionsChanged { .. })
    }
}
