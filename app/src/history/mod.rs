//! The history.

pub mod files;
pub mod filters;
pub mod functions;
pub mod list;
pub mod page;
pub mod page_own;
pub mod person;
