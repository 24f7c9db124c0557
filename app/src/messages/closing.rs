//! Closing the organisation.

use domain::closing::Going;

/// Closing the organisation.
pub struct Closing {
    pub title: &'static str,
    /// The name of the organisation.
    pub lead: fn(&str) -> String,
    pub goes: &'static str,
    /// What goes, and how much of it.
    pub part: fn(Going, i64) -> String,
    pub think: &'static str,
    pub accounting: &'static str,
    /// How many data requests nobody has answered.
    pub unanswered: fn(i64) -> String,
    /// What else to think of.
    pub before: &'static [&'static str],
    pub confirm: &'static str,
    /// The name of the organisation.
    pub name_hint: fn(&str) -> String,
    pub back: &'static str,
    /// On the page for signing in, when it is done.
    pub done: &'static str,
    /// Beside the way to this page.
    pub instead: &'static str,
    pub way: &'static str,
}

pub const ENGLISH: Closing = Closing {
    title: "Close the organisation",
    lead: |organisation| {
        format!(
            "Everything that is stored of {organisation} is erased for good, and nobody can sign in any more."
        )
    },
    goes: "What goes",
    part: |going, count| {
        let name = match going {
            Going::Users => "Accounts, with all that belongs to them",
            Going::FormerUsers => "Names of former users",
            Going::Roles => "Roles",
            Going::Partners => "Partners",
            Going::BillingDetails => "Versions of billing details",
            Going::History => "Entries of the history",
            Going::DataRequests => "Data requests",
            Going::OpenRequests => "Of them not answered yet",
            Going::Newsletters => "Newsletters",
            Going::Notices => "Versions of the privacy notice",
        };
        format!("{name}: {count}")
    },
    think: "Before you do that",
    accounting: "Billing details and the history go too. What accounting law asks you to keep, your organisation has to keep \
                 elsewhere: save it before.",
    unanswered: |count| {
        if count == 1 {
            "1 data request is not answered yet. It has to be answered all the same.".into()
        } else {
            format!("{count} data requests are not answered yet. They have to be answered all the same.")
        }
    },
    before: &[
        "Everybody is signed out at once. Nobody is told by mail: tell them yourself.",
        "Mail that has not left is not sent.",
        "There is no way back. The same name can be used again, for a new and empty organisation.",
    ],
    confirm: "Confirm it",
    name_hint: |organisation| format!("Type “{organisation}”"),
    back: "Keep the organisation",
    done: "The organisation is closed. Nobody can sign in to it any more, and what is left of it is being erased.",
    instead: "Or close the organisation, with all that is stored of it.",
    way: "End it for good, with all that is stored of it. First you see what goes, in numbers.",
};

pub const GERMAN: Closing = Closing {
    title: "Organisation schließen",
    lead: |organisation| {
        format!(
            "Alles, was zu {organisation} gespeichert ist, wird endgültig gelöscht, und niemand kann sich mehr anmelden."
        )
    },
    goes: "Was gelöscht wird",
    part: |going, count| {
        let name = match going {
            Going::Users => "Konten mit allem, was dazugehört",
            Going::FormerUsers => "Namen früherer Benutzer",
            Going::Roles => "Rollen",
            Going::Partners => "Partner",
            Going::BillingDetails => "Fassungen von Abrechnungsdaten",
            Going::History => "Einträge im Verlauf",
            Going::DataRequests => "Datenanfragen",
            Going::OpenRequests => "Davon noch nicht beantwortet",
            Going::Newsletters => "Newsletter",
            Going::Notices => "Fassungen des Datenschutzhinweises",
        };
        format!("{name}: {count}")
    },
    think: "Bevor Sie das tun",
    accounting: "Auch Abrechnungsdaten und Verlauf werden gelöscht. Was nach Handels- und Steuerrecht aufzubewahren ist, muss Ihre \
                 Organisation anderswo aufbewahren: Sichern Sie es vorher.",
    unanswered: |count| {
        if count == 1 {
            "1 Datenanfrage ist noch nicht beantwortet. Sie ist trotzdem zu beantworten.".into()
        } else {
            format!("{count} Datenanfragen sind noch nicht beantwortet. Sie sind trotzdem zu beantworten.")
        }
    },
    before: &[
        "Alle werden sofort abgemeldet. Niemand erfährt es per E-Mail: Sagen Sie es selbst.",
        "E-Mails, die noch nicht verschickt sind, werden nicht mehr verschickt.",
        "Es gibt keinen Weg zurück. Der Name kann wieder verwendet werden, für eine neue, leere Organisation.",
    ],
    confirm: "Bestätigen",
    name_hint: |organisation| format!("Geben Sie „{organisation}“ ein"),
    back: "Organisation behalten",
    done: "Die Organisation ist geschlossen. Niemand kann sich dort mehr anmelden, und was noch da ist, wird gerade gelöscht.",
    instead: "Oder schließen Sie die Organisation mit allem, was zu ihr gespeichert ist.",
    way: "Endgültig beenden, mit allem, was zu ihr gespeichert ist. Zuerst sehen Sie in Zahlen, was gelöscht wird.",
};
