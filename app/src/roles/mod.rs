//! The roles matrix.

mod choice;
mod cursor;
mod dialogs;
mod editor;
pub mod functions;
pub mod groups;
mod lines;
pub mod names;
pub mod page;
mod table;
