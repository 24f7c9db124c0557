//! Preview: the app as a role or a user would see it.

pub mod bar;
pub mod functions;
pub mod start;
