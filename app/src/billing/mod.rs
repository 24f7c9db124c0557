//! Billing details of the organisation; a partner's are in `partners`.

pub mod functions;
pub mod page;
