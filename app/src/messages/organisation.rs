//! The organisation itself.

/// The organisation itself.
pub struct Organisation {
    pub title: &'static str,
    pub lead: &'static str,
    pub time_zone_hint: &'static str,
    pub name_years: &'static str,
    pub name_years_billing_hint: &'static str,
    pub name_years_other_hint: &'static str,
    pub periods: &'static str,
    pub periods_lead: &'static str,
    pub what: &'static str,
    pub period: &'static str,
    pub ground: &'static str,
    pub support: &'static str,
    pub support_text: &'static str,
    pub set_support: &'static str,
}

pub const ENGLISH: Organisation = Organisation {
    title: "Organisation",
    lead: "The name that everybody sees, and the clock that days and due dates go by.",
    time_zone_hint: "Days, end dates and due dates are in it",
    name_years: "When somebody's account ends, their name stays on what they did. After these full years it reads “former user”. That holds for names that are kept already, too, and can't be undone.",
    name_years_billing_hint: "After the end of the year in which they last saved billing details; accounting law says how long",
    name_years_other_hint: "After the end of the year in which the account ended",
    periods: "How long things are kept",
    periods_lead: "All that is stored of users, as each of them reads it under What we store.",
    what: "What",
    period: "How long",
    ground: "On which ground",
    support: "Support",
    support_text: "How you are reached by e-mail, phone, chat and post, when, and who the contact for data protection is.",
    set_support: "Set how you are reached",
};

pub const GERMAN: Organisation = Organisation {
    title: "Organisation",
    lead: "Der Name, den alle sehen, und die Uhr, nach der Tage und Fristen gehen.",
    time_zone_hint: "Tage, Enddaten und Fristen richten sich danach",
    name_years: "Endet ein Konto, bleibt der Name an dem, was getan wurde. Nach so vielen vollen Jahren steht dort „Ehemaliger Benutzer“. Das gilt auch für Namen, die schon aufbewahrt werden, und lässt sich nicht rückgängig machen.",
    name_years_billing_hint: "Nach Ende des Jahres, in dem zuletzt Abrechnungsdaten gespeichert wurden; wie lange, sagt das Buchhaltungsrecht",
    name_years_other_hint: "Nach Ende des Jahres, in dem das Konto endete",
    periods: "Wie lange etwas aufbewahrt wird",
    periods_lead: "Alles, was von Benutzern gespeichert ist, so wie sie selbst es unter „Was wir speichern“ lesen.",
    what: "Was",
    period: "Wie lange",
    ground: "Rechtsgrundlage",
    support: "Hilfe",
    support_text: "Wie man Sie per E-Mail, Telefon, Chat und Post erreicht, wann, und wer der Kontakt für den Datenschutz ist.",
    set_support: "Angeben, wie man Sie erreicht",
};
