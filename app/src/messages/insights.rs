//! Anonymous usage: the counts. What features are called comes from the server.

use domain::insights::Period;

/// Anonymous usage: the counts.
pub struct Insights {
    pub title: &'static str,
    pub lead: &'static str,
    pub download: &'static str,
    pub period_label: &'static str,
    pub period: fn(Period) -> &'static str,
    /// How the bars are read.
    pub reading: &'static str,
    pub empty_title: &'static str,
    pub empty: &'static str,
    /// Stands over the features that have no bar.
    pub quiet: &'static str,
}

pub const ENGLISH: Insights = Insights {
    title: "Usage",
    lead: "How often each page was opened on a day, counted anonymously over all organisations of this installation together.",
    download: "Download as CSV",
    period_label: "Period",
    period: |period| match period {
        Period::Month => "30 days",
        Period::Quarter => "12 weeks",
        Period::Year => "A year",
    },
    reading: "All bars have the same scale. Numbers are rounded to 5. A short mark is a day with fewer than 10: such days are not stored. \
              Today may still grow.",
    empty_title: "Fewer than 10 uses on each day",
    empty: "As soon as a page is opened ten times on one day, it appears here. Less is never stored.",
    quiet: "Fewer than 10 on each day",
};

pub const GERMAN: Insights = Insights {
    title: "Nutzung",
    lead: "Wie oft jede Seite an einem Tag geöffnet wurde, anonym gezählt über alle Organisationen dieser Installation zusammen.",
    download: "Als CSV herunterladen",
    period_label: "Zeitraum",
    period: |period| match period {
        Period::Month => "30 Tage",
        Period::Quarter => "12 Wochen",
        Period::Year => "Ein Jahr",
    },
    reading: "Alle Balken haben denselben Maßstab. Zahlen sind auf 5 gerundet. Ein kurzer Strich ist ein Tag mit weniger als 10: \
              Solche Tage werden nicht gespeichert. Der heutige Tag kann noch wachsen.",
    empty_title: "An jedem Tag weniger als 10",
    empty: "Sobald eine Seite an einem Tag zehnmal geöffnet wurde, erscheint sie hier. Weniger wird nie gespeichert.",
    quiet: "An jedem Tag weniger als 10",
};
