//! Users: the list, one user, a new one.

use domain::users::UserStatus;

/// Users: the list, one user, a new one.
pub struct Users {
    pub title: &'static str,
    pub new: &'static str,
    pub status: fn(UserStatus) -> &'static str,
    pub external: &'static str,
}

pub const ENGLISH: Users = Users {
    title: "Users",
    new: "New user",
    status: |status| match status {
        UserStatus::Invited => "Invited",
        UserStatus::Active => "Active",
        UserStatus::Terminating => "Being erased",
    },
    external: "External",
};

pub const GERMAN: Users = Users {
    title: "Benutzer",
    new: "Neuer Benutzer",
    status: |status| match status {
        UserStatus::Invited => "Eingeladen",
        UserStatus::Active => "Aktiv",
        UserStatus::Terminating => "Wird gelöscht",
    },
    external: "Extern",
};
