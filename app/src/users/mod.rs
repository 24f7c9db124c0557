//! Users: the list, one user, a new one.

pub mod functions;
mod link_box;
pub mod page;
pub mod page_detail;
pub mod page_new;
mod role_choice;
