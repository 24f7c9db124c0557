//! Newsletters: switching them on, writing and sending them.

use domain::Language;

/// Newsletters: switching them on, writing and sending them.
pub struct Newsletters {
    pub title: &'static str,
    pub lead: &'static str,
    pub name: &'static str,
    /// How many have switched it on.
    pub readers: &'static str,
    pub closed: &'static str,
    pub empty_title: &'static str,
    pub empty: &'static str,
    pub new: &'static str,
    pub new_hint: &'static str,
    /// The name.
    pub created: fn(&str) -> String,
    /// Leads back to the list.
    pub all: &'static str,
    /// How many have switched it on.
    pub reads: fn(i64) -> String,
    pub words: &'static str,
    pub words_hint: &'static str,
    pub close: &'static str,
    pub close_text: &'static str,
    /// How many have switched it on.
    pub close_effect: fn(i64) -> String,
    pub close_done: &'static str,
    pub issues: &'static str,
    pub issue: &'static str,
    pub no_issues: &'static str,
    pub no_issues_text: &'static str,
    pub write: &'static str,
    pub untitled: &'static str,
    pub state: &'static str,
    pub draft: &'static str,
    /// To how many it was sent, of how many, and for how many it is on its way.
    pub progress: fn(i64, i64, i64) -> String,
    pub sent_lock: &'static str,
    pub closed_lock: &'static str,
    pub text: &'static str,
    pub text_hint: &'static str,
    pub preview: &'static str,
    /// A language and a subject.
    pub preview_of: fn(Language, &str) -> String,
    pub save_first: &'static str,
    pub test: &'static str,
    pub test_done: &'static str,
    pub send: &'static str,
    pub send_question: &'static str,
    /// To how many.
    pub send_effect: fn(i64) -> String,
    pub send_done: &'static str,
    pub delete: &'static str,
    pub delete_done: &'static str,
    pub sending: &'static str,
    /// On the profile.
    pub yours: &'static str,
    pub yours_hint: &'static str,
    pub yours_none: &'static str,
    /// To whoever has not agreed to the current privacy notice.
    pub yours_agree_first: &'static str,
    /// The name.
    pub on: fn(&str) -> String,
    /// The name.
    pub off: fn(&str) -> String,
    pub record: &'static str,
    pub record_json: &'static str,
    pub record_csv: &'static str,
}

pub const ENGLISH: Newsletters = Newsletters {
    title: "Newsletters",
    lead: "Users switch them on, on their profile. Nobody gets one before that.",
    name: "Newsletter",
    readers: "Switched on by",
    closed: "Closed",
    empty_title: "There is no newsletter yet",
    empty: "Give one a name and say what it brings. Then users can switch it on.",
    new: "New newsletter",
    new_hint: "Off for everyone at first. The text stands beside the switch, so say what comes and how often.",
    created: |name| format!("{name} can now be switched on"),
    all: "All newsletters",
    reads: |count| match count {
        1 => "1 user has switched it on.".into(),
        _ => format!("{count} users have switched it on."),
    },
    words: "What stands beside the switch",
    words_hint: "Each change is a new version. The earlier ones are kept: they are what users agreed to.",
    close: "Close this newsletter",
    close_text: "It leaves all profiles, and nobody gets it any more. Its issues stay here.",
    close_effect: |count| match count {
        1 => "It is switched off for 1 user, and what is on its way is stopped. It can't be opened again."
            .into(),
        _ => format!(
            "It is switched off for {count} users, and what is on its way is stopped. It can't be opened again."
        ),
    },
    close_done: "The newsletter is closed",
    issues: "Issues",
    issue: "Issue",
    no_issues: "No issue yet",
    no_issues_text: "Write the first one. You can look at it and send it to yourself before others get it.",
    write: "Write an issue",
    untitled: "Without a subject",
    state: "State",
    draft: "Draft",
    progress: |sent, recipients, waiting| match (waiting, recipients - sent - waiting) {
        (0, 0) => format!("Sent to all {recipients}"),
        (0, not) => format!("Sent to {sent} of {recipients}; {not} opted out, left or could not be reached"),
        _ => format!("Sent to {sent} of {recipients}, {waiting} on their way"),
    },
    sent_lock: "This issue was sent. What was sent can't be changed.",
    closed_lock: "This newsletter is closed: it can be neither changed nor sent.",
    text: "The issue",
    text_hint: "One language is enough; whoever reads the other one gets it too. Markdown: **bold**, *slanted*, # heading, - list, [link](https://…).",
    preview: "Preview",
    preview_of: |language, subject| match language {
        Language::English => format!("English: {subject}"),
        Language::German => format!("German: {subject}"),
    },
    save_first: "Save first: what is saved is what is sent.",
    test: "Send a test to me",
    test_done: "The test is on its way to you",
    send: "Send",
    send_question: "Send this issue?",
    send_effect: |count| match count {
        1 => "It goes to 1 user at once and can't be called back.".into(),
        _ => format!("It goes to {count} users at once and can't be called back."),
    },
    send_done: "The issue is on its way",
    delete: "Delete the draft",
    delete_done: "The draft is deleted",
    sending: "Sending",
    yours: "Newsletters",
    yours_hint: "Off until you switch one on. Each mail has a link that switches it off again.",
    yours_none: "There is no newsletter here.",
    yours_agree_first: "You can switch them off here. To switch one on, agree to the privacy notice first.",
    on: |name| format!("{name} is on"),
    off: |name| format!("{name} is off"),
    record: "What you have agreed to, when, and what stood there:",
    record_json: "Download as JSON",
    record_csv: "Download as a table",
};

pub const GERMAN: Newsletters = Newsletters {
    title: "Newsletter",
    lead: "Benutzer schalten sie in ihrem Profil ein. Vorher bekommt sie niemand.",
    name: "Newsletter",
    readers: "Eingeschaltet von",
    closed: "Geschlossen",
    empty_title: "Es gibt noch keinen Newsletter",
    empty: "Geben Sie einem einen Namen und sagen Sie, was er bringt. Dann kann man ihn einschalten.",
    new: "Neuer Newsletter",
    new_hint: "Zuerst für alle aus. Der Text steht neben dem Schalter: Sagen Sie, was kommt und wie oft.",
    created: |name| format!("{name} kann jetzt eingeschaltet werden"),
    all: "Alle Newsletter",
    reads: |count| match count {
        1 => "1 Benutzer hat ihn eingeschaltet.".into(),
        _ => format!("{count} Benutzer haben ihn eingeschaltet."),
    },
    words: "Was neben dem Schalter steht",
    words_hint: "Jede Änderung ist eine neue Fassung. Die früheren bleiben: Ihnen wurde zugestimmt.",
    close: "Diesen Newsletter schließen",
    close_text: "Er verschwindet aus allen Profilen, und niemand bekommt ihn mehr. Seine Ausgaben bleiben hier.",
    close_effect: |count| {
        format!(
            "Er wird für {count} Benutzer ausgeschaltet, und was unterwegs ist, wird angehalten. Er lässt sich nicht wieder öffnen."
        )
    },
    close_done: "Der Newsletter ist geschlossen",
    issues: "Ausgaben",
    issue: "Ausgabe",
    no_issues: "Noch keine Ausgabe",
    no_issues_text: "Schreiben Sie die erste. Sie können sie ansehen und sich selbst schicken, bevor andere sie bekommen.",
    write: "Ausgabe schreiben",
    untitled: "Ohne Betreff",
    state: "Stand",
    draft: "Entwurf",
    progress: |sent, recipients, waiting| match (waiting, recipients - sent - waiting) {
        (0, 0) => format!("An alle {recipients} gesendet"),
        (0, not) => {
            format!("An {sent} von {recipients} gesendet; {not} abbestellt, gegangen oder nicht erreichbar")
        }
        _ => format!("An {sent} von {recipients} gesendet, {waiting} unterwegs"),
    },
    sent_lock: "Diese Ausgabe wurde gesendet. Was gesendet wurde, lässt sich nicht ändern.",
    closed_lock: "Dieser Newsletter ist geschlossen: Er lässt sich weder ändern noch senden.",
    text: "Die Ausgabe",
    text_hint: "Eine Sprache genügt; wer die andere liest, bekommt sie auch. Markdown: **fett**, *kursiv*, # Überschrift, - Liste, [Link](https://…).",
    preview: "Vorschau",
    preview_of: |language, subject| match language {
        Language::English => format!("Englisch: {subject}"),
        Language::German => format!("Deutsch: {subject}"),
    },
    save_first: "Speichern Sie zuerst: Gesendet wird, was gespeichert ist.",
    test: "Test an mich senden",
    test_done: "Der Test ist auf dem Weg zu Ihnen",
    send: "Senden",
    send_question: "Diese Ausgabe senden?",
    send_effect: |count| format!("Sie geht sofort an {count} Benutzer und lässt sich nicht zurückholen."),
    send_done: "Die Ausgabe ist unterwegs",
    delete: "Entwurf löschen",
    delete_done: "Der Entwurf ist gelöscht",
    sending: "Versand",
    yours: "Newsletter",
    yours_hint: "Aus, bis Sie einen einschalten. In jeder E-Mail steht ein Link, der ihn wieder ausschaltet.",
    yours_none: "Hier gibt es keinen Newsletter.",
    yours_agree_first: "Hier können Sie sie ausschalten. Um einen einzuschalten, stimmen Sie zuerst den Datenschutzhinweisen zu.",
    on: |name| format!("{name} ist eingeschaltet"),
    off: |name| format!("{name} ist ausgeschaltet"),
    record: "Wozu Sie zugestimmt haben, wann, und was dort stand:",
    record_json: "Als JSON herunterladen",
    record_csv: "Als Tabelle herunterladen",
};
