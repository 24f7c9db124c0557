//! The history as a hash chain: checking that nothing in it was changed.

pub mod card;
pub mod functions;
