//! What goes and what stays when an account ends, before and after.

pub mod effects;
pub mod functions;
pub mod page;
