//! Partners: the list, one partner, a new one.

use domain::partners::{PartnerKind, PartnerSort, PartnerStatus, StatusFilter};

/// Partners: the list, one partner, a new one.
pub struct Partners {
    pub title: &'static str,
    pub lead: &'static str,
    pub new: &'static str,
    pub status: fn(PartnerStatus) -> &'static str,
    pub kind: fn(PartnerKind) -> &'static str,
    pub filter: fn(StatusFilter) -> &'static str,
    pub sort: fn(PartnerSort) -> &'static str,
}

pub const ENGLISH: Partners = Partners {
    title: "Partners",
    lead: "People and companies you pay for what they bring",
    new: "New partner",
    status: |status| match status {
        PartnerStatus::Active => "Active",
        PartnerStatus::Deactivated => "Deactivated",
        PartnerStatus::Deleted => "Deleted",
    },
    kind: |kind| match kind {
        PartnerKind::Publisher => "Publisher",
        PartnerKind::Comparison => "Comparison",
        PartnerKind::Cashback => "Cashback",
        PartnerKind::Influencer => "Influencer",
        PartnerKind::Agency => "Agency",
        PartnerKind::Network => "Network",
        PartnerKind::Other => "Other",
    },
    filter: |filter| match filter {
        StatusFilter::Active => "Active",
        StatusFilter::Deactivated => "Deactivated",
        StatusFilter::All => "Active and deactivated",
    },
    sort: |sort| match sort {
        PartnerSort::Name => "By name",
        PartnerSort::Newest => "Newest first",
    },
};

pub const GERMAN: Partners = Partners {
    title: "Partner",
    lead: "Menschen und Firmen, die Sie für ihre Leistung bezahlen",
    new: "Neuer Partner",
    status: |status| match status {
        PartnerStatus::Active => "Aktiv",
        PartnerStatus::Deactivated => "Deaktiviert",
        PartnerStatus::Deleted => "Gelöscht",
    },
    kind: |kind| match kind {
        PartnerKind::Publisher => "Publisher",
        PartnerKind::Comparison => "Vergleich",
        PartnerKind::Cashback => "Cashback",
        PartnerKind::Influencer => "Influencer",
        PartnerKind::Agency => "Agentur",
        PartnerKind::Network => "Netzwerk",
        PartnerKind::Other => "Andere",
    },
    filter: |filter| match filter {
        StatusFilter::Active => "Aktiv",
        StatusFilter::Deactivated => "Deaktiviert",
        StatusFilter::All => "Aktiv und deaktiviert",
    },
    sort: |sort| match sort {
        PartnerSort::Name => "Nach Namen",
        PartnerSort::Newest => "Neueste zuerst",
    },
};
