//! `assent organisation close`: ends an organisation with all that is stored of it.

use crate::settings::Settings;
use clap::{Args, Subcommand};
use domain::{
    Error,
    closing::{ClosingPreview, Going, Part},
};
use std::io::{BufRead, Write};

/// Manage organisations.
#[derive(Args, Debug)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: OrganisationCommand,
}

/// What to do with organisations.
#[derive(Debug, Subcommand)]
pub enum OrganisationCommand {
    /// Close an organisation: everybody is signed out, and all that is stored of it is erased for good
    Close(Close),
}

/// Which one to close.
#[derive(Args, Debug)]
pub struct Close {
    /// The organisation's name
    pub name: String,
    /// Don't ask for the name again
    #[arg(long)]
    pub yes: bool,
    /// Settings.
    #[command(flatten)]
    pub settings: Settings,
}

/// Closes it, after saying in numbers what goes.
///
/// # Errors
/// One line that says why not.
pub async fn run(arguments: Arguments) -> Result<(), String> {
    let OrganisationCommand::Close(close) = arguments.command;
    let services = close.settings.open().await?;
    let found = services::closing::preview_named(&services, &close.name).await;
    let (organisation, preview) = found.map_err(|error| explain(&error))?;
    println!("{}", describe(&preview));
    if !close.yes {
        print!("There is no way back. To go on, type the name of the organisation: ");
        let mut typed = String::new();
        let asked = std::io::stdout().flush().and_then(|()| std::io::stdin().lock().read_line(&mut typed));
        asked.map_err(|_| "the name can't be read from standard input".to_owned())?;
        if typed.trim() != preview.organisation {
            return Err("that is another name; nothing was changed".into());
        }
    }
    let done = services::closing::close_by_command(&services, organisation).await;
    println!(
        "{}",
        if done.map_err(|error| error.to_string())? {
            "Closed. Nothing of it is left."
        } else {
            "Closed: nobody gets in any more. Somebody reads the files of the database, so a last trace has yet to leave them; \
             a server that runs, or this command, finishes it."
        }
    );
    services.store().close().await;
    Ok(())
}

/// What goes, one line for each kind.
fn describe(preview: &ClosingPreview) -> String {
    let line = |part: &Part| format!("  {:>9}  {}", part.count, name(part.going));
    let lines: Vec<_> = preview.parts.iter().map(line).collect();
    format!(
        "Closing {} signs everybody out and erases, for good:\n{}\n\
         Billing details and the history go too: what accounting law asks you to keep, keep before.",
        preview.organisation,
        lines.join("\n")
    )
}

const fn name(going: Going) -> &'static str {
    match going {
        Going::Users => "users, with their keys, sign-ins, mail, consents",
        Going::FormerUsers => "names of former users",
        Going::Roles => "roles",
        Going::Partners => "partners",
        Going::BillingDetails => "versions of billing details",
        Going::History => "entries of the history",
        Going::DataRequests => "data requests",
        Going::OpenRequests => "of them not answered yet",
        Going::Newsletters => "newsletters",
        Going::Notices => "versions of the privacy notice",
    }
}

fn explain(error: &Error) -> String {
    match error {
        Error::NotFound => "there is no organisation of that name".into(),
        Error::Conflict(_) => "several organisations have that name".into(),
        other => other.to_string(),
    }
}
