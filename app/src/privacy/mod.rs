//! What is stored about oneself, who looked at it, and taking it along.

mod export;
pub mod functions;
pub mod page;
mod usage;
