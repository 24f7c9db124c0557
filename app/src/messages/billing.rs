//! Billing details of partners and of the organisation.

/// Billing details of partners and of the organisation.
pub struct Billing {
    pub title: &'static str,
    /// What the tab of a partner says.
    pub details: &'static str,
    /// Why the fields are disabled.
    pub locked: &'static str,
}

pub const ENGLISH: Billing = Billing {
    title: "Billing",
    details: "Billing details",
    locked: "You can view billing details. Ask a platform admin for “Edit billing details”.",
};

pub const GERMAN: Billing = Billing {
    title: "Abrechnung",
    details: "Abrechnungsdaten",
    locked: "Sie können Abrechnungsdaten ansehen. Fragen Sie einen Plattform-Admin nach „Abrechnungsdaten bearbeiten“.",
};
