//! The export of one's own data: a job, one for each user, and then its file, encrypted under the
//! user's key.
//!
//! A claim is a lease, as with mail ([`crate::mail::sending`]): several servers share the jobs, and one
//! that dies loses nothing. The number of the attempt tells a late answer apart. A job holds ids only.
//! Termination takes row and key, so neither file nor job outlives the account.

use crate::{
    Grant, Own, Proven, Read, Result, Store, Tx,
    connection::{Connection, on_db},
    keys::Content,
};
use domain::{
    ExportId, OrganisationId, UserId,
    event::{Event, EventKind},
};
use uuid::Uuid;

const MINUTE: i64 = 60 * 1000;
/// How long a claimed job belongs to whoever claimed it, since it last said how far it is.
const LEASE: i64 = 5 * MINUTE;
/// How often making an export is begun.
const MOST_ATTEMPTS: i64 = 3;
/// How long the file can be downloaded: 24 hours.
const KEPT: i64 = 24 * 60 * MINUTE;
/// The largest file, in bytes.
const LARGEST: usize = 32 * 1024 * 1024;

/// Where an export stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits or is being made.
    Queued {
        /// How far it is.
        percent: i64,
    },
    /// It can be downloaded.
    Ready {
        /// Its name.
        id: ExportId,
        /// Until then, in unix milliseconds.
        ends_at: i64,
        /// Its size in bytes.
        bytes: i64,
    },
    /// It could not be made.
    Failed,
}

/// A claimed job.
#[derive(Clone, Debug)]
pub struct Job {
    /// The right to read what is the user's own.
    pub grant: Grant<Own>,
    id: Uuid,
    attempt: i64,
}

/// Asks for an export of one's own data. While one is being made it stays that one; a finished one
/// gives way.
///
/// # Errors
/// The database failed.
pub async fn ask(store: &Store, grant: &Grant<Own>, _: &Proven) -> Result<()> {
    let owner = grant.clone();
    store
        .write(async move |tx| {
            let (id, now) = (tx.new_id(), tx.now());
            on_db!(tx, c => sqlx::query(
                "INSERT INTO data_export (user_id, organisation_id, id, state, progress, attempts, due_at, created_at)
                 VALUES ($1, $2, $3, 'queued', 0, 0, $4, $4)
                 ON CONFLICT (user_id) DO UPDATE
                 SET id = excluded.id, state = 'queued', progress = 0, attempts = 0, due_at = excluded.due_at,
                     created_at = excluded.created_at, ends_at = NULL, file = NULL
                 WHERE data_export.state <> 'queued'")
                .bind(owner.user().0).bind(owner.organisation().0).bind(id).bind(now).execute(c).await.map(drop))?;
            announce(tx, &owner);
            Ok(())
        })
        .await?;
    store.exports().notify_one();
    Ok(())
}

/// Id, state, progress, until when, and the size of the file.
type Row = (Uuid, String, i64, Option<i64>, Option<i64>);

/// Where one's export stands, if there is one.
///
/// # Errors
/// The database failed.
pub async fn find(read: &mut Read, grant: &Grant<Own>, now: i64) -> Result<Option<State>> {
    let row: Option<Row> = on_db!(read, c => sqlx::query_as(
        "SELECT id, state, progress, ends_at, CAST(LENGTH(file) AS BIGINT) FROM data_export
         WHERE user_id = $1 AND (ends_at IS NULL OR ends_at > $2)")
        .bind(grant.user().0).bind(now).fetch_optional(c).await)?;
    let Some((id, state, percent, ends_at, bytes)) = row else { return Ok(None) };
    Ok(Some(match (state.as_str(), ends_at, bytes) {
        ("queued", ..) => State::Queued { percent },
        ("ready", Some(ends_at), Some(bytes)) => State::Ready { id: ExportId(id), ends_at, bytes },
        _ => State::Failed,
    }))
}

/// The file of one's own export.
///
/// # Errors
/// `NotFound` if there is none of that name, it has ended or is somebody else's; or the database failed.
pub async fn file(store: &Store, grant: &Grant<Own>, id: ExportId) -> Result<Vec<u8>> {
    let (mut read, now) = (store.read().await?, store.clock().now());
    let sealed: Option<Option<Vec<u8>>> = on_db!(read, c => sqlx::query_scalar(
        "SELECT file FROM data_export WHERE user_id = $1 AND id = $2 AND state = 'ready' AND ends_at > $3")
        .bind(grant.user().0).bind(id.0).bind(now).fetch_optional(c).await)?;
    drop(read);
    let sealed = sealed.flatten().ok_or(domain::Error::NotFound)?;
    let key = store.keys().find(grant.user()).await?.ok_or(domain::Error::NotFound)?;
    Ok(std::mem::take(&mut *key.open(Content::Export, &sealed)?))
}

macro_rules! claim_sql {
    ($lock:literal) => {
        concat!(
            "UPDATE data_export SET due_at = $2, attempts = attempts + 1
             WHERE user_id = (SELECT user_id FROM data_export
                              WHERE state = 'queued' AND due_at <= $1 AND attempts < $3
                              ORDER BY due_at, user_id LIMIT 1 ",
            $lock,
            ") RETURNING organisation_id, user_id, id, attempts"
        )
    };
}

/// Claims the job that has waited for longest.
///
/// # Errors
/// The database failed.
pub async fn claim(store: &Store) -> Result<Option<Job>> {
    store
        .write(async move |tx| {
            let now = tx.now();
            // SQLite has one writer and nothing to skip.
            let sql = match &tx.connection {
                Connection::Sqlite(_) => claim_sql!(""),
                Connection::Postgres(_) => claim_sql!("FOR UPDATE SKIP LOCKED"),
            };
            let row: Option<(Uuid, Uuid, Uuid, i64)> = on_db!(tx, c => sqlx::query_as(sql)
                .bind(now).bind(now + LEASE).bind(MOST_ATTEMPTS).fetch_optional(c).await)?;
            Ok(row.map(|(organisation, user, id, attempt)| {
                let grant = Grant::of_job(OrganisationId(organisation), UserId(user));
                Job { grant, id, attempt }
            }))
        })
        .await
}

/// Says how far a job is, and whether it is still wanted: its user may be gone.
///
/// # Errors
/// The database failed.
pub async fn advance(store: &Store, job: &Job, percent: i64) -> Result<bool> {
    let job = job.clone();
    store
        .write(async move |tx| {
            let due_at = tx.now() + LEASE;
            let written = on_db!(tx, c => sqlx::query(
                "UPDATE data_export SET progress = $4, due_at = $5
                 WHERE user_id = $1 AND id = $2 AND attempts = $3 AND state = 'queued'")
                .bind(job.grant.user().0).bind(job.id).bind(job.attempt).bind(percent).bind(due_at)
                .execute(c).await.map(|done| done.rows_affected()))?;
            announce(tx, &job.grant);
            Ok(written == 1)
        })
        .await
}

/// Keeps the finished file for 24 hours.
///
/// # Errors
/// The database failed.
pub async fn finish(store: &Store, job: &Job, file: &[u8]) -> Result<()> {
    // Without a key the account is being terminated, and nothing is kept.
    let Some(key) = store.keys().find(job.grant.user()).await? else { return Ok(()) };
    if file.len() > LARGEST {
        return fail(store, job).await;
    }
    let (sealed, job) = (key.seal(Content::Export, file, store.random())?, job.clone());
    store
        .write(async move |tx| {
            let ends_at = tx.now() + KEPT;
            on_db!(tx, c => sqlx::query(
                "UPDATE data_export SET state = 'ready', progress = 100, ends_at = $4, file = $5
                 WHERE user_id = $1 AND id = $2 AND attempts = $3 AND state = 'queued'")
                .bind(job.grant.user().0).bind(job.id).bind(job.attempt).bind(ends_at).bind(&sealed)
                .execute(c).await.map(drop))?;
            announce(tx, &job.grant);
            Ok(())
        })
        .await
}

/// Gives a job up. It stays known for as long as a file would.
///
/// # Errors
/// The database failed.
pub async fn fail(store: &Store, job: &Job) -> Result<()> {
    let job = job.clone();
    store
        .write(async move |tx| {
            let ends_at = tx.now() + KEPT;
            on_db!(tx, c => sqlx::query(
                "UPDATE data_export SET state = 'failed', ends_at = $4
                 WHERE user_id = $1 AND id = $2 AND attempts = $3 AND state = 'queued'")
                .bind(job.grant.user().0).bind(job.id).bind(job.attempt).bind(ends_at).execute(c).await.map(drop))?;
            announce(tx, &job.grant);
            Ok(())
        })
        .await
}

/// Gives up what no attempt ever ended for: each server that tried has died.
pub(crate) async fn give_up(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    on_db!(tx, c => sqlx::query(
        "UPDATE data_export SET state = 'failed', ends_at = $3 WHERE state = 'queued' AND due_at <= $1 AND attempts >= $2")
        .bind(now).bind(MOST_ATTEMPTS).bind(now + KEPT).execute(c).await.map(drop))?;
    Ok(())
}

fn announce(tx: &mut Tx, grant: &Grant<Own>) {
    let (organisation, user) = (grant.organisation(), Some(grant.user()));
    tx.announce(Event { organisation, user, kind: EventKind::JobProgress });
}

/// What an export begins with.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct About {
    /// The name of the user.
    pub name: String,
    /// The code of their language.
    pub language: String,
    /// The name of the organisation.
    pub organisation: String,
    /// Its IANA time zone.
    pub time_zone: String,
}

/// Whose export it is.
///
/// # Errors
/// `NotFound` if the account is gone, or the database failed.
pub async fn about(read: &mut Read, grant: &Grant<Own>) -> Result<About> {
    let row: Option<About> = on_db!(read, c => sqlx::query_as(
        "SELECT p.name, a.language, o.name AS organisation, o.time_zone
         FROM account a JOIN person p ON p.id = a.user_id JOIN organisation o ON o.id = a.organisation_id
         WHERE a.user_id = $1")
        .bind(grant.user().0).fetch_optional(c).await)?;
    Ok(row.ok_or(domain::Error::NotFound)?)
}
