//! Partners: who is paid.

use crate::{
    Field, FieldError, Fields, PartnerId, Problem, country::Country, name::PartnerName, text, time::LocalTime,
};
use serde::{Deserialize, Serialize};

/// Rows on one page of the list.
pub const PAGE: usize = 25;

/// Where a partner stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerStatus {
    /// Works with the organisation.
    Active,
    /// Paused, can come back.
    Deactivated,
    /// Gone from every list; name, billing details and history stay for accounting.
    Deleted,
}

impl PartnerStatus {
    /// What the database holds.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deactivated => "deactivated",
            Self::Deleted => "deleted",
        }
    }

    /// The status of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Active, Self::Deactivated, Self::Deleted].into_iter().find(|status| status.code() == code)
    }
}

/// What kind of business a partner is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum PartnerKind {
    #[default]
    Publisher,
    Comparison,
    Cashback,
    Influencer,
    Agency,
    Network,
    Other,
}

impl PartnerKind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::Publisher,
        Self::Comparison,
        Self::Cashback,
        Self::Influencer,
        Self::Agency,
        Self::Network,
        Self::Other,
    ];

    /// What the database holds.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::Comparison => "comparison",
            Self::Cashback => "cashback",
            Self::Influencer => "influencer",
            Self::Agency => "agency",
            Self::Network => "network",
            Self::Other => "other",
        }
    }

    /// The kind of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// General fields as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerForm {
    /// Name in the list.
    pub name: String,
    /// Kind of business.
    pub kind: PartnerKind,
    /// Web site, may be empty.
    pub website: String,
    /// Two-letter code, may be empty.
    pub country: String,
    /// Whom to talk to, may be empty; erased when the partner is deleted.
    pub contact_person: String,
    /// A note, may be empty; erased when the partner is deleted.
    pub note: String,
}

/// Checked general fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerFields {
    /// Name in the list.
    pub name: PartnerName,
    /// Kind of business.
    pub kind: PartnerKind,
    /// Web site, with its scheme.
    pub website: Option<String>,
    /// Country.
    pub country: Option<Country>,
    /// Whom to talk to.
    pub contact_person: Option<String>,
    /// A note.
    pub note: Option<String>,
}

impl PartnerForm {
    /// Checked fields, or all that is wrong.
    ///
    /// # Errors
    /// One entry for each field that can't be taken.
    pub fn parse(&self) -> Result<PartnerFields, Vec<FieldError>> {
        let mut fields = Fields::default();
        let name = fields.take(Field::Name, PartnerName::parse(&self.name));
        let website = fields.take(Field::Website, website(&self.website));
        let country = fields.take(Field::Country, optional_country(&self.country));
        let contact = fields.take(Field::ContactPerson, text::optional_line(&self.contact_person, 160));
        let note = fields.take(Field::Note, text::optional_paragraphs(&self.note, 4000));
        match (name, website, country, contact, note) {
            (Some(name), Some(website), Some(country), Some(contact_person), Some(note)) => {
                Ok(PartnerFields { name, kind: self.kind, website, country, contact_person, note })
            }
            _ => Err(fields.errors()),
        }
    }
}

fn optional_country(typed: &str) -> Result<Option<Country>, Problem> {
    if typed.trim().is_empty() { Ok(None) } else { Country::parse(typed).map(Some) }
}

/// A web address of scheme http or https; https is added where none was typed.
fn website(typed: &str) -> Result<Option<String>, Problem> {
    let Some(text) = text::optional_line(typed, 200)? else { return Ok(None) };
    let (scheme, rest) = text.split_once("://").unwrap_or(("https", &text));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let good = matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https")
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | ':'))
        && !rest.contains(char::is_whitespace);
    if good {
        Ok(Some(format!("{}://{rest}", scheme.to_ascii_lowercase())))
    } else {
        Err(Problem::NotAWebsite)
    }
}

/// Which partners the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusFilter {
    /// Those that work with the organisation.
    #[default]
    Active,
    /// Those that are paused.
    Deactivated,
    /// Both.
    All,
}

impl StatusFilter {
    /// Every filter, in the order of the select.
    pub const ALL: [Self; 3] = [Self::Active, Self::Deactivated, Self::All];

    /// What stands in the address of the page.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deactivated => "deactivated",
            Self::All => "all",
        }
    }

    /// The filter of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.code() == code)
    }
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerSort {
    /// By name, without regard to case and accents.
    #[default]
    Name,
    /// Newest first.
    Newest,
}

impl PartnerSort {
    /// Every order, in that of the select.
    pub const ALL: [Self; 2] = [Self::Name, Self::Newest];

    /// What stands in the address of the page.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Newest => "newest",
        }
    }

    /// The order of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }
}

/// Asks for a page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListPartners {
    /// Part of a name, web site or, for those who may view them, of a billing detail. May be empty.
    pub search: String,
    /// Which to show.
    pub status: StatusFilter,
    /// In which order.
    pub sort: PartnerSort,
    /// The last partner of the page before.
    pub after: Option<PartnerId>,
    /// The first partner of the page after, to go back.
    pub before: Option<PartnerId>,
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerPage {
    /// At most [`PAGE`].
    pub partners: Vec<PartnerRow>,
    /// Whether there is a page before.
    pub has_previous: bool,
    /// Whether there is a page after.
    pub has_next: bool,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerRow {
    /// Which.
    pub id: PartnerId,
    /// Name in the list.
    pub name: String,
    /// Kind of business.
    pub kind: PartnerKind,
    /// Two-letter code.
    pub country: Option<String>,
    /// Partner since.
    pub since: LocalTime,
    /// Where it stands.
    pub status: PartnerStatus,
}

/// A partner's general fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Which.
    pub id: PartnerId,
    /// Grows with each change; a save says which version it was made from.
    pub version: i64,
    /// Where it stands.
    pub status: PartnerStatus,
    /// Partner since.
    pub since: LocalTime,
    /// General fields.
    pub fields: PartnerForm,
}

/// Asks for one partner.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindPartner {
    /// Which.
    pub id: PartnerId,
}

/// Creates a partner.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreatePartner {
    /// What was typed.
    pub fields: PartnerForm,
}

/// Changes a partner's general fields.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdatePartner {
    /// Which.
    pub id: PartnerId,
    /// The version that was on the screen.
    pub version: i64,
    /// What was typed.
    pub fields: PartnerForm,
}

/// Deactivates, reactivates or deletes a partner.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePartnerStatus {
    /// Which.
    pub id: PartnerId,
    /// The version that was on the screen.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_get_their_scheme() {
        assert_eq!(website("example.org/a"), Ok(Some("https://example.org/a".into())));
        assert_eq!(website(" "), Ok(None));
        for bad in [
            "javascript://a.b/%0aalert(1)",
            "localhost",
            "https://",
            "https://a b.example",
            "data:text/html,x.y",
        ] {
            assert_eq!(website(bad), Err(Problem::NotAWebsite), "{bad}");
        }
    }
}
