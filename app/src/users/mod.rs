//! Users: the list, one user, a new one.

mod account;
pub mod fields;
pub mod functions;
mod link_box;
pub mod new_address;
pub mod page;
pub mod page_detail;
pub mod page_new;
mod role_choice;
pub mod together;
