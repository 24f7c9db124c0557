//! The only place with SQL. SQLite and PostgreSQL share one body for each query.
//!
//! Whoever reads or writes needs a [`Grant`], and only [`sessions::resolve`] makes the [`Caller`]
//! that hands grants out; so neither a read nor a write without the right check compiles. A write
//! runs in [`Store::write`], which collects live events and repeats the work where the database
//! asks for it. To add a feature: a module of its name, its tables in `migrations/`, and a row for
//! each column in [`personal_data`].

mod caller;
mod canonical;
mod clock;
mod connection;
mod database;
mod error;
mod keys;
mod open;
mod outbox;
mod random;
mod sort_key;

pub mod address_change;
pub mod billing;
pub mod chain;
pub mod challenges;
pub mod closing;
pub mod explain;
pub mod history;
pub mod housekeeping;
pub mod insights;
pub mod limits;
pub mod links;
pub mod mail;
pub mod newsletters;
pub mod notice;
pub mod organisation;
pub mod partners;
pub mod passkeys;
pub mod personal_data;
pub mod preview;
pub mod privacy;
pub mod receipts;
pub mod requests;
pub mod retention;
pub mod roles;
pub mod second_factor;
pub mod sessions;
pub mod set_up;
pub mod sign_in;
pub mod succession;
pub mod support;
pub mod termination;
#[cfg(feature = "testing")]
pub mod testing;
pub mod totp;
pub mod user_contact;
pub mod users;

pub use caller::{Caller, Grant, Needs, Own, Proven, System, grants};
pub use clock::Clock;
pub use connection::{Read, Tx};
pub use database::{Options, Signal, Store};
pub use error::{Error, Result};
pub use keys::MasterKey;
pub use outbox::Outbox;
pub use random::{Random, Token};
pub use sort_key::sort_key;
