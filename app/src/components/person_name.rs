//! The name of somebody who may have left long ago.

use crate::messages::messages;
use domain::retention::FORMER_USER;

/// A name; where its period is over, what stands in its place, in the reader's language.
#[must_use]
pub fn person_name(stored: &str) -> &str {
    if stored == FORMER_USER { messages().common.former_user } else { stored }
}
