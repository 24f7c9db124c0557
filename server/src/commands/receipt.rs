//! `assent receipt-key` and `assent verify-receipt`: whether a receipt of an ended account is genuine.

use crate::settings::Settings;
use clap::Args;
use domain::receipts::{Erasure, Receipt};
use services::receipts::{Doubt, public_key, verify};
use std::{fs, path::PathBuf};

/// What to check, and against what.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The receipt
    pub file: PathBuf,
    /// The public key that `assent receipt-key` prints: 64 hexadecimal digits
    #[arg(long)]
    pub key: String,
}

/// Prints the public key of this installation.
///
/// # Errors
/// One line that says why not.
pub async fn print_key(settings: Settings) -> Result<(), String> {
    let services = settings.open().await?;
    println!("{}", public_key(&services));
    services.store().close().await;
    Ok(())
}

/// Checks a receipt, without a database or a network.
///
/// # Errors
/// One line that says why it is none.
pub fn check(arguments: &Arguments) -> Result<(), String> {
    let bytes = fs::read(&arguments.file).map_err(|error| format!("the file can't be read: {error}"))?;
    let receipt = verify(&arguments.key, &bytes).map_err(|doubt| explain(doubt).to_owned())?;
    println!("{}", describe(&receipt));
    Ok(())
}

fn describe(receipt: &Receipt) -> String {
    let Receipt { organisation, terminated_at, removed, kept, erasure, .. } = receipt;
    let pending = match erasure {
        Erasure::Done => "",
        Erasure::Pending => " When it was made, a last trace had yet to leave the files of the database.",
    };
    format!(
        "The receipt is genuine: {organisation}, {terminated_at}, {} kinds of data removed, {} kept.{pending}",
        removed.len(),
        kept.len()
    )
}

const fn explain(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Key => "the key is not one: `assent receipt-key` prints 64 hexadecimal digits",
        Doubt::Form => "this file is not a receipt as Assent writes it, or was changed",
        Doubt::Signature => "the signature doesn't fit: the file was changed, or another key signed it",
    }
}
