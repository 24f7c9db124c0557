//! What went wrong, and what to do about it.

use std::fmt;

/// The result of a step.
pub type Result<T> = std::result::Result<T, Problem>;

/// A failure in words for the person at the keyboard.
#[derive(Debug)]
pub struct Problem {
    what: String,
    fix: Option<String>,
}

impl Problem {
    /// A failure without a known fix.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), fix: None }
    }

    /// Adds what to do about it, unless something nearer to the cause has said so already.
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix.get_or_insert_with(|| fix.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "error: {}", self.what)?;
        match &self.fix {
            Some(fix) => write!(out, "\n  fix: {fix}"),
            None => Ok(()),
        }
    }
}
