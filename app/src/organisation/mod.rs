//! The organisation itself.

pub mod functions;
pub mod page;
pub mod page_close;
