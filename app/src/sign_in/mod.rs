//! Signing in, links to set a password, the first set-up.

pub mod functions;
pub mod page;
pub mod page_set_password;
pub mod page_set_up;
