//! The commands of the command line.

pub mod admin;
pub mod check;
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
    /// Check settings, schema and integrity
    Check(Settings),
}
