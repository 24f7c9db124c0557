//! Versions of billing details, of a partner or of the organisation itself. Each save adds one;
//! the latest is current; none is ever overwritten.

use crate::{
    Error, Grant, Read, Result, Tx,
    connection::on_db,
    grants::{BillingEdit, BillingView},
    sort_key,
};
use domain::{
    Conflict, Email, OrganisationId, PartnerId,
    billing::{BillingDetails, BillingField, BillingForm},
    country::Country,
    currency::Currency,
    iban::{Bic, Iban, VatId},
};
use uuid::Uuid;

/// Whose billing details.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The organisation itself.
    Organisation,
    /// A partner.
    Partner(PartnerId),
}

impl Owner {
    fn partner(self) -> Option<Uuid> {
        match self {
            Self::Organisation => None,
            Self::Partner(id) => Some(id.0),
        }
    }
}

/// A version.
#[derive(Clone, Debug)]
pub struct Version {
    /// Counted from 1.
    pub version: i64,
    /// The name of who saved it.
    pub saved_by: String,
    /// When, in unix milliseconds.
    pub saved_at: i64,
    /// What it says.
    pub details: BillingDetails,
}

#[derive(sqlx::FromRow)]
struct Row {
    version: i64,
    saved_by: String,
    saved_at: i64,
    legal_name: Option<String>,
    contact: Option<String>,
    address_line_1: Option<String>,
    address_line_2: Option<String>,
    postal_code: Option<String>,
    city: Option<String>,
    country: Option<String>,
    vat_id: Option<String>,
    tax_number: Option<String>,
    registration_number: Option<String>,
    iban: Option<String>,
    bic: Option<String>,
    account_holder: Option<String>,
    currency: Option<String>,
    payment_terms_days: Option<i64>,
    minimum_payout: Option<i64>,
    invoice_email: Option<String>,
    purchase_order_reference: Option<String>,
}

/// The latest version of `$owner` that is not after `$3`; written out at compile time, so that nothing is put together of
/// parts while running. `$2` is always bound.
macro_rules! version_sql {
    ($owner:literal) => {
        concat!(
            "SELECT b.*, p.name AS saved_by FROM (
                 SELECT version, saved_by AS saver, saved_at, legal_name, contact, address_line_1, address_line_2,
                        postal_code, city, country, vat_id, tax_number, registration_number, iban, bic,
                        account_holder, currency, payment_terms_days, minimum_payout, invoice_email,
                        purchase_order_reference
                 FROM billing_version WHERE organisation_id = $1 AND ",
            $owner,
            " AND version <= $3 ORDER BY version DESC LIMIT 1) AS b JOIN person p ON p.id = b.saver"
        )
    };
}

/// The latest version, if anything was saved yet.
///
/// # Errors
/// The database failed.
pub async fn current(read: &mut Read, grant: &Grant<BillingView>, owner: Owner) -> Result<Option<Version>> {
    up_to(read, grant, owner, i64::MAX).await
}

/// The latest version that is not after `version`, if there is one.
///
/// # Errors
/// The database failed.
pub async fn up_to(
    read: &mut Read,
    grant: &Grant<BillingView>,
    owner: Owner,
    version: i64,
) -> Result<Option<Version>> {
    let sql = match owner {
        Owner::Partner(_) => version_sql!("partner_id = $2"),
        Owner::Organisation => version_sql!("partner_id IS NULL AND $2 IS NOT NULL"),
    };
    let partner = owner.partner().unwrap_or(Uuid::nil());
    let row: Option<Row> = on_db!(read, c => sqlx::query_as(sql)
        .bind(grant.organisation().0).bind(partner).bind(version).fetch_optional(c).await)?;
    row.map(Row::read).transpose()
}

impl Row {
    fn read(self) -> Result<Version> {
        const ODD: Error = Error::Corrupt("billing detail");
        Ok(Version {
            version: self.version,
            saved_by: self.saved_by,
            saved_at: self.saved_at,
            details: BillingDetails {
                legal_name: self.legal_name,
                contact: self.contact,
                address_line_1: self.address_line_1,
                address_line_2: self.address_line_2,
                postal_code: self.postal_code,
                city: self.city,
                country: self.country.as_deref().map(Country::parse).transpose().map_err(|_| ODD)?,
                vat_id: self.vat_id.as_deref().map(VatId::parse).transpose().map_err(|_| ODD)?,
                tax_number: self.tax_number,
                registration_number: self.registration_number,
                iban: self.iban.as_deref().map(Iban::parse).transpose().map_err(|_| ODD)?,
                bic: self.bic.as_deref().map(Bic::parse).transpose().map_err(|_| ODD)?,
                account_holder: self.account_holder,
                currency: self.currency.as_deref().map(Currency::parse).transpose().map_err(|_| ODD)?,
                payment_terms_days: self
                    .payment_terms_days
                    .map(u16::try_from)
                    .transpose()
                    .map_err(|_| ODD)?,
                minimum_payout: self.minimum_payout,
                invoice_email: self
                    .invoice_email
                    .as_deref()
                    .map(Email::parse)
                    .transpose()
                    .map_err(|_| ODD)?,
                purchase_order_reference: self.purchase_order_reference,
            },
        })
    }
}

/// Adds a version after `version`.
///
/// # Errors
/// `Stale` if another one was added meanwhile, or the database failed.
pub async fn save(
    tx: &mut Tx,
    grant: &Grant<BillingEdit>,
    owner: Owner,
    version: i64,
    details: &BillingDetails,
) -> Result<()> {
    insert(tx, grant, owner, version, details).await
}

/// For the demo: the first version, as saved by `grant`'s actor.
///
/// # Errors
/// The database failed.
pub async fn save_demo(
    tx: &mut Tx,
    grant: &Grant<crate::System>,
    owner: Owner,
    details: &BillingDetails,
) -> Result<()> {
    insert(tx, grant, owner, 0, details).await
}

async fn insert<P>(
    tx: &mut Tx,
    grant: &Grant<P>,
    owner: Owner,
    version: i64,
    details: &BillingDetails,
) -> Result<()> {
    let latest = latest_version(tx, grant.organisation(), owner).await?;
    if latest != version {
        return Err(Conflict::Stale.into());
    }
    let (id, now) = (tx.new_id(), tx.now());
    let actor = grant.actor().ok_or(Error::Corrupt("billing without an author"))?;
    let d = details;
    let inserted = on_db!(tx, c => sqlx::query(
        "INSERT INTO billing_version (id, organisation_id, partner_id, version, saved_by, saved_at, legal_name,
             contact, address_line_1, address_line_2, postal_code, city, country, vat_id, tax_number,
             registration_number, iban, bic, account_holder, currency, payment_terms_days, minimum_payout,
             invoice_email, purchase_order_reference, search_text)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                 $22, $23, $24, $25)")
        .bind(id).bind(grant.organisation().0).bind(owner.partner()).bind(version + 1).bind(actor.0).bind(now)
        .bind(d.legal_name.as_deref()).bind(d.contact.as_deref()).bind(d.address_line_1.as_deref())
        .bind(d.address_line_2.as_deref()).bind(d.postal_code.as_deref()).bind(d.city.as_deref())
        .bind(d.country.map(Country::code)).bind(d.vat_id.as_ref().map(VatId::as_str))
        .bind(d.tax_number.as_deref()).bind(d.registration_number.as_deref())
        .bind(d.iban.as_ref().map(Iban::as_str)).bind(d.bic.as_ref().map(Bic::as_str))
        .bind(d.account_holder.as_deref()).bind(d.currency.map(Currency::code))
        .bind(d.payment_terms_days.map(i64::from)).bind(d.minimum_payout)
        .bind(d.invoice_email.as_ref().map(Email::reveal)).bind(d.purchase_order_reference.as_deref())
        .bind(search_text(details)).execute(c).await.map(drop));
    inserted.map_err(|error| Error::unique(error, Conflict::Stale))
}

async fn latest_version(read: &mut Read, organisation: OrganisationId, owner: Owner) -> Result<i64> {
    let sql = match owner {
        Owner::Partner(_) => {
            "SELECT COALESCE(MAX(version), 0) FROM billing_version WHERE organisation_id = $1 AND partner_id = $2"
        }
        Owner::Organisation => {
            "SELECT COALESCE(MAX(version), 0) FROM billing_version
             WHERE organisation_id = $1 AND partner_id IS NULL AND $2 IS NOT NULL"
        }
    };
    let partner = owner.partner().unwrap_or(Uuid::nil());
    Ok(on_db!(read, c => sqlx::query_scalar(sql).bind(organisation.0).bind(partner).fetch_one(c).await)?)
}

/// All details, a line each, folded like a sort key; an IBAN is found with and without spaces.
fn search_text(details: &BillingDetails) -> String {
    let form = BillingForm::from_details(details.clone(), domain::Language::English);
    let shown = BillingField::all().map(|field| form.get(field)).collect::<Vec<_>>().join("\n");
    let iban = details.iban.as_ref().map_or("", Iban::as_str);
    sort_key(&format!("{shown}\n{iban}"))
}
