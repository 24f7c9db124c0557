//! The file that one takes along: `data.json` with everything, `export-1.json` that describes it, and
//! `index.html` to read.
//!
//! The JSON is written row by row into the archive, so a long history takes no more memory than its
//! compressed form. A further version of the format gets a schema and a path of its own; those that
//! were published stay.

use super::{Reader, describe, not_stored, texts};
use crate::{Services, local_time::local_time};
use askama::Template;
use domain::{Error, privacy::Section, time::time_written};
use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};
use std::io::{Cursor, Write};
use store::{
    personal_data::{Column, Group, Reader as Who, Shape, users},
    privacy::{
        exports::{self, Job},
        records::{Record, Records, Value},
    },
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The JSON schema of `data.json`, published under `/schemas/export-1.json`.
pub const SCHEMA: &str = include_str!("export-1.json");

/// Rows that are read at a time.
const PAGE: i64 = 1000;
/// Rows of one kind in an export; what is older is named as left out.
const MOST_ROWS: usize = 200_000;
/// Values of one item on the page to read.
const MOST_SHOWN: usize = 500;

type Archive = ZipWriter<Cursor<Vec<u8>>>;

/// Makes the export that has waited for longest, and says whether there was one.
///
/// # Errors
/// `Internal`. The job is tried again when its lease ends.
pub async fn make_next(services: &Services) -> Result<bool, Error> {
    let store = services.store();
    let Some(job) = exports::claim(store).await? else { return Ok(false) };
    if let Some(file) = make(services, &job).await? {
        exports::finish(store, &job, &file).await?;
    }
    Ok(true)
}

/// The file; nothing if nobody wants it any more.
async fn make(services: &Services, job: &Job) -> Result<Option<Vec<u8>>, Error> {
    let now = services.store().clock().now();
    let (reader, about) = Reader::find(&mut services.store().read().await?, &job.grant, now).await?;
    let mut archive = Archive::new(Cursor::new(Vec::new()));
    begin(&mut archive, "data.json")?;
    let head = head(services, &reader, now);
    write(&mut archive, head.strip_suffix('}').unwrap_or(&head))?;
    write(&mut archive, ",\n\"records\":[")?;
    let Some(left_out) = records(services, job, &mut archive).await? else { return Ok(None) };
    write(&mut archive, &format!("\n],\n\"left_out\":{}}}\n", json!(left_out)))?;
    begin(&mut archive, "export-1.json")?;
    write(&mut archive, SCHEMA)?;
    begin(&mut archive, "index.html")?;
    write(&mut archive, &page(services, job, &reader, &about.name, now).await?)?;
    Ok(Some(archive.finish().map_err(broken)?.into_inner()))
}

fn begin(archive: &mut Archive, name: &str) -> Result<(), Error> {
    archive.start_file(name, SimpleFileOptions::default()).map_err(broken)
}

fn write(archive: &mut Archive, text: &str) -> Result<(), Error> {
    archive.write_all(text.as_bytes()).map_err(broken)
}

/// Writing into memory fails only where something is wrong with the program.
fn broken<E>(_: E) -> Error {
    store::Error::Corrupt("export").into()
}

/// What stands before the rows: what each column is, and what isn't shown.
fn head(services: &Services, reader: &Reader, now: i64) -> String {
    let columns: Vec<_> = users().filter_map(|column| described(reader, column)).collect();
    json!({
        "$schema": format!("{}/schemas/export-1.json", services.public_url()),
        "format": "assent-export",
        "version": 1,
        "made_at": moment(now),
        "organisation": reader.organisation,
        "language": reader.language.code(),
        "columns": columns,
        "not_stored": not_stored(reader.language),
    })
    .to_string()
}

fn described(reader: &Reader, column: &Column) -> Option<Json> {
    let withheld = match column.shape() {
        Shape::Key => return None,
        Shape::Withheld(reason) => Some((texts::of(reader.language).reason)(reason)),
        Shape::Plain | Shape::Sealed(_) | Shape::Placed(_) | Shape::Named(_) | Shape::Newsletter => None,
    };
    let item = describe::item(reader, column);
    let readers: Vec<_> = column.readers().unwrap_or_default().into_iter().map(who).collect();
    Some(json!({
        "table": column.table,
        "column": column.column,
        "label": item.label,
        "why": item.why,
        "ground": item.ground,
        "period": item.period,
        "readers": readers,
        "withheld": withheld,
    }))
}

const fn who(reader: Who) -> &'static str {
    match reader {
        Who::Nobody => "nobody",
        Who::TheUser => "you",
        Who::Holders(permission) => permission.code(),
    }
}

/// Writes every row, and says of which kinds some were left out.
async fn records(
    services: &Services,
    job: &Job,
    archive: &mut Archive,
) -> Result<Option<Vec<String>>, Error> {
    let store = services.store();
    let records = Records::open(store, &job.grant).await?;
    let (groups, mut left_out, mut first) = (Group::all().collect::<Vec<_>>(), Vec::new(), true);
    for (index, group) in groups.iter().enumerate() {
        let (mut after, mut written) = (None, 0);
        loop {
            let page = records.page(&mut store.read().await?, *group, after, PAGE).await?;
            for record in page.records.iter().filter(|record| !record.is_empty()) {
                write(archive, if std::mem::take(&mut first) { "\n" } else { ",\n" })?;
                write(archive, &row(*group, record))?;
                written += 1;
            }
            after = page.next;
            if after.is_none() {
                break;
            }
            if written >= MOST_ROWS {
                left_out.push(format!("{}.{}", group.table, group.key));
                break;
            }
            if !exports::advance(store, job, percent(index, groups.len())).await? {
                return Ok(None);
            }
        }
        let done = percent(index + 1, groups.len());
        // Each step is a write, so not after every table.
        if done / 20 > percent(index, groups.len()) / 20 && !exports::advance(store, job, done).await? {
            return Ok(None);
        }
    }
    Ok(Some(left_out))
}

/// How far it is. The page to read comes last.
fn percent(done: usize, all: usize) -> i64 {
    i64::try_from(done * 95 / all.max(1)).unwrap_or(0)
}

fn row(group: Group, record: &Record) -> String {
    let values: Map<_, _> =
        record.iter().map(|(column, value)| (column.column.to_owned(), machine_readable(value))).collect();
    json!({ "table": group.table, "by": group.key, "values": values }).to_string()
}

fn machine_readable(value: &Value) -> Json {
    match value {
        Value::Nothing => Json::Null,
        Value::Text(text) => json!(text),
        Value::Number(number) => json!(number),
        Value::Flag(flag) => json!(flag),
        Value::Moment(at) => json!(moment(*at)),
        Value::Day(day) => json!(moment(day.saturating_mul(super::DAY)).split('T').next()),
        Value::Id(id) => json!(id),
    }
}

/// A moment in UTC (RFC 3339).
fn moment(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

#[derive(Template)]
#[template(path = "privacy/export.html")]
struct Page<'a> {
    language: &'static str,
    title: String,
    lead: String,
    words: &'a texts::ExportWords,
    sections: Vec<Section>,
    absent: Vec<String>,
    withheld: Vec<domain::privacy::Withheld>,
    not_stored: Vec<String>,
}

/// The page to read.
async fn page(
    services: &Services,
    job: &Job,
    reader: &Reader,
    name: &str,
    now: i64,
) -> Result<String, Error> {
    let words = &texts::of(reader.language).export;
    let described = describe::describe(services, &job.grant, reader, MOST_SHOWN).await?;
    let made = time_written(local_time(now, &reader.time_zone), reader.language);
    let page = Page {
        language: reader.language.code(),
        title: (words.title)(name, &reader.organisation),
        lead: (words.lead)(&made),
        words,
        sections: described.sections,
        absent: described.absent,
        withheld: described.withheld,
        not_stored: not_stored(reader.language),
    };
    page.render().map_err(broken)
}
