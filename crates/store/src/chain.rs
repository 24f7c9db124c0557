//! The history as a hash chain. An entry is written without its place, in the transaction of what it tells of;
//! [`seal_all`] gives it one shortly after, in a transaction of its own that holds the organisation's head. So
//! appending costs the same however long the history is, no two changes wait for each other, and whatever is
//! sealed has one order on either database and over any number of servers. See docs/decisions/0014.
//!
//! What is hashed are ids, moments and the action, never a name: a name is looked up by its id, so erasing
//! it leaves the chain whole.

use crate::{Grant, Read, Result, Store, System, Tx, connection::on_db, grants::HistoryView};
use domain::{
    HistoryId, OrganisationId,
    chain::{Fault, HASH, Head},
    history::Action,
};
use uuid::Uuid;

/// How many entries are sealed in one transaction.
const BATCH: i64 = 500;
/// How many links are checked in one step.
const STEP: i64 = 20_000;
/// How many transactions a reader waits for.
const MOST_BATCHES: usize = 10;

/// What is sealed of an entry.
#[derive(sqlx::FromRow)]
struct Entry {
    id: Uuid,
    at: i64,
    actor_id: Option<Uuid>,
    subject_kind: String,
    subject_id: Option<Uuid>,
    action: String,
}

/// A link as it is stored. The topic is not sealed, since it follows from the action.
#[derive(sqlx::FromRow)]
struct Link {
    sequence: i64,
    hash: Vec<u8>,
    topic: String,
    #[sqlx(flatten)]
    entry: Entry,
}

/// The hash of the link after `head`: BLAKE3 over all parts, each after its length, so that no two entries
/// have the same bytes.
fn link(head: &Head, entry: &Entry) -> [u8; HASH] {
    fn id(id: Option<&Uuid>) -> &[u8] {
        id.map_or(&[], |id| id.as_bytes())
    }
    let (sequence, at) = ((head.sequence + 1).to_be_bytes(), entry.at.to_be_bytes());
    let parts: [&[u8]; 10] = [
        b"assent history 1",
        head.organisation.0.as_bytes(),
        &sequence,
        &head.hash,
        entry.id.as_bytes(),
        &at,
        id(entry.actor_id.as_ref()),
        entry.subject_kind.as_bytes(),
        id(entry.subject_id.as_ref()),
        entry.action.as_bytes(),
    ];
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_be_bytes()).update(part);
    }
    *hasher.finalize().as_bytes()
}

impl Link {
    /// Whether it is listed under what it is about. What this version can't read, a newer one has written.
    fn is_listed_rightly(&self) -> bool {
        let action: Option<Action> = serde_json::from_str(&self.entry.action).ok();
        action.is_none_or(|action| action.topic().code() == self.topic)
    }
}

/// The head with the next link.
fn next(head: &Head, entry: &Entry) -> Head {
    Head { organisation: head.organisation, sequence: head.sequence + 1, hash: link(head, entry) }
}

/// Seals what was written since, in all organisations.
///
/// # Errors
/// The database failed.
pub async fn seal_all(store: &Store) -> Result<()> {
    let mut read = store.read().await?;
    let organisations: Vec<Uuid> = on_db!(read, c => sqlx::query_scalar(
        "SELECT o.id FROM organisation o
         WHERE EXISTS (SELECT 1 FROM history h WHERE h.organisation_id = o.id AND h.sequence IS NULL)")
        .fetch_all(c).await)?;
    drop(read);
    for organisation in organisations {
        while seal_batch(store, OrganisationId(organisation)).await? == BATCH {}
    }
    Ok(())
}

/// Seals what was written since, for somebody who is about to look; not all of it where that is a lot.
///
/// # Errors
/// The database failed.
pub async fn seal(store: &Store, grant: &Grant<HistoryView>) -> Result<()> {
    for _ in 0..MOST_BATCHES {
        if seal_batch(store, grant.organisation()).await? < BATCH {
            break;
        }
    }
    Ok(())
}

/// Seals the oldest that are not, and says how many there were.
async fn seal_batch(store: &Store, organisation: OrganisationId) -> Result<i64> {
    store.write_in_turn(async move |tx| seal_in(tx, organisation).await).await
}

async fn seal_in(tx: &mut Tx, organisation: OrganisationId) -> Result<i64> {
    let mut head = lock(tx, organisation).await?;
    // After the lock, so that what another server has just sealed is seen.
    let entries: Vec<Entry> = on_db!(tx, c => sqlx::query_as(
        "SELECT id, at, actor_id, subject_kind, subject_id, action FROM history
         WHERE organisation_id = $1 AND sequence IS NULL ORDER BY id LIMIT $2")
        .bind(organisation.0).bind(BATCH).fetch_all(c).await)?;
    for entry in &entries {
        head = next(&head, entry);
        let hash = head.hash.as_slice();
        on_db!(tx, c => sqlx::query("UPDATE history SET sequence = $2, hash = $3 WHERE id = $1")
            .bind(entry.id).bind(head.sequence).bind(hash).execute(c).await.map(drop))?;
    }
    on_db!(tx, c => sqlx::query("UPDATE history_head SET sequence = $2, hash = $3 WHERE organisation_id = $1")
        .bind(organisation.0).bind(head.sequence).bind(head.hash.as_slice()).execute(c).await.map(drop))?;
    Ok(i64::try_from(entries.len()).unwrap_or(i64::MAX))
}

/// The head, which nobody else can move until this transaction is over.
async fn lock(tx: &mut Tx, organisation: OrganisationId) -> Result<Head> {
    on_db!(tx, c => sqlx::query(
        "INSERT INTO history_head (organisation_id, sequence, hash) VALUES ($1, 0, $2)
         ON CONFLICT (organisation_id) DO NOTHING")
        .bind(organisation.0).bind([0_u8; HASH].as_slice()).execute(c).await.map(drop))?;
    let (sequence, hash): (i64, Vec<u8>) = on_db!(tx, c => sqlx::query_as(
        "UPDATE history_head SET sequence = sequence WHERE organisation_id = $1 RETURNING sequence, hash")
        .bind(organisation.0).fetch_one(c).await)?;
    Ok(Head { organisation, sequence, hash: of_length(&hash) })
}

/// A stored hash. One of another length fits nothing.
fn of_length(stored: &[u8]) -> [u8; HASH] {
    stored.try_into().unwrap_or([0xff; HASH])
}

/// The head as it is now.
///
/// # Errors
/// The database failed.
pub async fn head(read: &mut Read, grant: &Grant<HistoryView>) -> Result<Head> {
    find_head(read, grant.organisation()).await
}

async fn find_head(read: &mut Read, organisation: OrganisationId) -> Result<Head> {
    let row: Option<(i64, Vec<u8>)> = on_db!(read, c => sqlx::query_as(
        "SELECT sequence, hash FROM history_head WHERE organisation_id = $1")
        .bind(organisation.0).fetch_optional(c).await)?;
    let (sequence, hash) = row.unwrap_or((0, vec![0; HASH]));
    Ok(Head { organisation, sequence, hash: of_length(&hash) })
}

/// How far a check is.
#[derive(Clone, Copy, Debug)]
pub struct Checked {
    /// The last link that holds, from the oldest.
    pub checked: i64,
    /// The head.
    pub head: Head,
    /// The first that does not hold.
    pub fault: Option<Fault>,
}

/// Checks some links after the first `checked`.
///
/// # Errors
/// The database failed.
pub async fn check(read: &mut Read, grant: &Grant<HistoryView>, checked: i64) -> Result<Checked> {
    check_step(read, grant.organisation(), checked).await
}

/// Checks the whole chain of an organisation, for whoever runs the installation.
///
/// # Errors
/// The database failed.
pub async fn check_all(read: &mut Read, grant: &Grant<System>) -> Result<Checked> {
    let mut checked = 0;
    loop {
        let step = check_step(read, grant.organisation(), checked).await?;
        if step.fault.is_some() || step.checked >= step.head.sequence {
            return Ok(step);
        }
        checked = step.checked;
    }
}

async fn check_step(read: &mut Read, organisation: OrganisationId, checked: i64) -> Result<Checked> {
    // The head before the links: what is sealed meanwhile lies behind it.
    let head = find_head(read, organisation).await?;
    let Some(mut last) = link_at(read, organisation, checked).await? else {
        let fault = Some(Fault::Missing { sequence: checked });
        return Ok(Checked { checked, head, fault });
    };
    // There is nothing before the first, so what says that it stands there is read as well.
    let after = if checked == 0 { i64::MIN } else { checked };
    let links: Vec<Link> = on_db!(read, c => sqlx::query_as(
        "SELECT sequence, hash, topic, id, at, actor_id, subject_kind, subject_id, action FROM history
         WHERE organisation_id = $1 AND sequence > $2 AND sequence <= $3 ORDER BY sequence LIMIT $4")
        .bind(organisation.0).bind(after).bind(head.sequence).bind(STEP).fetch_all(c).await)?;
    for stored in &links {
        if stored.sequence > last.sequence + 1 {
            break;
        }
        let expected = next(&last, &stored.entry);
        let fits = stored.sequence == expected.sequence && expected.hash == of_length(&stored.hash);
        if !fits || !stored.is_listed_rightly() {
            let fault = Fault::Changed { id: HistoryId(stored.entry.id), sequence: stored.sequence };
            return Ok(Checked { checked: last.sequence, head, fault: Some(fault) });
        }
        last = expected;
    }
    let all_read = i64::try_from(links.len()).is_ok_and(|count| last.sequence == checked + count);
    let fault = if !all_read || links.is_empty() && last.sequence < head.sequence {
        Some(Fault::Missing { sequence: last.sequence + 1 })
    } else if last.sequence == head.sequence
        && (last.hash != head.hash || goes_on(read, organisation).await?)
    {
        Some(Fault::Head)
    } else {
        None
    };
    Ok(Checked { checked: last.sequence, head, fault })
}

/// The head as it was when that many entries were sealed.
async fn link_at(read: &mut Read, organisation: OrganisationId, sequence: i64) -> Result<Option<Head>> {
    if sequence == 0 {
        return Ok(Some(Head { organisation, sequence, hash: [0; HASH] }));
    }
    let hash: Option<Vec<u8>> = on_db!(read, c => sqlx::query_scalar(
        "SELECT hash FROM history WHERE organisation_id = $1 AND sequence = $2")
        .bind(organisation.0).bind(sequence).fetch_optional(c).await)?;
    Ok(hash.map(|hash| Head { organisation, sequence, hash: of_length(&hash) }))
}

/// Whether there are links behind the head: in one statement, so that nobody can seal in between.
async fn goes_on(read: &mut Read, organisation: OrganisationId) -> Result<bool> {
    Ok(on_db!(read, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM history WHERE organisation_id = $1
                        AND sequence > COALESCE((SELECT sequence FROM history_head WHERE organisation_id = $1), 0))")
        .bind(organisation.0).fetch_one(c).await)?)
}

/// Whether the chain had this head once. It says nothing about an entry, so any grant will do.
///
/// # Errors
/// The database failed.
pub async fn had<P>(read: &mut Read, grant: &Grant<P>, head: &Head) -> Result<bool> {
    let then = link_at(read, grant.organisation(), head.sequence).await?;
    Ok(then.is_some_and(|then| then == *head))
}

/// An organisation whose chain is to be checked.
#[derive(Clone, Debug)]
pub struct Chained {
    /// To act for it.
    pub grant: Grant<System>,
    /// Its name.
    pub name: String,
    /// How many entries are not sealed yet.
    pub waiting: i64,
}

/// All organisations.
///
/// # Errors
/// The database failed.
pub async fn all(read: &mut Read) -> Result<Vec<Chained>> {
    let rows: Vec<(Uuid, String, i64)> = on_db!(read, c => sqlx::query_as(
        "SELECT o.id, o.name, (SELECT COUNT(*) FROM history h WHERE h.organisation_id = o.id AND h.sequence IS NULL)
         FROM organisation o ORDER BY o.id").fetch_all(c).await)?;
    let chained = |(id, name, waiting)| Chained { grant: Grant::system(OrganisationId(id)), name, waiting };
    Ok(rows.into_iter().map(chained).collect())
}
