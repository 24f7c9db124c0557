//! The history.

pub mod functions;
pub mod page;
