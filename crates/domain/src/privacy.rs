//! What is stored about oneself, who looked at it, and taking it along.
//!
//! The words come from the server in the reader's language: there are as many of them as there are
//! personal columns, and only this page needs them.

use crate::{ExportId, time::Date, time::LocalTime};
use serde::{Deserialize, Serialize};

/// Rows of "who looked" on the page, the newest.
pub const MOST_VIEWS: usize = 100;
/// Values of one item on the page; all of them are in the export.
pub const MOST_VALUES: usize = 5;

/// What is stored about oneself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Privacy {
    /// What is stored, by what it belongs to.
    pub sections: Vec<Section>,
    /// What can be stored, and is not at this moment.
    pub absent: Vec<String>,
    /// What is stored and can't be shown.
    pub withheld: Vec<Withheld>,
    /// What is never stored.
    pub not_stored: Vec<String>,
    /// Who opened one's page, the newest first.
    pub views: Vec<View>,
    /// There were more.
    pub more_views: bool,
}

/// Items that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What they belong to.
    pub title: String,
    /// The items.
    pub items: Vec<Item>,
}

/// One thing that is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it is.
    pub label: String,
    /// One's own values, the newest first and at most [`MOST_VALUES`]; none where it is empty.
    pub values: Vec<String>,
    /// There are more values.
    pub more: bool,
    /// Why it is stored.
    pub why: String,
    /// What allows it.
    pub ground: String,
    /// For how long.
    pub period: String,
    /// Who can read it.
    pub readers: String,
}

/// One thing that is stored and can't be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// What it is, with its ground, period and readers.
    pub item: Item,
    /// Why it can't be shown.
    pub reason: String,
}

/// Somebody who opened one's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The name, as it is now or as it was at termination.
    pub name: String,
    /// A user from outside the organisation.
    pub external: bool,
    /// Terminated meanwhile.
    pub gone: bool,
    /// On which day.
    pub day: Date,
}

/// Where the export stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Export {
    /// There is none.
    Nothing,
    /// It is being made.
    Running {
        /// How far it is.
        percent: i64,
    },
    /// It can be downloaded.
    Ready {
        /// Names it in its link.
        id: ExportId,
        /// Until then.
        ends: LocalTime,
        /// Its size in kilobytes, at least 1.
        kilobytes: i64,
    },
    /// It could not be made.
    Failed,
}
