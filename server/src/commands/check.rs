//! `assent check`: settings, schema, integrity, and that nothing in the history was changed.

use crate::settings::Settings;
use clap::Args;
use domain::chain::{Fault, Head};
use services::{
    Services,
    chain::{self, Report},
};

/// What is checked, and against what.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    settings: Settings,
    /// A head of a history that was written down, as one line; may be given several times
    #[arg(long, value_name = "LINE", value_parser = read_head)]
    history_head: Vec<Head>,
}

fn read_head(line: &str) -> Result<Head, String> {
    line.parse().map_err(|_| "this is no head of a history".to_owned())
}

/// Says that all is well.
///
/// # Errors
/// One line that says what isn't.
pub async fn run(arguments: Arguments) -> Result<(), String> {
    let services = arguments.settings.open().await?;
    let done = check(&services, &arguments.history_head).await;
    services.store().close().await;
    done
}

async fn check(services: &Services, heads: &[Head]) -> Result<(), String> {
    services.store().check().await.map_err(|error| error.to_string())?;
    println!("Settings, schema and database are sound.");
    let reports = chain::check_all(services, heads).await.map_err(|error| error.to_string())?;
    if let Some(unknown) =
        heads.iter().find(|head| reports.iter().all(|report| report.head.organisation != head.organisation))
    {
        return Err(format!("there is no organisation {}", unknown.organisation));
    }
    for report in &reports {
        println!("{}", line(report));
    }
    match reports.iter().filter(|report| report.fault.is_some()).count() {
        0 => Ok(()),
        broken => Err(format!("{broken} of {} histories are not as they were", reports.len())),
    }
}

fn line(report: &Report) -> String {
    let Report { organisation, waiting, head, fault } = report;
    let state = match fault {
        None => "unchanged".to_owned(),
        Some(Fault::Changed { id, sequence }) => format!("entry {sequence} ({id}) was changed"),
        Some(Fault::Missing { sequence }) => format!("entry {sequence} is missing"),
        Some(Fault::Head) => "entries at the end are missing, or all were made anew".to_owned(),
    };
    let waiting = if *waiting == 0 { String::new() } else { format!(", {waiting} not sealed yet") };
    format!("History of {organisation}: {state}, {} entries sealed{waiting}\n  {head}", head.sequence)
}
