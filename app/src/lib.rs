//! The pages: one component tree that the server renders and the browser takes over.
//!
//! A folder a feature holds its pages and its `functions.rs`, the typed server functions (a few
//! lines each: they find the caller and call the service of the same name). `components` has what
//! several features draw, `messages` every text in every language, `context` the only way to the
//! server's state, `failure` the one place where the status of an answer is set.
#![recursion_limit = "256"]

mod api;
mod billing;
mod chain;
mod codec;
mod components;
#[cfg(feature = "ssr")]
pub mod context;
mod explain;
mod failure;
mod history;
mod insights;
#[cfg(feature = "hydrate")]
mod live;
mod load;
mod messages;
mod newsletters;
mod notice;
mod organisation;
mod overview;
mod pages;
mod partners;
mod preview;
mod privacy;
mod profile;
mod proof;
mod read;
mod receipts;
mod requests;
mod roles;
mod second_factor;
mod session;
pub mod shell;
mod sign_in;
mod support;
mod theme;
mod users;

pub use failure::Failure;
#[cfg(feature = "hydrate")]
pub use pages::take_over;
pub use shell::{App, Assets};
