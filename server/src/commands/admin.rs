//! `assent admin create`: the first organisation and its admin, without a browser.

use crate::settings::Settings;
use clap::{Args, Subcommand};
use domain::{Error, sign_in::SetUp};
use std::io::BufRead;

/// Manage admins.
#[derive(Args, Debug)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: AdminCommand,
}

/// What to do with admins.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Create the organisation and its first platform admin; reads the password from standard input
    Create(Create),
}

/// The first organisation and its admin.
#[derive(Args, Debug)]
pub struct Create {
    /// The organisation's name
    #[arg(long)]
    pub organisation: String,
    /// The admin's name
    #[arg(long)]
    pub name: String,
    /// The admin's e-mail address
    #[arg(long)]
    pub email: String,
    /// Settings.
    #[command(flatten)]
    pub settings: Settings,
}

/// Creates them.
///
/// # Errors
/// One line that says why not.
pub async fn run(arguments: Arguments) -> Result<(), String> {
    let AdminCommand::Create(create) = arguments.command;
    let services = create.settings.open().await?;
    let mut password = String::new();
    let read = std::io::stdin().lock().read_line(&mut password);
    read.map_err(|_| "the password can't be read from standard input".to_owned())?;
    let request = SetUp {
        token: String::new(),
        organisation: create.organisation,
        name: create.name,
        email: create.email,
        password: password.trim_end_matches(['\r', '\n']).to_owned(),
    };
    services::sign_in::create_first(&services, &request).await.map_err(|error| explain(&error))?;
    println!("Created. Sign in at {}/sign-in", services.public_url());
    services.store().close().await;
    Ok(())
}

fn explain(error: &Error) -> String {
    match error {
        Error::Invalid(errors) => {
            let all: Vec<_> =
                errors.iter().map(|error| format!("{:?}: {:?}", error.field, error.problem)).collect();
            all.join(", ")
        }
        Error::Conflict(_) => "this installation has an organisation already".into(),
        other => other.to_string(),
    }
}
