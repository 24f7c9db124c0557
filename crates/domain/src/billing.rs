//! Billing details of a partner or of the organisation itself.

mod change;

pub use change::{BillingChange, ChangedDetail, FindBillingChange};

use crate::{
    Email, Field, FieldError, Fields, Language, PartnerId, Problem,
    country::Country,
    currency::Currency,
    iban::{Bic, Iban, VatId},
    money::Money,
    partners::PartnerStatus,
    text,
    time::LocalTime,
};
use serde::{Deserialize, Serialize};

/// Checked billing details. Every detail may be unknown yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BillingDetails {
    /// The name in the commercial register.
    pub legal_name: Option<String>,
    /// The person or department to ask about invoices.
    pub contact: Option<String>,
    /// Street and number.
    pub address_line_1: Option<String>,
    /// What else the post needs.
    pub address_line_2: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Country.
    pub country: Option<Country>,
    /// VAT identification number.
    pub vat_id: Option<VatId>,
    /// National tax number.
    pub tax_number: Option<String>,
    /// Number in the commercial register.
    pub registration_number: Option<String>,
    /// Account (ISO 13616).
    pub iban: Option<Iban>,
    /// Bank (ISO 9362).
    pub bic: Option<Bic>,
    /// Whose account it is.
    pub account_holder: Option<String>,
    /// Currency of payouts.
    pub currency: Option<Currency>,
    /// Days until an invoice is due.
    pub payment_terms_days: Option<u16>,
    /// Smallest amount paid out, in minor units of `currency`.
    pub minimum_payout: Option<i64>,
    /// Where invoices go.
    pub invoice_email: Option<Email>,
    /// What invoices must quote.
    pub purchase_order_reference: Option<String>,
}

/// One of the billing details, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is documented at the field of BillingDetails of its name")]
pub enum BillingField {
    LegalName,
    Contact,
    RegistrationNumber,
    VatId,
    TaxNumber,
    AddressLine1,
    AddressLine2,
    PostalCode,
    City,
    Country,
    AccountHolder,
    Iban,
    Bic,
    Currency,
    PaymentTermsDays,
    MinimumPayout,
    InvoiceEmail,
    PurchaseOrderReference,
}

impl BillingField {
    /// Who it is.
    pub const COMPANY: [Self; 5] =
        [Self::LegalName, Self::Contact, Self::RegistrationNumber, Self::VatId, Self::TaxNumber];
    /// Where it is.
    pub const ADDRESS: [Self; 5] =
        [Self::AddressLine1, Self::AddressLine2, Self::PostalCode, Self::City, Self::Country];
    /// How it is paid.
    pub const PAYMENT: [Self; 6] = [
        Self::AccountHolder,
        Self::Iban,
        Self::Bic,
        Self::Currency,
        Self::PaymentTermsDays,
        Self::MinimumPayout,
    ];
    /// Where invoices go.
    pub const INVOICES: [Self; 2] = [Self::InvoiceEmail, Self::PurchaseOrderReference];

    /// Every billing detail.
    pub fn all() -> impl Iterator<Item = Self> {
        [&Self::COMPANY[..], &Self::ADDRESS, &Self::PAYMENT, &Self::INVOICES].into_iter().flatten().copied()
    }
}

/// Billing details as they are typed and shown: text throughout, written the reader's way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is documented at the field of BillingDetails of its name")]
pub struct BillingForm {
    pub legal_name: String,
    pub contact: String,
    pub address_line_1: String,
    pub address_line_2: String,
    pub postal_code: String,
    pub city: String,
    pub country: String,
    pub vat_id: String,
    pub tax_number: String,
    pub registration_number: String,
    pub iban: String,
    pub bic: String,
    pub account_holder: String,
    pub currency: String,
    pub payment_terms_days: String,
    pub minimum_payout: String,
    pub invoice_email: String,
    pub purchase_order_reference: String,
}

/// Pairs each field with its place, once for reading and writing.
macro_rules! places {
    ($($field:ident => $place:ident),* $(,)?) => {
        impl BillingForm {
            /// What stands in a field.
            #[must_use]
            pub fn get(&self, field: BillingField) -> &str {
                match field {
                    $(BillingField::$field => &self.$place,)*
                }
            }

            /// The place of a field, to write into.
            pub fn slot(&mut self, field: BillingField) -> &mut String {
                match field {
                    $(BillingField::$field => &mut self.$place,)*
                }
            }
        }
    };
}

places! {
    LegalName => legal_name,
    Contact => contact,
    RegistrationNumber => registration_number,
    VatId => vat_id,
    TaxNumber => tax_number,
    AddressLine1 => address_line_1,
    AddressLine2 => address_line_2,
    PostalCode => postal_code,
    City => city,
    Country => country,
    AccountHolder => account_holder,
    Iban => iban,
    Bic => bic,
    Currency => currency,
    PaymentTermsDays => payment_terms_days,
    MinimumPayout => minimum_payout,
    InvoiceEmail => invoice_email,
    PurchaseOrderReference => purchase_order_reference,
}

impl BillingForm {
    /// The form of checked details, written in `language`.
    #[must_use]
    pub fn from_details(details: BillingDetails, language: Language) -> Self {
        let payout = details.minimum_payout.zip(details.currency);
        Self {
            legal_name: details.legal_name.unwrap_or_default(),
            contact: details.contact.unwrap_or_default(),
            address_line_1: details.address_line_1.unwrap_or_default(),
            address_line_2: details.address_line_2.unwrap_or_default(),
            postal_code: details.postal_code.unwrap_or_default(),
            city: details.city.unwrap_or_default(),
            country: details.country.map(Country::code).unwrap_or_default().to_owned(),
            vat_id: details.vat_id.map(|number| number.as_str().to_owned()).unwrap_or_default(),
            tax_number: details.tax_number.unwrap_or_default(),
            registration_number: details.registration_number.unwrap_or_default(),
            iban: details.iban.map(|number| number.grouped()).unwrap_or_default(),
            bic: details.bic.map(|code| code.as_str().to_owned()).unwrap_or_default(),
            account_holder: details.account_holder.unwrap_or_default(),
            currency: details.currency.map(Currency::code).unwrap_or_default().to_owned(),
            payment_terms_days: details.payment_terms_days.map(|days| days.to_string()).unwrap_or_default(),
            minimum_payout: payout
                .map(|(minor, currency)| Money { minor, currency }.written(language))
                .unwrap_or_default(),
            invoice_email: details.invoice_email.map(|email| email.reveal().to_owned()).unwrap_or_default(),
            purchase_order_reference: details.purchase_order_reference.unwrap_or_default(),
        }
    }

    /// Checked details, or all that is wrong.
    ///
    /// # Errors
    /// One entry for each field that can't be taken.
    pub fn parse(&self, language: Language) -> Result<BillingDetails, Vec<FieldError>> {
        use BillingField as F;
        let mut fields = Fields::default();
        let mut check = Check { form: self, fields: &mut fields };
        let currency = check.parsed(F::Currency, Currency::parse);
        let details = BillingDetails {
            legal_name: check.line(F::LegalName, 160),
            contact: check.line(F::Contact, 160),
            address_line_1: check.line(F::AddressLine1, 160),
            address_line_2: check.line(F::AddressLine2, 160),
            postal_code: check.line(F::PostalCode, 20),
            city: check.line(F::City, 100),
            country: check.parsed(F::Country, Country::parse),
            vat_id: check.parsed(F::VatId, VatId::parse),
            tax_number: check.line(F::TaxNumber, 40),
            registration_number: check.line(F::RegistrationNumber, 60),
            iban: check.parsed(F::Iban, Iban::parse),
            bic: check.parsed(F::Bic, Bic::parse),
            account_holder: check.line(F::AccountHolder, 160),
            currency,
            payment_terms_days: check.parsed(F::PaymentTermsDays, days),
            minimum_payout: check.parsed(F::MinimumPayout, |typed| {
                let currency = currency.ok_or(Problem::NeedsCurrency)?;
                Money::parse(typed, currency, language).map(|money| money.minor)
            }),
            invoice_email: check.parsed(F::InvoiceEmail, Email::parse),
            purchase_order_reference: check.line(F::PurchaseOrderReference, 80),
        };
        let errors = fields.errors();
        if errors.is_empty() { Ok(details) } else { Err(errors) }
    }
}

struct Check<'a> {
    form: &'a BillingForm,
    fields: &'a mut Fields,
}

impl Check<'_> {
    fn line(&mut self, field: BillingField, most: u32) -> Option<String> {
        let parsed = text::optional_line(self.form.get(field), most);
        self.fields.take(Field::Billing(field), parsed).flatten()
    }

    fn parsed<T>(&mut self, field: BillingField, parse: impl Fn(&str) -> Result<T, Problem>) -> Option<T> {
        let typed = self.form.get(field).trim();
        if typed.is_empty() { None } else { self.fields.take(Field::Billing(field), parse(typed)) }
    }
}

fn days(typed: &str) -> Result<u16, Problem> {
    const MOST: u16 = 365;
    typed.parse().ok().filter(|days| *days <= MOST).ok_or(Problem::OutOfRange { most: u32::from(MOST) })
}

/// The billing details of a partner, with what stands around them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerBilling {
    /// Whose.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Its state: of a deleted one nothing can be changed.
    pub status: PartnerStatus,
    /// The partner's own version, which deactivating and deleting go by.
    pub partner_version: i64,
    /// The details.
    pub billing: CurrentBilling,
}

/// The latest version of some billing details.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrentBilling {
    /// Counted from 1; 0 where nothing was saved yet.
    pub version: i64,
    /// What it says.
    pub details: BillingForm,
    /// Who saved it and when.
    pub saved: Option<Saved>,
}

/// Who saved something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The name of the user.
    pub by: String,
    /// The moment.
    pub at: LocalTime,
}

/// Asks for the billing details of a partner.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindPartnerBilling {
    /// Which.
    pub id: PartnerId,
}

/// Saves a new version of a partner's billing details.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavePartnerBilling {
    /// Whose.
    pub id: PartnerId,
    /// The version that was on the screen.
    pub version: i64,
    /// What was typed.
    pub details: BillingForm,
}

/// Saves a new version of the organisation's billing details.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveOrganisationBilling {
    /// The version that was on the screen.
    pub version: i64,
    /// What was typed.
    pub details: BillingForm,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_fields_are_in_a_group_and_each_has_its_own_place() {
        let mut form = BillingForm::default();
        for field in BillingField::all() {
            *form.slot(field) = format!("{field:?}");
        }
        for field in BillingField::all() {
            assert_eq!(form.get(field), format!("{field:?}"));
        }
        assert_eq!(BillingField::all().count(), 18);
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let form = BillingForm {
            iban: "nonsense".into(),
            minimum_payout: "5".into(),
            payment_terms_days: "-1".into(),
            ..BillingForm::default()
        };
        let fields: Vec<_> =
            form.parse(Language::English).unwrap_err().into_iter().map(|e| e.field).collect();
        use BillingField as F;
        assert_eq!(fields, [F::Iban, F::PaymentTermsDays, F::MinimumPayout].map(Field::Billing));
    }
}
