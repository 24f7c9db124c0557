//! The history.

pub mod functions;
pub mod list;
pub mod page;
