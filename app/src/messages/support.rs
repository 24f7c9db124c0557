//! How to reach the organisation.

/// How to reach the organisation.
pub struct Support {
    pub title: &'static str,
    pub lead: &'static str,
    /// Shows the channels of the organisation that was named.
    pub show: &'static str,
    pub ways: &'static str,
    pub empty_title: &'static str,
    pub empty: &'static str,
    /// Leads to the settings, for those who may.
    pub set: &'static str,
    pub protection: &'static str,
    pub no_contact: &'static str,
    pub protection_text: &'static str,
    /// Leads to one's own data requests.
    pub requests: &'static str,
    /// The same for somebody who is signed out.
    pub requests_signed_out: &'static str,
    pub settings_title: &'static str,
    pub settings_lead: &'static str,
    pub contact_hint: &'static str,
    pub up: &'static str,
    pub down: &'static str,
    /// Leads to the page that everybody sees.
    pub see: &'static str,
}

pub const ENGLISH: Support = Support {
    title: "Support",
    lead: "How to reach the people behind this console",
    show: "Show",
    ways: "Ways to reach us",
    empty_title: "No way to reach support is given here",
    empty: "The organisation can show its e-mail address, phone number, chat and postal address here.",
    set: "Say how to reach you",
    protection: "Data protection",
    no_contact: "No contact for data protection is given here.",
    protection_text: "You can ask what is stored about you, and have it corrected or erased. Each request \
                      gets a number and is answered within a month.",
    requests: "Your data requests",
    requests_signed_out: "Sign in to ask about your data",
    settings_title: "Support",
    settings_lead: "Everybody sees this, signed in or not. What you leave empty is not shown.",
    contact_hint: "A person or a team, such as the data protection officer",
    up: "Move up",
    down: "Move down",
    see: "See the page",
};

pub const GERMAN: Support = Support {
    title: "Hilfe",
    lead: "So erreichen Sie die Menschen hinter dieser Konsole",
    show: "Anzeigen",
    ways: "So erreichen Sie uns",
    empty_title: "Hier steht noch kein Weg zur Hilfe",
    empty: "Die Organisation kann hier E-Mail-Adresse, Telefonnummer, Chat und Postanschrift zeigen.",
    set: "Angeben, wie man Sie erreicht",
    protection: "Datenschutz",
    no_contact: "Hier ist kein Kontakt für den Datenschutz angegeben.",
    protection_text: "Sie können fragen, was über Sie gespeichert ist, und es berichtigen oder löschen lassen. \
                      Jede Anfrage bekommt eine Nummer und binnen eines Monats eine Antwort.",
    requests: "Ihre Datenanfragen",
    requests_signed_out: "Anmelden und nach Ihren Daten fragen",
    settings_title: "Hilfe",
    settings_lead: "Das sehen alle, angemeldet oder nicht. Was Sie leer lassen, wird nicht gezeigt.",
    contact_hint: "Eine Person oder ein Team, etwa die oder der Datenschutzbeauftragte",
    up: "Nach oben",
    down: "Nach unten",
    see: "Seite ansehen",
};
