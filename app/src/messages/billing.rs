//! Billing details of partners and of the organisation.

/// Billing details of partners and of the organisation.
pub struct Billing {
    pub title: &'static str,
    pub lead: &'static str,
    /// What the tab of a partner says.
    pub details: &'static str,
    /// Why the fields are disabled.
    pub locked: &'static str,
    /// Why those of a deleted partner are disabled.
    pub deleted: &'static str,
    pub company: &'static str,
    pub address: &'static str,
    pub payment: &'static str,
    pub invoices: &'static str,
    pub choose: &'static str,
    pub saved_by: fn(&str, &str) -> String,
    pub never_saved: &'static str,
    /// What one save changed: the name of the partner, or none for the organisation's own.
    pub change_title: fn(Option<&str>) -> String,
    /// Who saved a version that need not be the latest, and when.
    pub saved_then: fn(&str, &str) -> String,
    /// The columns of what changed.
    pub detail: &'static str,
    pub before: &'static str,
    pub after: &'static str,
    pub nothing_changed: &'static str,
    pub as_they_are_now: &'static str,
}

pub const ENGLISH: Billing = Billing {
    title: "Billing",
    lead: "Your organisation's own billing details",
    details: "Billing details",
    locked: "You can view billing details. To change them, ask a platform admin for “Edit billing details”.",
    deleted: "This partner was deleted. Its billing details stay for accounting and can't be changed.",
    company: "Company",
    address: "Address",
    payment: "Payment",
    invoices: "Invoices",
    choose: "Not given",
    saved_by: |name, time| format!("Last saved by {name} on {time}"),
    never_saved: "Nothing was saved here yet",
    change_title: |partner| match partner {
        Some(partner) => format!("What changed in the billing details of {partner}"),
        None => "What changed in your organisation's billing details".into(),
    },
    saved_then: |name, time| format!("Saved by {name} on {time}"),
    detail: "Detail",
    before: "Before",
    after: "After",
    nothing_changed: "They were saved as they had been before.",
    as_they_are_now: "As they are now",
};

pub const GERMAN: Billing = Billing {
    title: "Abrechnung",
    lead: "Die Abrechnungsdaten Ihrer eigenen Organisation",
    details: "Abrechnungsdaten",
    locked: "Sie können Abrechnungsdaten ansehen. Zum Ändern brauchen Sie „Abrechnungsdaten bearbeiten“ von einem Plattform-Admin.",
    deleted: "Dieser Partner wurde gelöscht. Seine Abrechnungsdaten bleiben für die Buchhaltung und sind nicht mehr änderbar.",
    company: "Unternehmen",
    address: "Anschrift",
    payment: "Zahlung",
    invoices: "Rechnungen",
    choose: "Keine Angabe",
    saved_by: |name, time| format!("Zuletzt gespeichert von {name} am {time}"),
    never_saved: "Hier wurde noch nichts gespeichert",
    change_title: |partner| match partner {
        Some(partner) => format!("Was sich an den Abrechnungsdaten von {partner} geändert hat"),
        None => "Was sich an den Abrechnungsdaten Ihrer Organisation geändert hat".into(),
    },
    saved_then: |name, time| format!("Gespeichert von {name} am {time}"),
    detail: "Angabe",
    before: "Vorher",
    after: "Nachher",
    nothing_changed: "Sie wurden so gespeichert, wie sie schon waren.",
    as_they_are_now: "Wie sie jetzt sind",
};
