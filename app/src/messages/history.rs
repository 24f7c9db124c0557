//! The history.

/// The history.
pub struct History {
    pub title: &'static str,
}

pub const ENGLISH: History = History { title: "History" };

pub const GERMAN: History = History { title: "Verlauf" };
