//! The organisation itself.

/// The organisation itself.
pub struct Organisation {
    pub title: &'static str,
}

pub const ENGLISH: Organisation = Organisation { title: "Organisation" };

pub const GERMAN: Organisation = Organisation { title: "Organisation" };
