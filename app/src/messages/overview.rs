//! The first page.

/// The first page.
pub struct Overview {
    pub title: &'static str,
}

pub const ENGLISH: Overview = Overview { title: "Overview" };

pub const GERMAN: Overview = Overview { title: "Übersicht" };
