//! The history as a hash chain.

use domain::chain::{Compared, Fault};

/// The history as a hash chain.
pub struct Chain {
    pub title: &'static str,
    pub lead: &'static str,
    pub check: &'static str,
    /// How many of how many.
    pub progress: fn(i64, i64) -> String,
    /// How many.
    pub sound: fn(i64) -> String,
    pub fault: fn(Fault) -> String,
    pub head: &'static str,
    pub head_hint: &'static str,
    pub compare: &'static str,
    pub compare_hint: &'static str,
    pub compared: fn(Compared) -> String,
}

pub const ENGLISH: Chain = Chain {
    title: "Is the history as it was?",
    lead: "Each entry is sealed together with the one before it, within a second. Whoever changes or removes one breaks the chain from there on.",
    check: "Check the chain",
    progress: |checked, links| format!("{checked} of {links} entries checked"),
    sound: |links| match links {
        1 => "The 1 entry is as it was sealed.".into(),
        _ => format!("All {links} entries are as they were sealed."),
    },
    fault: |fault| match fault {
        Fault::Changed { sequence, .. } => {
            format!("Entry {sequence} is not as it was sealed. Those before it are.")
        }
        Fault::Missing { sequence } => {
            format!("Entry {sequence} is missing. Those before it are as they were sealed.")
        }
        Fault::Head => {
            "The chain does not end where it should: entries at its end are missing, or all were made anew."
                .into()
        }
    },
    head: "The end of the chain",
    head_hint: "Keep this line where nobody can reach it who can change the database. It says nothing about anybody.",
    compare: "Compare",
    compare_hint: "A line that you kept. It shows whether the history up to then is still the same, even if somebody has made the whole chain anew.",
    compared: |compared| match compared {
        Compared::Fits { since: 0 } => "The history ends with this line. Nothing came since.".into(),
        Compared::Fits { since: 1 } => "The history is the same up to this line. 1 entry came since.".into(),
        Compared::Fits { since } => {
            format!("The history is the same up to this line. {since} entries came since.")
        }
        Compared::Differs => "The history is not the one that this line was taken from.".into(),
        Compared::Elsewhere => "This line is from the history of another organisation.".into(),
    },
};

pub const GERMAN: Chain = Chain {
    title: "Ist der Verlauf, wie er war?",
    lead: "Jeder Eintrag wird binnen einer Sekunde mit dem vorigen zusammen versiegelt. Wer einen ändert oder entfernt, bricht die Kette von dort an.",
    check: "Kette prüfen",
    progress: |checked, links| format!("{checked} von {links} Einträgen geprüft"),
    sound: |links| match links {
        1 => "Der eine Eintrag ist, wie er versiegelt wurde.".into(),
        _ => format!("Alle {links} Einträge sind, wie sie versiegelt wurden."),
    },
    fault: |fault| match fault {
        Fault::Changed { sequence, .. } => {
            format!("Eintrag {sequence} ist nicht, wie er versiegelt wurde. Die davor sind es.")
        }
        Fault::Missing { sequence } => {
            format!("Eintrag {sequence} fehlt. Die davor sind, wie sie versiegelt wurden.")
        }
        Fault::Head => {
            "Die Kette endet nicht, wo sie sollte: Am Ende fehlen Einträge, oder alle wurden neu gemacht."
                .into()
        }
    },
    head: "Das Ende der Kette",
    head_hint: "Bewahren Sie diese Zeile dort auf, wo niemand hinkommt, der die Datenbank ändern kann. Sie sagt über niemanden etwas.",
    compare: "Vergleichen",
    compare_hint: "Eine Zeile, die Sie aufbewahrt haben. Sie zeigt, ob der Verlauf bis dahin noch derselbe ist, selbst wenn jemand die ganze Kette neu gemacht hat.",
    compared: |compared| match compared {
        Compared::Fits { since: 0 } => "Der Verlauf endet mit dieser Zeile. Seitdem kam nichts.".into(),
        Compared::Fits { since: 1 } => {
            "Der Verlauf ist bis zu dieser Zeile derselbe. Seitdem kam 1 Eintrag.".into()
        }
        Compared::Fits { since } => {
            format!("Der Verlauf ist bis zu dieser Zeile derselbe. Seitdem kamen {since} Einträge.")
        }
        Compared::Differs => "Der Verlauf ist nicht der, aus dem diese Zeile stammt.".into(),
        Compared::Elsewhere => "Diese Zeile stammt aus dem Verlauf einer anderen Organisation.".into(),
    },
};
