//! Closing an organisation (Art. 17 GDPR). All of it goes, also what an ended account leaves: nobody is
//! left who could look at it. Each step is safe to repeat, so that whoever starts or tidies up next goes
//! on where a server stopped, and two may be at it at once: mark it (everybody is signed out, no way in
//! from here on), destroy all keys, erase the rest in small transactions, empty the logs. The row of the
//! organisation is the last to go, since it says that something is left to do.
//!
//! A new table: a line in [`TABLES`], before the tables that it refers to. A test misses it.

use crate::{
    Error, Grant, Proven, Read, Result, Store, Tx,
    connection::{Connection, on_db},
    grants::RolesManage,
    limits,
    newsletters::handing_over::{self, Whose},
    user_contact,
};
use domain::{
    OrganisationId, UserId,
    closing::{Going, Part},
    event::{Event, EventKind},
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// How many rows go in one transaction.
const ROWS: i64 = 1000;
/// How many accounts: a lot hangs on each.
const ACCOUNTS: i64 = 50;
/// How often it is begun anew where somebody wrote meanwhile.
const TRIES: u32 = 3;

/// What is left when the accounts are gone, each table before those that it refers to, and which of its
/// rows belong to the organisation `$1`.
pub const TABLES: &[(&str, &str)] = &[
    ("history", "organisation_id = $1"),
    ("history_head", "organisation_id = $1"),
    ("billing_version", "organisation_id = $1"),
    ("partner", "organisation_id = $1"),
    ("data_request", "organisation_id = $1"),
    ("data_request_count", "organisation_id = $1"),
    ("newsletter_issue", "newsletter_id IN (SELECT id FROM newsletter WHERE organisation_id = $1)"),
    ("newsletter_text", "newsletter_id IN (SELECT id FROM newsletter WHERE organisation_id = $1)"),
    ("newsletter", "organisation_id = $1"),
    ("role_permission", "role_id IN (SELECT id FROM role WHERE organisation_id = $1)"),
    ("role", "organisation_id = $1"),
    ("notice_text", "organisation_id = $1"),
    ("notice", "organisation_id = $1"),
    ("notice_draft_text", "organisation_id = $1"),
    ("notice_draft", "organisation_id = $1"),
    ("support_channel", "organisation_id = $1"),
    ("support", "organisation_id = $1"),
    ("person", "organisation_id = $1"),
];

/// That somebody is an active platform admin of an organisation, which no permission says: at the moment of the
/// transaction in which it was asked, so ask in the one that changes something.
#[derive(Debug)]
pub struct Admin(OrganisationId);

/// Asks whether the holder of the grant is one.
///
/// # Errors
/// `Forbidden`, or the database failed.
pub async fn require_admin(read: &mut Read, grant: &Grant<RolesManage>) -> Result<Admin> {
    let refused = Err(domain::Error::Forbidden { needs: None }.into());
    if is_admin(read, grant).await? { Ok(Admin(grant.organisation())) } else { refused }
}

/// What closing would do, in numbers.
///
/// # Errors
/// The database failed.
pub async fn preview(read: &mut Read, admin: &Admin) -> Result<Vec<Part>> {
    count(read, admin.0).await
}

/// The same for whoever runs the installation.
///
/// # Errors
/// The database failed.
pub async fn preview_of(read: &mut Read, grant: &Grant<crate::System>) -> Result<Vec<Part>> {
    count(read, grant.organisation()).await
}

/// The first step for a platform admin; [`finish`] does the rest.
///
/// # Errors
/// The database failed.
pub async fn begin(tx: &mut Tx, admin: &Admin, _proven: &Proven) -> Result<()> {
    mark(tx, admin.0).await
}

/// The first step for whoever runs the installation.
///
/// # Errors
/// The database failed.
pub async fn begin_for(store: &Store, grant: &Grant<crate::System>) -> Result<()> {
    let organisation = grant.organisation();
    store.write(async move |tx| mark(tx, organisation).await).await
}

async fn is_admin<P>(read: &mut Read, grant: &Grant<P>) -> Result<bool> {
    let Some(user) = grant.actor() else { return Ok(false) };
    Ok(on_db!(read, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM role r JOIN role_assignment ra ON ra.role_id = r.id
                        JOIN account a ON a.user_id = ra.user_id
                        WHERE r.organisation_id = $1 AND r.system AND a.user_id = $2 AND a.status = 'active')")
        .bind(grant.organisation().0).bind(user.0).fetch_one(c).await)?)
}

/// Goes on with all organisations that are being closed, and says how many are gone now. One that can't
/// be finished holds no other up.
///
/// # Errors
/// The first failure.
pub async fn resume(store: &Store) -> Result<usize> {
    let mut read = store.read().await?;
    let rows: Vec<Uuid> = on_db!(read, c => sqlx::query_scalar(
        "SELECT id FROM organisation WHERE closing_at IS NOT NULL ORDER BY id").fetch_all(c).await)?;
    drop(read);
    let mut closed = Ok(0);
    for organisation in rows {
        match finish(store, OrganisationId(organisation)).await {
            Ok(done) => closed = closed.map(|count| count + usize::from(done)),
            Err(error) => closed = closed.and(Err(error)),
        }
    }
    closed
}

/// Erases an organisation that was marked. False while somebody reads the files of the database, or goes on
/// writing: then [`resume`] has to come again.
///
/// # Errors
/// The database failed.
pub async fn finish(store: &Store, organisation: OrganisationId) -> Result<bool> {
    handing_over::wait(store, Whose::Organisation(organisation)).await?;
    destroy_keys(store, organisation).await?;
    for _ in 0..TRIES {
        while step(store, organisation).await? {}
        if !store.forget_logs().await? {
            return Ok(false);
        }
        match erase_organisation(store, organisation).await {
            // Somebody who was just at work has written a last row.
            Err(Error::Database(error)) if is_still_referred_to(&error) => {}
            Err(error) => return Err(error),
            Ok(()) => return store.forget_logs().await.map(|_| true),
        }
    }
    Ok(false)
}

fn is_still_referred_to(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_foreign_key_violation)
}

/// From here on nobody gets in: no account is active, and no session, link or question is left.
async fn mark(tx: &mut Tx, organisation: OrganisationId) -> Result<()> {
    const STATEMENTS: [&str; 5] = [
        "UPDATE account SET status = 'terminating' WHERE organisation_id = $1",
        "UPDATE subscription SET active = FALSE
         WHERE active AND user_id IN (SELECT user_id FROM account WHERE organisation_id = $1)",
        "DELETE FROM session WHERE user_id IN (SELECT user_id FROM account WHERE organisation_id = $1)",
        "DELETE FROM link WHERE user_id IN (SELECT user_id FROM account WHERE organisation_id = $1)",
        "DELETE FROM challenge WHERE user_id IN (SELECT user_id FROM account WHERE organisation_id = $1)",
    ];
    let now = tx.now();
    on_db!(tx, c => sqlx::query("UPDATE organisation SET closing_at = $2 WHERE id = $1 AND closing_at IS NULL")
        .bind(organisation.0).bind(now).execute(c).await.map(drop))?;
    for statement in STATEMENTS {
        on_db!(tx, c => sqlx::query(statement).bind(organisation.0).execute(c).await.map(drop))?;
    }
    tx.announce(Event { organisation, user: None, kind: EventKind::SignedOut });
    Ok(())
}

/// Destroys the keys of all its users.
///
/// # Errors
/// The database failed.
pub async fn destroy_keys(store: &Store, organisation: OrganisationId) -> Result<()> {
    let mut after = Uuid::nil();
    loop {
        let users = accounts(&mut store.read().await?, organisation, after, ROWS).await?;
        let Some(last) = users.last() else { return Ok(()) };
        after = *last;
        for user in users {
            store.keys().destroy(UserId(user)).await?;
        }
    }
}

async fn accounts(
    read: &mut Read,
    organisation: OrganisationId,
    after: Uuid,
    limit: i64,
) -> Result<Vec<Uuid>> {
    Ok(on_db!(read, c => sqlx::query_scalar(
        "SELECT user_id FROM account WHERE organisation_id = $1 AND user_id > $2 ORDER BY user_id LIMIT $3")
        .bind(organisation.0).bind(after).bind(limit).fetch_all(c).await)?)
}

/// Erases some rows in one transaction: of the accounts, then of the first table that has any. Whether
/// there were any.
///
/// # Errors
/// The database failed.
pub async fn step(store: &Store, organisation: OrganisationId) -> Result<bool> {
    let counted = store.clone();
    store
        .write(async move |tx| {
            if erase_accounts(tx, &counted, organisation).await? {
                return Ok(true);
            }
            for (table, of) in TABLES {
                if erase_rows(tx, organisation, table, of).await? {
                    return Ok(true);
                }
            }
            Ok(false)
        })
        .await
}

/// What hangs on an account goes with it; what was counted for it is found by its hash.
async fn erase_accounts(tx: &mut Tx, store: &Store, organisation: OrganisationId) -> Result<bool> {
    let users = accounts(tx, organisation, Uuid::nil(), ACCOUNTS).await?;
    for user in &users {
        let lookup = user_contact::lookup(tx, UserId(*user)).await?;
        limits::forget(tx, store, UserId(*user), lookup.as_deref()).await?;
        on_db!(tx, c => sqlx::query("DELETE FROM account WHERE user_id = $1").bind(user).execute(c).await.map(drop))?;
    }
    Ok(!users.is_empty())
}

async fn erase_rows(tx: &mut Tx, organisation: OrganisationId, table: &str, of: &str) -> Result<bool> {
    // Every table has this, whatever its key is. Put together of our own words only.
    let sql = match &tx.connection {
        Connection::Sqlite(_) => {
            format!("DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} WHERE {of} LIMIT $2)")
        }
        Connection::Postgres(_) => format!(
            "DELETE FROM {table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM {table} WHERE {of} LIMIT $2))"
        ),
    };
    let erased = on_db!(tx, c => sqlx::query(AssertSqlSafe(sql.clone())).bind(organisation.0).bind(ROWS)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(erased > 0)
}

async fn erase_organisation(store: &Store, organisation: OrganisationId) -> Result<()> {
    store
        .write(async move |tx| {
            on_db!(tx, c => sqlx::query("DELETE FROM organisation WHERE id = $1")
                .bind(organisation.0).execute(c).await.map(drop))?;
            Ok(())
        })
        .await
}

async fn count(read: &mut Read, organisation: OrganisationId) -> Result<Vec<Part>> {
    const COUNTED: [(Going, &str); 10] = [
        (Going::Users, "account WHERE organisation_id = $1"),
        (
            Going::FormerUsers,
            "person p WHERE p.organisation_id = $1 AND NOT EXISTS (SELECT 1 FROM account a WHERE a.user_id = p.id)",
        ),
        (Going::Roles, "role WHERE organisation_id = $1"),
        (Going::Partners, "partner WHERE organisation_id = $1"),
        (Going::BillingDetails, "billing_version WHERE organisation_id = $1"),
        (Going::History, "history WHERE organisation_id = $1"),
        (Going::DataRequests, "data_request WHERE organisation_id = $1"),
        (Going::OpenRequests, "data_request WHERE organisation_id = $1 AND closed_at IS NULL"),
        (Going::Newsletters, "newsletter WHERE organisation_id = $1"),
        (Going::Notices, "notice WHERE organisation_id = $1"),
    ];
    let mut parts = Vec::new();
    for (going, of) in COUNTED {
        let sql = format!("SELECT COUNT(*) FROM {of}");
        let count: i64 = on_db!(read, c => sqlx::query_scalar(AssertSqlSafe(sql.clone()))
            .bind(organisation.0).fetch_one(c).await)?;
        parts.push(Part { going, count });
    }
    parts.retain(|part| part.count > 0);
    Ok(parts)
}
