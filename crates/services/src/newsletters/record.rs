//! One's own record of opt-ins and opt-outs, as a file: JSON for machines, CSV (RFC 4180) for tables.

use crate::{Services, table};
use domain::Error;
use jiff::Timestamp;
use serde::Serialize;
use store::{
    Caller,
    newsletters::switches::{self, Recorded},
};

/// The version of the JSON's shape; it grows when something in it changes its meaning or goes.
const VERSION: u32 = 1;
const COLUMNS: [&str; 7] = ["at", "newsletter", "choice", "source", "text_version", "language", "text"];

#[derive(Serialize)]
struct Record {
    version: u32,
    entries: Vec<Entry>,
}

/// An opt-in or opt-out.
#[derive(Serialize)]
struct Entry {
    /// RFC 3339, in UTC.
    at: String,
    newsletter: String,
    choice: &'static str,
    source: &'static str,
    text_version: i64,
    language: &'static str,
    text: String,
}

impl From<Recorded> for Entry {
    fn from(recorded: Recorded) -> Self {
        Self {
            at: Timestamp::from_millisecond(recorded.at).unwrap_or(Timestamp::UNIX_EPOCH).to_string(),
            newsletter: recorded.name,
            choice: if recorded.given { "on" } else { "off" },
            source: recorded.source.code(),
            text_version: recorded.text_version,
            language: recorded.language.code(),
            text: recorded.text,
        }
    }
}

/// As JSON.
///
/// # Errors
/// `Internal`.
pub async fn json(services: &Services, caller: &Caller) -> Result<String, Error> {
    let record = Record { version: VERSION, entries: entries(services, caller).await? };
    serde_json::to_string_pretty(&record).map_err(|_| Error::Internal { reference: "record".into() })
}

/// As a table.
///
/// # Errors
/// `Internal`.
pub async fn csv(services: &Services, caller: &Caller) -> Result<String, Error> {
    let row = |entry: Entry| {
        let (choice, source) = (entry.choice.to_owned(), entry.source.to_owned());
        let (version, language) = (entry.text_version.to_string(), entry.language.to_owned());
        [entry.at, entry.newsletter, choice, source, version, language, entry.text]
    };
    table::csv(COLUMNS, entries(services, caller).await?.into_iter().map(row))
}

async fn entries(services: &Services, caller: &Caller) -> Result<Vec<Entry>, Error> {
    let mut read = services.store().read().await?;
    Ok(switches::own_record(&mut read, &caller.own()).await?.into_iter().map(Entry::from).collect())
}
