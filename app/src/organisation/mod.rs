//! The organisation itself.

pub mod functions;
pub mod page;
