//! The first page.

pub mod functions;
pub mod page;
