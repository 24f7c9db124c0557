//! The commands of the command line.

pub mod admin;
pub mod check;
pub mod organisation;
pub mod receipt;
pub mod serve;

use crate::settings::Settings;
use clap::{Parser, Subcommand};

/// The account, consent, roles and billing console of a partner-marketing platform.
#[derive(Debug, Parser)]
#[command(name = "assent", version)]
pub struct CommandLine {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the console
    Serve(serve::Arguments),
    /// Manage admins from here
    Admin(admin::Arguments),
    /// Manage organisations from here
    Organisation(organisation::Arguments),
    /// Check settings, schema, integrity and the history
    Check(check::Arguments),
    /// Print the public key that receipts of ended accounts are checked against
    ReceiptKey(Settings),
    /// Check a receipt of an ended account; takes no database and no network
    VerifyReceipt(receipt::Arguments),
}
