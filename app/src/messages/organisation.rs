//! The organisation itself.

/// The organisation itself.
pub struct Organisation {
    pub title: &'static str,
    pub lead: &'static str,
    pub time_zone_hint: &'static str,
    pub support: &'static str,
    pub support_text: &'static str,
    pub set_support: &'static str,
}

pub const ENGLISH: Organisation = Organisation {
    title: "Organisation",
    lead: "The name that everybody sees, and the clock that days and due dates go by.",
    time_zone_hint: "Days, end dates and due dates are in it",
    support: "Support",
    support_text: "How you are reached by e-mail, phone, chat and post, when, and who the contact for data protection is.",
    set_support: "Set how you are reached",
};

pub const GERMAN: Organisation = Organisation {
    title: "Organisation",
    lead: "Der Name, den alle sehen, und die Uhr, nach der Tage und Fristen gehen.",
    time_zone_hint: "Tage, Enddaten und Fristen richten sich danach",
    support: "Hilfe",
    support_text: "Wie man Sie per E-Mail, Telefon, Chat und Post erreicht, wann, und wer der Kontakt für den Datenschutz ist.",
    set_support: "Angeben, wie man Sie erreicht",
};
