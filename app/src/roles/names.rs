//! What a role is called in the reader's language.

use crate::messages::{Messages, of};
use domain::Language;

/// A role's name. The system role's comes from the catalogue: no other role can have the name
/// under which it is stored.
#[must_use]
pub fn role_name(stored: &str, words: &Messages) -> String {
    if stored == of(Language::English).permissions.platform_admin {
        words.permissions.platform_admin.to_owned()
    } else {
        stored.to_owned()
    }
}
