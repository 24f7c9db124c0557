//! How to reach the organisation.

pub mod functions;
pub mod page;
pub mod page_settings;
