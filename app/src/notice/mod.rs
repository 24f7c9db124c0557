//! The privacy notice.

pub mod functions;
pub mod page;
pub mod page_edit;
