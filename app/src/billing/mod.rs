//! Billing details: the form, and the page of the organisation's own; a partner's is in `partners`.

pub mod form;
pub mod functions;
pub mod page;
