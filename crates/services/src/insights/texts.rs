//! What features are called, and what is said about their counts, in both languages. They stay on the server:
//! page, file and drawing get them from here.

use domain::{
    Language,
    insights::{Feature, Frequency},
};

/// What is said about the counts of a feature.
pub(super) struct Words {
    pub(super) fewer: &'static str,
    pub(super) day: &'static str,
    pub(super) count: &'static str,
    pub(super) table: &'static str,
    /// The rounded number of the busiest day, and which day that is.
    pub(super) busiest: fn(u32, &str) -> String,
    /// The first and the last day; on how many days there were ten or more, and of how many.
    pub(super) description: fn(&str, &str, usize, usize) -> String,
}

static ENGLISH: Words = Words {
    fewer: "fewer than 10",
    day: "Day (UTC)",
    count: "Opened",
    table: "As a table",
    busiest: |count, day| format!("Busiest day: about {count} on {day}"),
    description: |from, to, known, days| {
        format!(
            "A bar for each day from {from} to {to}. {known} of {days} days have ten or more; a short mark is fewer than 10."
        )
    },
};

static GERMAN: Words = Words {
    fewer: "weniger als 10",
    day: "Tag (UTC)",
    count: "Geöffnet",
    table: "Als Tabelle",
    busiest: |count, day| format!("Stärkster Tag: etwa {count} am {day}"),
    description: |from, to, known, days| {
        format!(
            "Ein Balken für jeden Tag vom {from} bis zum {to}. {known} von {days} Tagen haben zehn oder mehr; ein kurzer Strich heißt weniger als 10."
        )
    },
};

pub(super) const fn of(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
    }
}

/// What may be known of a count.
pub(super) fn frequency(count: Frequency, language: Language) -> String {
    count.rounded().map_or_else(|| of(language).fewer.to_owned(), |count| count.to_string())
}

/// What a feature is called.
pub(super) const fn feature(feature: Feature, language: Language) -> &'static str {
    let (english, german) = match feature {
        Feature::Overview => ("Overview", "Übersicht"),
        Feature::Profile => ("Profile", "Profil"),
        Feature::Privacy => ("What we store", "Was wir speichern"),
        Feature::OwnRequests => ("Own data requests", "Eigene Datenanfragen"),
        Feature::Notice => ("Privacy notice", "Datenschutzhinweise"),
        Feature::Support => ("Support", "Hilfe"),
        Feature::Partners => ("List of partners", "Liste der Partner"),
        Feature::Partner => ("A partner", "Ein Partner"),
        Feature::NewPartner => ("New partner", "Neuer Partner"),
        Feature::PartnerBilling => ("Billing details of a partner", "Abrechnungsdaten eines Partners"),
        Feature::PartnerHistory => ("History of a partner", "Verlauf eines Partners"),
        Feature::Billing => ("Billing", "Abrechnung"),
        Feature::Users => ("List of users", "Liste der Benutzer"),
        Feature::User => ("A user", "Ein Benutzer"),
        Feature::NewUser => ("New user", "Neuer Benutzer"),
        Feature::Roles => ("Manage Roles", "Rollen verwalten"),
        Feature::Newsletters => ("Newsletters", "Newsletter"),
        Feature::NewsletterIssue => ("Writing a newsletter", "Newsletter schreiben"),
        Feature::History => ("History", "Verlauf"),
        Feature::Requests => ("Answering data requests", "Datenanfragen beantworten"),
        Feature::Organisation => ("Organisation", "Organisation"),
        Feature::SupportSettings => ("Support channels", "Hilfe einrichten"),
        Feature::NoticeDraft => ("Writing the privacy notice", "Datenschutzhinweise schreiben"),
        Feature::Insights => ("Usage", "Nutzung"),
    };
    match language {
        Language::English => english,
        Language::German => german,
    }
}
