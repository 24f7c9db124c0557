//! The organisation itself.

use crate::{
    Grant, Read, Result, Tx, connection::on_db, grants::OrganisationManage, retention,
    sign_in::announce_rights,
};
use domain::{Conflict, name::OrganisationName, retention::NamePeriods};

/// Name, time zone and version.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// Name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Whether those who may change a lot need a second factor.
    pub second_factor_required: bool,
    /// For how many years names stay on billing details.
    name_years_billing: i64,
    /// For how many years they stay otherwise.
    name_years_other: i64,
    /// Grows with each change.
    pub version: i64,
}

impl Row {
    /// How long names of former users stay.
    #[must_use]
    pub fn name_periods(&self) -> NamePeriods {
        retention::periods(self.name_years_billing, self.name_years_other)
    }
}

/// The organisation.
///
/// # Errors
/// The database failed.
pub async fn find(read: &mut Read, grant: &Grant<OrganisationManage>) -> Result<Row> {
    Ok(on_db!(read, c => sqlx::query_as(
        "SELECT name, time_zone, second_factor_required, name_years_billing, name_years_other, version FROM organisation WHERE id = $1")
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
    /// How long names of former users stay.
    pub name_periods: NamePeriods,
}

/// Changes it. Open pages ask for their rights again, which may be others now.
///
/// # Errors
/// `Stale` if it was changed since `version`, or the database failed.
pub async fn update(tx: &mut Tx, grant: &Grant<OrganisationManage>, change: &Change) -> Result<()> {
    let changed = on_db!(tx, c => sqlx::query(
        "UPDATE organisation SET name = $3, time_zone = $4, second_factor_required = $5,
                name_years_billing = $6, name_years_other = $7, version = version + 1
         WHERE id = $1 AND version = $2")
        .bind(grant.organisation().0).bind(change.version).bind(change.name.as_str()).bind(&change.time_zone)
        .bind(change.second_factor_required)
        .bind(i64::from(change.name_periods.billing)).bind(i64::from(change.name_periods.other)).execute(c).await.map(|done| done.rows_affected()))?;
    if changed != 1 {
        return Err(Conflict::Stale.into());
    }
    announce_rights(tx, grant.organisation());
    Ok(())
}
