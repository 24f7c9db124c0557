//! The append-only list of actions. It holds ids, names of roles and names of changed fields,
//! never values of data that must be erasable.

mod export;
mod topic;

pub use export::{ExportState, HistoryExport};
pub use topic::Topic;

use crate::{
    DataRequestId, Field, HistoryId, PartnerId, Permission, RoleId, UserId,
    newsletters::Translated,
    time::{Date, LocalTime},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rows on one page of the list.
pub const PAGE: usize = 50;

/// As many people are offered to choose from.
pub const MOST_PEOPLE: usize = 6;

/// As far as the actions of one person are counted: this many means at least so many.
pub const MOST_COUNTED: i64 = 10_000;

/// What was done. The wire form is what the database holds: add variants, never change one but by a field that
/// older entries may lack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it; fields are named where they need words")]
pub enum Action {
    OrganisationCreated,
    OrganisationChanged {
        fields: Vec<Field>,
    },
    NoticePublished {
        version: i64,
    },
    OrganisationBillingChanged {
        version: i64,
        fields: Vec<Field>,
    },
    UserCreated,
    UserChanged {
        fields: Vec<Field>,
    },
    UserRolesChanged {
        added: Vec<String>,
        removed: Vec<String>,
        /// The same by their ids; older entries hold names alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ids: Option<ChangedRoles>,
    },
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
    RoleCreated {
        role: String,
    },
    RoleCopied {
        from: String,
        role: String,
        granted: Vec<Permission>,
    },
    RoleRenamed {
        from: String,
        to: String,
    },
    RoleDeleted {
        role: String,
    },
    RolePermissionsChanged {
        role: String,
        granted: Vec<Permission>,
        revoked: Vec<Permission>,
    },
    RolePreviewed {
        role: String,
    },
    UserPreviewed,
    PartnerCreated,
    PartnerChanged {
        fields: Vec<Field>,
    },
    PartnerBillingChanged {
        version: i64,
        fields: Vec<Field>,
    },
    PartnerDeactivated,
    PartnerReactivated,
    PartnerDeleted,
    SupportChanged,
    DataRequestFiled {
        number: i64,
    },
    DataRequestWithdrawn {
        number: i64,
    },
    DataRequestExtended {
        number: i64,
    },
    DataRequestAnswered {
        number: i64,
    },
    NewsletterCreated {
        newsletter: Translated,
    },
    NewsletterChanged {
        newsletter: Translated,
    },
    NewsletterClosed {
        newsletter: Translated,
    },
    NewsletterSent {
        newsletter: Translated,
        recipients: i64,
    },
}

/// Which roles somebody was given and which were taken from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ChangedRoles {
    pub added: Vec<RoleId>,
    pub removed: Vec<RoleId>,
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
    /// A user or partner whom the reader may not see.
    Withheld,
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
    /// Only what this person did.
    pub person: Option<UserId>,
    /// Only what was done to the user, role, partner or data request of this id.
    pub about: Option<Uuid>,
    /// Only this topic.
    pub topic: Option<Topic>,
    /// From this day on, in the organisation's time zone.
    pub from: Option<Date>,
    /// Up to the end of this day, in the organisation's time zone.
    pub to: Option<Date>,
    /// The last entry of the page before.
    pub after: Option<HistoryId>,
}

impl ListHistory {
    /// As it stands in an address. What can't be read there is as good as not there.
    #[must_use]
    pub fn from_query<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Self {
        let day = |name| value(name).and_then(|text| Date::parse(text).ok().flatten());
        Self {
            person: value("person").and_then(|text| text.parse().ok()),
            about: value("about").and_then(|text| text.parse().ok()),
            topic: value("topic").and_then(Topic::from_code),
            from: day("from"),
            to: day("to"),
            after: value("after").and_then(|text| text.parse().ok()),
        }
    }

    /// Behind the path of an address: empty, or with its question mark. Nothing in it has to be escaped.
    #[must_use]
    pub fn to_query(&self) -> String {
        let Self { person, about, topic, from, to, after } = self;
        let parts = [
            person.map(|id| format!("person={id}")),
            about.map(|id| format!("about={id}")),
            topic.map(|topic| format!("topic={}", topic.code())),
            from.map(|day| format!("from={}", day.machine_readable())),
            to.map(|day| format!("to={}", day.machine_readable())),
            after.map(|id| format!("after={id}")),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }

    /// Whether anything is left out.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        Self { after: None, ..self.clone() } != Self::default()
    }
}

/// Looks for those who did something, by a part of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindPeople {
    /// The part, without regard to case and accents.
    pub search: String,
}

/// Takes back what an entry tells of.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevertEntry {
    /// Which.
    pub id: HistoryId,
}

/// Asks for a page of one's own actions, newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListOwnHistory {
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
    /// The name of who did it, where only what one person did is asked for.
    pub person: String,
    /// The name of what it was done to, where only that is asked for; empty where it has none, or none that the
    /// reader may see.
    pub about: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_from_before_roles_had_ids_reads_and_is_written_as_it_was() {
        let stored = r#"{"user_roles_changed":{"added":["Auditor"],"removed":[]}}"#;
        let action: Action = serde_json::from_str(stored).unwrap();
        let expected = Action::UserRolesChanged { added: vec!["Auditor".into()], removed: vec![], ids: None };
        assert_eq!(action, expected);
        assert!(!action.is_reversible(), "a name may be that of another role by now");
        assert_eq!(serde_json::to_string(&action).unwrap(), stored);
    }

    #[test]
    fn what_is_wanted_stands_in_the_address_and_is_read_from_it() {
        let day = |text| Date::parse(text).unwrap();
        let wanted = ListHistory {
            person: Some(UserId(Uuid::from_u128(1))),
            about: Some(Uuid::from_u128(2)),
            topic: Some(Topic::SignIn),
            from: day("2026-11-01"),
            to: day("2026-11-24"),
            after: Some(HistoryId(Uuid::from_u128(3))),
        };
        let query = wanted.to_query();
        let read = |query: &str| {
            let pairs: Vec<_> =
                query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('=')).collect();
            ListHistory::from_query(|name| {
                pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
            })
        };
        assert_eq!(read(&query), wanted);
        assert_eq!(ListHistory::default().to_query(), "");
        assert_eq!(
            read("?person=x&about=&topic=nothing&from=2026-02-30&to=1&after=-"),
            ListHistory::default()
        );
        assert!(
            wanted.is_filtered() && !ListHistory { after: wanted.after, ..Default::default() }.is_filtered()
        );
    }
}
