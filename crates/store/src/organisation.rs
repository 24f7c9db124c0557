//! The organisation itself.

use crate::{
    Grant, Read, Result, Tx, connection::on_db, grants::OrganisationManage, sign_in::announce_rights,
};
use domain::{Conflict, name::OrganisationName};

/// Name, time zone and version.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// Name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Whether those who may change a lot need a second factor.
    pub second_factor_required: bool,
    /// Grows with each change.
    pub version: i64,
}

/// The organisation.
///
/// # Errors
/// The database failed.
pub async fn find(read: &mut Read, grant: &Grant<OrganisationManage>) -> Result<Row> {
    Ok(on_db!(read, c => sqlx::query_as(
        "SELECT name, time_zone, second_factor_required, version FROM organisation WHERE id = $1")
        .bind(grant.organisation().0).fetch_one(c).await)?)
}

/// What of the organisation is changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// The version that was on the screen.
    pub version: i64,
    /// Name.
    pub name: OrganisationName,
    /// IANA time zone.
    pub time_zone: String,
    /// Whether those who may change a lot need a second factor.
    pub second_factor_required: bool,
}

/// Changes it. Open pages ask for their rights again, which may be others now.
///
/// # Errors
/// `Stale` if it was changed since `version`, or the database failed.
pub async fn update(tx: &mut Tx, grant: &Grant<OrganisationManage>, change: &Change) -> Result<()> {
    let changed = on_db!(tx, c => sqlx::query(
        "UPDATE organisation SET name = $3, time_zone = $4, second_factor_required = $5, version = version + 1
         WHERE id = $1 AND version = $2")
        .bind(grant.organisation().0).bind(change.version).bind(change.name.as_str()).bind(&change.time_zone)
        .bind(change.second_factor_required).execute(c).await.map(|done| done.rows_affected()))?;
    if changed != 1 {
        return Err(Conflict::Stale.into());
    }
    announce_rights(tx, grant.organisation());
    Ok(())
}
