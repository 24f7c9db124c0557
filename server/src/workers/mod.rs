//! What runs beside the requests until the server stops.

pub mod chain;
pub mod exports;
pub mod housekeeping;
pub mod insights;
pub mod mail;
