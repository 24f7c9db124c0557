//! Partners and their general fields.

use crate::{
    Error, Grant, Read, Result, Tx,
    connection::on_db,
    grants::{BillingEdit, BillingView, PartnersEdit, PartnersView},
    sort_key,
    sort_key::containing,
};
use domain::{
    Conflict, OrganisationId, PartnerId,
    country::Country,
    partners::{
        ListPartners, PAGE, PartnerFields, PartnerForm, PartnerKind, PartnerSort, PartnerStatus, StatusFilter,
    },
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

#[cfg(test)]
mod plans;

/// A row of the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub id: PartnerId,
    /// Name in the list.
    pub name: String,
    /// Kind of business.
    pub kind: PartnerKind,
    /// Two-letter code.
    pub country: Option<String>,
    /// Partner since, in unix milliseconds.
    pub created_at: i64,
    /// Where it stands.
    pub status: PartnerStatus,
}

#[derive(sqlx::FromRow)]
struct ListRow {
    id: Uuid,
    name: String,
    kind: String,
    country: Option<String>,
    created_at: i64,
    status: String,
}

/// At most one more than [`PAGE`] partners: after `request.after`, or before `request.before` in
/// reverse. Billing details are searched only with the grant to view them.
///
/// # Errors
/// The database failed.
pub async fn list(
    read: &mut Read,
    grant: &Grant<PartnersView>,
    billing: Option<&Grant<BillingView>>,
    request: &ListPartners,
) -> Result<Vec<Listed>> {
    let from = request.before.or(request.after);
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    // Put together of fixed parts only.
    let sql = AssertSqlSafe(list_sql(request, billing.is_some()));
    let rows: Vec<ListRow> = on_db!(read, c => sqlx::query_as(sql)
        .bind(grant.organisation().0).bind(from.map_or(Uuid::nil(), |id| id.0))
        .bind(containing(&request.search)).bind(limit).fetch_all(c).await)?;
    rows.into_iter().map(ListRow::read).collect()
}

/// `$1` organisation, `$2` cursor, `$3` pattern, `$4` limit; all four are always there.
fn list_sql(request: &ListPartners, search_billing: bool) -> String {
    let status = match request.status {
        StatusFilter::Active => "p.status = 'active'",
        StatusFilter::Deactivated => "p.status = 'deactivated'",
        StatusFilter::All => "p.status <> 'deleted'",
    };
    let backwards = request.before.is_some();
    let (key, ascending) = match request.sort {
        PartnerSort::Name => ("sort_key, id", !backwards),
        PartnerSort::Newest => ("id", backwards),
    };
    let (compare, direction) = if ascending { (">", "ASC") } else { ("<", "DESC") };
    let columns: Vec<_> = key.split(", ").map(|column| format!("p.{column}")).collect();
    let cursor = if request.before.or(request.after).is_some() {
        let left = columns.join(", ");
        format!("({left}) {compare} (SELECT {key} FROM partner WHERE id = $2 AND organisation_id = $1)")
    } else {
        "$2 IS NOT NULL".to_owned()
    };
    let order: Vec<_> = columns.iter().map(|column| format!("{column} {direction}")).collect();
    format!(
        "SELECT p.id, p.name, p.kind, p.country, p.created_at, p.status FROM partner p
         WHERE p.organisation_id = $1 AND {status} AND {cursor} AND {} ORDER BY {} LIMIT $4",
        search_sql(&request.search, search_billing),
        order.join(", ")
    )
}

const fn search_sql(search: &str, billing: bool) -> &'static str {
    match (search.is_empty(), billing) {
        (true, _) => "$3 <> ''",
        (false, false) => "(p.sort_key LIKE $3 ESCAPE '\\' OR lower(p.website) LIKE $3 ESCAPE '\\')",
        (false, true) => {
            "(p.sort_key LIKE $3 ESCAPE '\\' OR lower(p.website) LIKE $3 ESCAPE '\\' OR EXISTS (
                SELECT 1 FROM billing_version b WHERE b.partner_id = p.id AND b.search_text LIKE $3 ESCAPE '\\'
                AND b.version = (SELECT MAX(version) FROM billing_version WHERE partner_id = p.id)))"
        }
    }
}

impl ListRow {
    fn read(self) -> Result<Listed> {
        Ok(Listed {
            id: PartnerId(self.id),
            name: self.name,
            kind: kind(&self.kind)?,
            country: self.country,
            created_at: self.created_at,
            status: status(&self.status)?,
        })
    }
}

fn kind(code: &str) -> Result<PartnerKind> {
    PartnerKind::from_code(code).ok_or(Error::Corrupt("partner kind"))
}

fn status(code: &str) -> Result<PartnerStatus> {
    PartnerStatus::from_code(code).ok_or(Error::Corrupt("partner status"))
}

/// A partner.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Which.
    pub id: PartnerId,
    /// Grows with each change.
    pub version: i64,
    /// Where it stands.
    pub status: PartnerStatus,
    /// Partner since, in unix milliseconds.
    pub created_at: i64,
    /// General fields.
    pub fields: PartnerForm,
}

#[derive(sqlx::FromRow)]
struct Row {
    version: i64,
    status: String,
    created_at: i64,
    name: String,
    kind: String,
    website: Option<String>,
    country: Option<String>,
    contact_person: Option<String>,
    note: Option<String>,
}

/// A partner that is not deleted.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn find(read: &mut Read, grant: &Grant<PartnersView>, id: PartnerId) -> Result<Stored> {
    let partner = find_any(read, grant.organisation(), id).await?;
    if partner.status == PartnerStatus::Deleted { Err(domain::Error::NotFound.into()) } else { Ok(partner) }
}

/// A partner, even a deleted one: its billing details stay for accounting.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn find_even_deleted(read: &mut Read, grant: &Grant<BillingView>, id: PartnerId) -> Result<Stored> {
    find_any(read, grant.organisation(), id).await
}

async fn find_any(read: &mut Read, organisation: OrganisationId, id: PartnerId) -> Result<Stored> {
    let row: Option<Row> = on_db!(read, c => sqlx::query_as(
        "SELECT version, status, created_at, name, kind, website, country, contact_person, note
         FROM partner WHERE id = $1 AND organisation_id = $2")
        .bind(id.0).bind(organisation.0).fetch_optional(c).await)?;
    let row = row.ok_or(domain::Error::NotFound)?;
    Ok(Stored {
        id,
        version: row.version,
        status: status(&row.status)?,
        created_at: row.created_at,
        fields: PartnerForm {
            name: row.name,
            kind: kind(&row.kind)?,
            website: row.website.unwrap_or_default(),
            country: row.country.unwrap_or_default(),
            contact_person: row.contact_person.unwrap_or_default(),
            note: row.note.unwrap_or_default(),
        },
    })
}

/// Creates a partner.
///
/// # Errors
/// The database failed.
pub async fn create(tx: &mut Tx, grant: &Grant<PartnersEdit>, fields: &PartnerFields) -> Result<PartnerId> {
    insert(tx, grant.organisation(), fields).await
}

/// For the demo.
///
/// # Errors
/// The database failed.
pub async fn create_demo(
    tx: &mut Tx,
    grant: &Grant<crate::System>,
    fields: &PartnerFields,
) -> Result<PartnerId> {
    insert(tx, grant.organisation(), fields).await
}

async fn insert(tx: &mut Tx, organisation: OrganisationId, fields: &PartnerFields) -> Result<PartnerId> {
    let (id, now) = (tx.new_id(), tx.now());
    on_db!(tx, c => sqlx::query(
        "INSERT INTO partner (id, organisation_id, name, sort_key, status, kind, website, country, contact_person,
                              note, version, created_at)
         VALUES ($1, $2, $3, $4, 'active', $5, $6, $7, $8, $9, 1, $10)")
        .bind(id).bind(organisation.0).bind(fields.name.as_str()).bind(sort_key(fields.name.as_str()))
        .bind(fields.kind.code()).bind(fields.website.as_deref()).bind(fields.country.map(Country::code))
        .bind(fields.contact_person.as_deref()).bind(fields.note.as_deref()).bind(now)
        .execute(c).await.map(drop))?;
    Ok(PartnerId(id))
}

/// Changes the general fields of a partner that is not deleted.
///
/// # Errors
/// `Stale`, or the database failed.
pub async fn update(
    tx: &mut Tx,
    grant: &Grant<PartnersEdit>,
    id: PartnerId,
    version: i64,
    fields: &PartnerFields,
) -> Result<()> {
    let changed = on_db!(tx, c => sqlx::query(
        "UPDATE partner SET name = $4, sort_key = $5, kind = $6, website = $7, country = $8, contact_person = $9,
                            note = $10, version = version + 1
         WHERE id = $1 AND organisation_id = $2 AND version = $3 AND status <> 'deleted'")
        .bind(id.0).bind(grant.organisation().0).bind(version).bind(fields.name.as_str())
        .bind(sort_key(fields.name.as_str())).bind(fields.kind.code()).bind(fields.website.as_deref())
        .bind(fields.country.map(Country::code)).bind(fields.contact_person.as_deref()).bind(fields.note.as_deref())
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed == 1 { Ok(()) } else { Err(Conflict::Stale.into()) }
}

/// Deactivates, reactivates or deletes a partner. Deleting erases contact person and note.
///
/// # Errors
/// `Stale`, or the database failed.
pub async fn set_status(
    tx: &mut Tx,
    grant: &Grant<BillingEdit>,
    id: PartnerId,
    version: i64,
    status: PartnerStatus,
) -> Result<()> {
    let deleted = status == PartnerStatus::Deleted;
    let changed = on_db!(tx, c => sqlx::query(
        "UPDATE partner SET status = $4, version = version + 1,
                contact_person = CASE WHEN $5 THEN NULL ELSE contact_person END,
                note = CASE WHEN $5 THEN NULL ELSE note END
         WHERE id = $1 AND organisation_id = $2 AND version = $3 AND status <> 'deleted'")
        .bind(id.0).bind(grant.organisation().0).bind(version).bind(status.code()).bind(deleted)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed == 1 { Ok(()) } else { Err(Conflict::Stale.into()) }
}
