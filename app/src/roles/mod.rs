//! The roles matrix.

mod dialogs;
mod editor;
pub mod functions;
pub mod groups;
pub mod names;
pub mod page;
