//! What one save of billing details changed. The history names the fields; their values, old and new, are in the
//! versions, for those who may view billing details.

use super::{BillingField, BillingForm, Saved};
use crate::PartnerId;
use serde::{Deserialize, Serialize};

/// Asks what a version of billing details changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindBillingChange {
    /// Whose; nobody's are the organisation's own.
    pub partner: Option<PartnerId>,
    /// Counted from 1.
    pub version: i64,
}

/// What a version changed against the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingChange {
    /// The name of the partner, if it is one's.
    pub partner: Option<String>,
    /// Who saved it, and when.
    pub saved: Saved,
    /// What is another since, in the order of the form.
    pub fields: Vec<ChangedDetail>,
}

/// A detail before and after, as the form shows it; empty where it was not given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedDetail {
    /// Which.
    pub field: BillingField,
    /// In the version before.
    pub before: String,
    /// In this version.
    pub after: String,
}

impl ChangedDetail {
    /// Every detail that is written another way in `after`.
    pub fn between(before: &BillingForm, after: &BillingForm) -> Vec<Self> {
        let text = |form: &BillingForm, field| form.get(field).to_owned();
        BillingField::all()
            .map(|field| Self { field, before: text(before, field), after: text(after, field) })
            .filter(|detail| detail.before != detail.after)
            .collect()
    }
}
