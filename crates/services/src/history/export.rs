//! The history as a file, in pieces, so that a long one takes no more memory than a short one: CSV (RFC 4180)
//! for tables, JSON Lines for programs. What it holds is what the page shows to the same reader.

use super::wanted;
use crate::{Services, sign_in, table};
use domain::{
    Error, HistoryId,
    history::{Action, ListHistory, Named, NamedSubject},
};
use jiff::Timestamp;
use serde::Serialize;
use store::{
    Caller,
    grants::{BillingView, HistoryView},
    history::{self, Stored},
};

/// How many entries make a piece.
const PIECE: usize = 1000;
const COLUMNS: [&str; 10] =
    ["id", "at", "actor_id", "actor", "topic", "action", "details", "subject_kind", "subject_id", "subject"];

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table.
    Csv,
    /// A JSON object on each line.
    JsonLines,
}

/// A piece of the file.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its text; the first one of a table begins with the names of the columns.
    pub text: String,
    /// How many entries are in it.
    pub entries: i64,
    /// What the next one comes after, if there may be one.
    pub next: Option<HistoryId>,
}

/// The piece that begins after `request.after`, or with the newest entry. A long file takes longer than rights may
/// last, so they are asked for with each piece.
///
/// # Errors
/// `Forbidden`, `Unauthenticated`.
pub async fn piece(
    services: &Services,
    caller: &Caller,
    request: &ListHistory,
    format: Format,
) -> Result<Piece, Error> {
    let caller = sign_in::again(services, caller).await?;
    let grant = caller.require::<HistoryView>()?;
    let billing = caller.may::<BillingView>();
    let mut read = services.store().read().await?;
    let rows = history::list(&mut read, &grant, billing.as_ref(), &wanted(request, &caller, PIECE)).await?;
    drop(read);
    let next = rows.last().filter(|_| rows.len() == PIECE).map(|row| row.id);
    let lines = rows.into_iter().map(Line::of).collect::<Result<Vec<_>, _>>()?;
    let text = match format {
        Format::Csv if request.after.is_none() => table::csv(COLUMNS, lines.iter().map(Line::cells))?,
        Format::Csv => table::lines(lines.iter().map(Line::cells))?,
        Format::JsonLines => json_lines(&lines)?,
    };
    Ok(Piece { text, entries: i64::try_from(lines.len()).unwrap_or(i64::MAX), next })
}

fn json_lines(lines: &[Line]) -> Result<String, Error> {
    let mut text = String::new();
    for line in lines {
        text.push_str(&serde_json::to_string(line).map_err(|_| broken())?);
        text.push('\n');
    }
    Ok(text)
}

fn broken() -> Error {
    Error::Internal { reference: "history".into() }
}

/// An entry in the file.
#[derive(Serialize)]
struct Line {
    id: HistoryId,
    /// RFC 3339, in UTC.
    at: String,
    actor: Option<Somebody>,
    topic: &'static str,
    /// What was done, as the database holds it.
    action: Action,
    subject: Thing,
}

/// Who did it.
#[derive(Serialize)]
struct Somebody {
    id: String,
    name: String,
    terminated: bool,
}

/// What it was done to.
#[derive(Serialize)]
struct Thing {
    kind: &'static str,
    id: Option<String>,
    name: Option<String>,
}

impl Thing {
    const fn unnamed(kind: &'static str) -> Self {
        Self { kind, id: None, name: None }
    }

    fn named<Id: ToString>(kind: &'static str, named: &Named<Id>) -> Self {
        let name = Some(named.name.clone()).filter(|name| !name.is_empty());
        Self { kind, id: Some(named.id.to_string()), name }
    }
}

impl Line {
    fn of(row: Stored) -> Result<Self, Error> {
        let at = Timestamp::from_millisecond(row.at).map_err(|_| broken())?.to_string();
        let subject = match &row.subject {
            NamedSubject::Organisation => Thing::unnamed("organisation"),
            NamedSubject::Role => Thing::unnamed("role"),
            NamedSubject::DataRequest => Thing::unnamed("data_request"),
            NamedSubject::Withheld => Thing::unnamed("withheld"),
            NamedSubject::User(user) => Thing::named("user", user),
            NamedSubject::Partner(partner) => Thing::named("partner", partner),
        };
        let actor = row.actor.map(|actor| Somebody {
            id: actor.id.to_string(),
            name: actor.name,
            terminated: actor.gone,
        });
        Ok(Self { id: row.id, at, actor, topic: row.action.topic().code(), action: row.action, subject })
    }

    fn cells(&self) -> [String; 10] {
        let (actor_id, actor) =
            self.actor.as_ref().map(|actor| (actor.id.clone(), actor.name.clone())).unwrap_or_default();
        let (action, details) = self.action_and_details();
        let Thing { kind, id, name } = &self.subject;
        let topic = self.topic.to_owned();
        let (subject_id, subject) = (id.clone().unwrap_or_default(), name.clone().unwrap_or_default());
        let id = self.id.to_string();
        [
            id,
            self.at.clone(),
            actor_id,
            actor,
            topic,
            action,
            details,
            (*kind).to_owned(),
            subject_id,
            subject,
        ]
    }

    /// The name of the action, and what belongs to it as JSON.
    fn action_and_details(&self) -> (String, String) {
        match serde_json::to_value(&self.action) {
            Ok(serde_json::Value::Object(object)) => object
                .into_iter()
                .next()
                .map(|(name, details)| (name, details.to_string()))
                .unwrap_or_default(),
            Ok(serde_json::Value::String(name)) => (name, String::new()),
            _ => Default::default(),
        }
    }
}
