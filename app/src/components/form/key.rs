//! What the fields of a form are called in their ids.

use domain::{
    Field, Language, billing::BillingField, newsletters::NewsletterField, notice::NoticePart,
    support::ChannelKind,
};

/// The name of a field within its form: part of its `id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(pub &'static str);

impl From<&'static str> for Key {
    fn from(name: &'static str) -> Self {
        Self(name)
    }
}

impl From<Field> for Key {
    fn from(field: Field) -> Self {
        Self(match field {
            Field::Name => "name",
            Field::Email => "email",
            Field::Password => "password",
            Field::CurrentPassword => "current_password",
            Field::Organisation => "organisation",
            Field::Language => "language",
            Field::TimeZone => "time_zone",
            Field::Roles => "roles",
            Field::Permissions => "permissions",
            Field::Kind => "kind",
            Field::External => "external",
            Field::AccessEnds => "access_ends",
            Field::Website => "website",
            Field::Country => "country",
            Field::ContactPerson => "contact_person",
            Field::Note => "note",
            Field::Search => "search",
            Field::Cursor => "cursor",
            Field::Code => "code",
            Field::Proof => "proof",
            Field::SecondFactor => "second_factor",
            Field::NameYearsBilling => "name_years_billing",
            Field::NameYearsOther => "name_years_other",
            Field::Channel(kind) => match kind {
                ChannelKind::Email => "channel_email",
                ChannelKind::Phone => "channel_phone",
                ChannelKind::Chat => "channel_chat",
                ChannelKind::Post => "channel_post",
            },
            Field::Hours(kind) => match kind {
                ChannelKind::Email => "hours_email",
                ChannelKind::Phone => "hours_phone",
                ChannelKind::Chat => "hours_chat",
                ChannelKind::Post => "hours_post",
            },
            Field::ProtectionContact => "protection_contact",
            Field::ProtectionEmail => "protection_email",
            Field::RequestKind => "request_kind",
            Field::RequestText => "request_text",
            Field::Reason => "reason",
            Field::Answer => "answer",
            Field::HistoryHead => "history_head",
            Field::Request => "request",
            Field::Billing(field) => billing_key(field),
            Field::Newsletter(field) => newsletter_key(field),
            Field::Notice(language, part) => notice_key(language, part),
        })
    }
}

impl From<BillingField> for Key {
    fn from(field: BillingField) -> Self {
        Self(billing_key(field))
    }
}

const fn billing_key(field: BillingField) -> &'static str {
    match field {
        BillingField::LegalName => "legal_name",
        BillingField::Contact => "contact",
        BillingField::RegistrationNumber => "registration_number",
        BillingField::VatId => "vat_id",
        BillingField::TaxNumber => "tax_number",
        BillingField::AddressLine1 => "address_line_1",
        BillingField::AddressLine2 => "address_line_2",
        BillingField::PostalCode => "postal_code",
        BillingField::City => "city",
        BillingField::Country => "billing_country",
        BillingField::AccountHolder => "account_holder",
        BillingField::Iban => "iban",
        BillingField::Bic => "bic",
        BillingField::Currency => "currency",
        BillingField::PaymentTermsDays => "payment_terms_days",
        BillingField::MinimumPayout => "minimum_payout",
        BillingField::InvoiceEmail => "invoice_email",
        BillingField::PurchaseOrderReference => "purchase_order_reference",
    }
}

const fn notice_key(language: Language, part: NoticePart) -> &'static str {
    match (language, part) {
        (Language::English, NoticePart::Changes) => "changes_en",
        (Language::English, NoticePart::Controller) => "controller_en",
        (Language::English, NoticePart::Contact) => "contact_en",
        (Language::English, NoticePart::Purposes) => "purposes_en",
        (Language::English, NoticePart::Recipients) => "recipients_en",
        (Language::English, NoticePart::Periods) => "periods_en",
        (Language::English, NoticePart::Rights) => "rights_en",
        (Language::English, NoticePart::Complaint) => "complaint_en",
        (Language::German, NoticePart::Changes) => "changes_de",
        (Language::German, NoticePart::Controller) => "controller_de",
        (Language::German, NoticePart::Contact) => "contact_de",
        (Language::German, NoticePart::Purposes) => "purposes_de",
        (Language::German, NoticePart::Recipients) => "recipients_de",
        (Language::German, NoticePart::Periods) => "periods_de",
        (Language::German, NoticePart::Rights) => "rights_de",
        (Language::German, NoticePart::Complaint) => "complaint_de",
    }
}

const fn newsletter_key(field: NewsletterField) -> &'static str {
    use Language::{English, German};
    match field {
        NewsletterField::Name(English) => "name_en",
        NewsletterField::Name(German) => "name_de",
        NewsletterField::Text(English) => "text_en",
        NewsletterField::Text(German) => "text_de",
        NewsletterField::Subject(English) => "subject_en",
        NewsletterField::Subject(German) => "subject_de",
        NewsletterField::Body(English) => "body_en",
        NewsletterField::Body(German) => "body_de",
    }
}
