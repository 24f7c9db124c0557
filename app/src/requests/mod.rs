//! Data requests: one's own, and answering those of the organisation.

mod detail;
pub mod functions;
pub mod page;
pub mod page_answer;
pub mod page_list;
pub mod page_own;
