//! The organisation itself.

use crate::{Grant, Read, Result, Tx, connection::on_db, grants::OrganisationManage};
use domain::{Conflict, name::OrganisationName};

/// Name, time zone and version.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// Name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Grows with each change.
    pub version: i64,
}

/// The organisation.
///
/// # Errors
/// The database failed.
pub async fn find(read: &mut Read, grant: &Grant<OrganisationManage>) -> Result<Row> {
    Ok(on_db!(read, c => sqlx::query_as("SELECT name, time_zone, version FROM organisation WHERE id = $1")
        .bind(grant.organisation().0).fetch_one(c).await)?)
}

/// Changes name and time zone.
///
/// # Errors
/// `Stale` if it was changed since `version`, or the database failed.
pub async fn update(
    tx: &mut Tx,
    grant: &Grant<OrganisationManage>,
    version: i64,
    name: &OrganisationName,
    time_zone: &str,
) -> Result<()> {
    let changed = on_db!(tx, c => sqlx::query(
        "UPDATE organisation SET name = $3, time_zone = $4, version = version + 1 WHERE id = $1 AND version = $2")
        .bind(grant.organisation().0).bind(version).bind(name.as_str()).bind(time_zone)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed == 1 { Ok(()) } else { Err(Conflict::Stale.into()) }
}
