//! The history as a file: how far it is while a browser downloads it.

use crate::ExportId;
use serde::{Deserialize, Serialize};

/// What has become of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    /// It is being sent.
    Running,
    /// All of it was sent.
    Whole,
    /// Sending ended before.
    Broken,
}

impl ExportState {
    /// As it is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Whole => "whole",
            Self::Broken => "broken",
        }
    }

    /// The state of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Running, Self::Whole, Self::Broken].into_iter().find(|state| state.code() == code)
    }
}

/// How far somebody's newest file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryExport {
    /// Which.
    pub id: ExportId,
    /// What has become of it.
    pub state: ExportState,
    /// How many entries were sent.
    pub entries: i64,
    /// About how many there are, where that can be known without counting.
    pub expected: Option<i64>,
    /// How far through the history it is, from 0 to 100.
    pub percent: i64,
}
