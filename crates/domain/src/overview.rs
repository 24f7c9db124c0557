//! The first page: what one may do, what changed.

use crate::{explain::OwnRequest, history::Entry};
use serde::{Deserialize, Serialize};

/// What the first page shows besides the session's rights.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Names of one's roles.
    pub roles: Vec<String>,
    /// The latest entries of the history, for those who may view it.
    pub recent: Option<Vec<Entry>>,
    /// What one asked for lately: what waits, and what was answered.
    pub asked: Vec<OwnRequest>,
    /// How many requests of others one can answer, for those who manage roles.
    pub to_answer: Option<i64>,
}
