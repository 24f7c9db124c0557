//! Why somebody can't do something, who can see something, and asking for a permission. What opens an answer is
//! [`crate::components::question`], on every page; the answers are in a chunk of their own.

pub mod answer;
pub mod functions;
pub mod page;
