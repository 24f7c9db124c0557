//! Users: the list, one user, a new one.

pub mod functions;
pub mod page;
pub mod page_detail;
pub mod page_new;
