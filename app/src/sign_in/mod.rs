//! Signing in, what links are good for, the first set-up.

pub mod functions;
mod link;
pub mod page;
pub mod page_accept_invite;
pub mod page_confirm_address;
pub mod page_forgot_password;
pub mod page_set_password;
pub mod page_set_up;
