//! One's own account.

pub mod functions;
pub mod page;
pub mod page_terminate;
mod password;
mod sign_ins;
