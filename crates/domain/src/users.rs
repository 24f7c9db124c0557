//! Users: a name, an e-mail address, a language, and roles.

use crate::{
    Email, Field, FieldError, Fields, Language, RoleId, UserId,
    mail::{MailProblem, MailState, Message},
    name::PersonName,
    rights::EffectiveRights,
    roles::RoleName,
    time::{Date, LocalTime},
};
use serde::{Deserialize, Serialize};

/// Rows on one page of the list.
pub const PAGE: usize = 25;

/// Where a user stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// Has not set a password yet.
    Invited,
    /// Can sign in.
    Active,
    /// Kept as it is, and no way in until somebody lifts it.
    Suspended,
    /// Being erased; no way in, and no way back.
    Terminating,
}

impl UserStatus {
    /// What the database holds.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Terminating => "terminating",
        }
    }

    /// The status of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Invited, Self::Active, Self::Suspended, Self::Terminating]
            .into_iter()
            .find(|status| status.code() == code)
    }
}

/// Asks for a page of the list, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListUsers {
    /// Part of a name. May be empty.
    pub search: String,
    /// Only those who stand there.
    #[serde(default)]
    pub status: Option<UserStatus>,
    /// Only those who hold it.
    #[serde(default)]
    pub role: Option<RoleId>,
    /// Only those from outside, or only those who are not.
    #[serde(default)]
    pub external: Option<bool>,
    /// The last user of the page before.
    pub after: Option<UserId>,
    /// The first user of the page after, to go back.
    pub before: Option<UserId>,
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPage {
    /// At most [`PAGE`].
    pub users: Vec<UserRow>,
    /// Whether there is a page before.
    pub has_previous: bool,
    /// Whether there is a page after.
    pub has_next: bool,
    /// The roles there are, to choose from.
    pub roles: Vec<RoleName>,
}

/// A row of the list. The address is not in it: only one's own page and those who manage users
/// read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    /// Who.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Where the user stands.
    pub status: UserStatus,
    /// From outside the organisation.
    pub external: bool,
    /// Names of the roles.
    pub roles: Vec<String>,
}

/// One user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Who.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Only for those who manage users.
    pub email: Option<String>,
    /// Where the user stands.
    pub status: UserStatus,
    /// From outside the organisation.
    pub external: bool,
    /// The last day of an external user's access, if it ends by itself.
    pub access_ends: Option<Date>,
    /// Language of the pages.
    pub language: Language,
    /// Until when an invitation can be accepted.
    pub invitation_ends: Option<LocalTime>,
    /// A new address that was not confirmed yet; only for those who manage users.
    pub new_email: Option<String>,
    /// Whether links can be sent by mail.
    pub sends_mail: bool,
    /// The newest mail to them; only for those who manage users.
    pub mail: Option<SentMail>,
    /// Whether a second factor is asked for. Only for those who manage users.
    pub second_factor: Option<bool>,
    /// Roles held.
    pub roles: Vec<RoleName>,
    /// What they come to at this moment, for those who manage roles.
    pub rights: Option<EffectiveRights>,
    /// Roles that could be given, for those who manage roles.
    pub assignable: Vec<AssignableRole>,
    /// Grows with each change of the fields or roles.
    pub version: i64,
    /// The first permission that this user holds and the reader doesn't: then the reader can
    /// change nothing here.
    pub outranks: Option<crate::Permission>,
}

/// A mail to somebody, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentMail {
    /// What it says.
    pub message: Message,
    /// Where it stands.
    pub state: MailState,
    /// When it was queued.
    pub at: LocalTime,
    /// Why it is not sent, or not yet.
    pub problem: Option<MailProblem>,
}

/// A role, and what stands against giving it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignableRole {
    /// Which.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// A permission in it that the reader doesn't hold.
    pub lacks: Option<crate::Permission>,
    /// External users can't have it.
    pub internal_only: bool,
}

/// Asks for one user.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindUser {
    /// Who.
    pub id: UserId,
}

/// Invites a user. Nothing else about a person is asked.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateUser {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// From outside the organisation.
    pub external: bool,
    /// The last day of an external user's access, such as `2026-12-31`. May be empty.
    #[serde(default)]
    pub access_ends: String,
    /// Language of the pages and of mail.
    #[serde(default)]
    pub language: Language,
    /// Roles; giving any takes `roles.manage`.
    pub roles: Vec<RoleId>,
}

/// Changes a user's fields.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateUser {
    /// Who.
    pub id: UserId,
    /// The version that was on the screen.
    pub version: i64,
    /// Name.
    pub name: String,
    /// E-mail address. Somebody who can sign in confirms a new one first.
    pub email: String,
    /// From outside the organisation.
    pub external: bool,
    /// The last day of an external user's access, such as `2026-12-31`. May be empty.
    #[serde(default)]
    pub access_ends: String,
    /// Language of the pages and of mail.
    pub language: Language,
}

/// What is done to an account as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeUser {
    /// Who.
    pub id: UserId,
    /// The version that was on the screen.
    pub version: i64,
}

/// Name and address, checked.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Name.
    pub name: PersonName,
    /// E-mail address.
    pub email: Email,
}

impl Contact {
    /// Checked, or all that is wrong.
    ///
    /// # Errors
    /// One entry for each field that can't be taken.
    pub fn parse(name: &str, email: &str) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let name = fields.take(Field::Name, PersonName::parse(name));
        let email = fields.take(Field::Email, Email::parse(email));
        match (name, email) {
            (Some(name), Some(email)) => Ok(Self { name, email }),
            _ => Err(fields.errors()),
        }
    }
}

/// Replaces the roles of a user.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignRoles {
    /// Who.
    pub id: UserId,
    /// The version that was on the screen.
    pub version: i64,
    /// All roles from now on.
    pub roles: Vec<RoleId>,
}

/// To how many users a role can be given at once.
pub const MOST_AT_ONCE: u32 = 100;

/// Gives one role to several users, or takes it from them: to all of them or to none.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignRole {
    /// Which.
    pub role: RoleId,
    /// Who: at most [`MOST_AT_ONCE`].
    pub users: Vec<UserId>,
    /// Whether they hold it from now on.
    pub held: bool,
}

/// Whose roles are other ones now; for the others it was so already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleAssigned {
    /// Who.
    pub changed: Vec<UserId>,
}

/// Makes a new one-time link for somebody; older ones die.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssueLink {
    /// Who.
    pub id: UserId,
}

/// Somebody who was invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Who.
    pub id: UserId,
    /// The link to hand over, where none was sent by mail.
    pub link: Option<PasswordLink>,
}

/// A one-time link to set the password, shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordLink {
    /// For whom.
    pub id: UserId,
    /// The address to open.
    pub url: String,
    /// Until when it can be used.
    pub expires: LocalTime,
}
