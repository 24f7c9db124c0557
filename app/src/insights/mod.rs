//! Anonymous usage: the counts, and what one's own pages add to them.

pub mod functions;
pub mod page;
pub mod uses;
