//! One's own account: see it, change it, end it.

use crate::{
    Language, SessionId, UserId, device::Device, receipts::Effects, sign_in::Prove, time::LocalTime,
};
use serde::{Deserialize, Serialize};

/// What is stored about oneself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// A new address that was not confirmed yet.
    pub new_email: Option<String>,
    /// Language of the pages.
    pub language: Language,
    /// Names of the roles held.
    pub roles: Vec<String>,
    /// From outside the organisation.
    pub external: bool,
    /// Grows with each change.
    pub version: i64,
}

/// Changes one's own account.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveProfile {
    /// The version that was on the screen.
    pub version: i64,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Language of the pages.
    pub language: Language,
}

/// What ending the account would do, in real numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminationPreview {
    /// The name that stays.
    pub name: String,
    /// What goes and what stays.
    pub effects: Effects,
    /// The last active platform admin has to appoint another first.
    pub last_admin: bool,
    /// Whom that admin can appoint.
    pub successors: Vec<Successor>,
}

/// Somebody who can become platform admin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Successor {
    /// Who.
    pub id: UserId,
    /// Name.
    pub name: String,
}

/// Makes somebody platform admin, so that the last one can go.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appoint {
    /// Whom.
    pub id: UserId,
}

/// Ends one's own account.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terminate {
    /// Who one is, proved for this alone.
    pub proof: Prove,
}

/// A sign-in of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInEntry {
    /// Which.
    pub id: SessionId,
    /// The class of device.
    pub device: Device,
    /// When it began.
    pub since: LocalTime,
    /// The day of its last use, in UTC.
    pub used: LocalTime,
    /// It is the one that asks.
    pub current: bool,
}

/// Ends one of one's own sign-ins.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndSignIn {
    /// Which.
    pub id: SessionId,
}

/// Changes one's own password.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The one that is good now, as proof.
    pub current: String,
    /// The one from now on.
    pub password: String,
}
