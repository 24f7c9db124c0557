//! Billing details: the form, the page of the organisation's own, and what a save changed; a partner's page is in
//! `partners`.

pub mod form;
pub mod functions;
pub mod page;
pub mod page_change;
