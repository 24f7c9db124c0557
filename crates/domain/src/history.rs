//! The append-only list of actions. It holds ids, names of roles and names of changed fields,
//! never values of data that must be erasable.

use crate::{
    DataRequestId, Field, HistoryId, PartnerId, Permission, RoleId, UserId, newsletters::Translated,
    time::LocalTime,
};
use serde::{Deserialize, Serialize};

/// Rows on one page of the list.
pub const PAGE: usize = 50;

/// As far as the actions of one person are counted: this many means at least so many.
pub const MOST_COUNTED: i64 = 10_000;

/// What was done. The wire form is what the database holds: add variants, never change one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it; fields are named where they need words")]
pub enum Action {
    OrganisationCreated,
    OrganisationChanged { fields: Vec<Field> },
    NoticePublished { version: i64 },
    OrganisationBillingChanged { version: i64, fields: Vec<Field> },
    UserCreated,
    UserChanged { fields: Vec<Field> },
    UserRolesChanged { added: Vec<String>, removed: Vec<String> },
    PasswordLinkIssued,
    PasswordSet,
    SecondFactorOn,
    SecondFactorOff,
    SecondFactorReset,
    RecoveryCodesRenewed,
    RecoveryCodeUsed,
    PasskeyAdded,
    PasskeyRemoved,
    UserTerminated,
    UserSuspended,
    UserReactivated,
    InvitationSent,
    InvitationRevoked,
    InvitationDeclined,
    InvitationExpired,
    RoleCreated { role: String },
    RoleCopied { from: String, role: String, granted: Vec<Permission> },
    RoleRenamed { from: String, to: String },
    RoleDeleted { role: String },
    RolePermissionsChanged { role: String, granted: Vec<Permission>, revoked: Vec<Permission> },
    PartnerCreated,
    PartnerChanged { fields: Vec<Field> },
    PartnerBillingChanged { version: i64, fields: Vec<Field> },
    PartnerDeactivated,
    PartnerReactivated,
    PartnerDeleted,
    SupportChanged,
    DataRequestFiled { number: i64 },
    DataRequestWithdrawn { number: i64 },
    DataRequestExtended { number: i64 },
    DataRequestAnswered { number: i64 },
    NewsletterCreated { newsletter: Translated },
    NewsletterChanged { newsletter: Translated },
    NewsletterClosed { newsletter: Translated },
    NewsletterSent { newsletter: Translated, recipients: i64 },
}

/// What it was done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Subject {
    Organisation,
    User(UserId),
    Role(RoleId),
    Partner(PartnerId),
    DataRequest(DataRequestId),
}

/// A user or partner by name, as the history shows it today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named<Id> {
    /// Which.
    pub id: Id,
    /// The name as it is now, or as it was at termination; empty where the reader may not see it,
    /// and for somebody whose invitation came to nothing.
    pub name: String,
    /// A user from outside the organisation.
    pub external: bool,
    /// Terminated or deleted meanwhile.
    pub gone: bool,
}

/// What it was done to, by name. A role's name and a data request's number stand in the action itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum NamedSubject {
    Organisation,
    Role,
    DataRequest,
    User(Named<UserId>),
    Partner(Named<PartnerId>),
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which.
    pub id: HistoryId,
    /// When.
    pub at: LocalTime,
    /// Who; nobody where the installation itself did it.
    pub actor: Option<Named<UserId>>,
    /// What.
    pub action: Action,
    /// On what.
    pub subject: NamedSubject,
}

/// Asks for a page of the history, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListHistory {
    /// Only what was done to this partner.
    pub partner: Option<PartnerId>,
    /// The last entry of the page before.
    pub after: Option<HistoryId>,
}

/// A page of the history.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryPage {
    /// At most [`PAGE`].
    pub entries: Vec<Entry>,
    /// Whether there are older ones.
    pub has_next: bool,
}
