//! Partners: the list, one partner with its billing details and history, a new one.

pub mod countries;
pub mod fields;
pub mod functions;
pub mod head;
pub mod page;
pub mod page_billing;
pub mod page_detail;
pub mod page_history;
pub mod page_new;
