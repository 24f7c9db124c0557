//! The organisation itself.

/// The organisation itself.
pub struct Organisation {
    pub title: &'static str,
    pub lead: &'static str,
    pub time_zone_hint: &'static str,
}

pub const ENGLISH: Organisation = Organisation {
    title: "Organisation",
    lead: "The name that everybody sees, and the clock that days and due dates go by.",
    time_zone_hint: "Days, end dates and due dates are in it",
};

pub const GERMAN: Organisation = Organisation {
    title: "Organisation",
    lead: "Der Name, den alle sehen, und die Uhr, nach der Tage und Fristen gehen.",
    time_zone_hint: "Tage, Enddaten und Fristen richten sich danach",
};
