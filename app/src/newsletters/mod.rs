//! Newsletters: topics, their issues, and the switches on the profile.

mod fields;
pub mod functions;
pub mod page;
pub mod page_detail;
pub mod page_issue;
pub mod switches;
