//! The roles matrix.

pub mod functions;
pub mod page;
