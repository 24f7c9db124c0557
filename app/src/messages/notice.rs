//! The privacy notice.

use domain::notice::NoticePart;

/// The privacy notice.
pub struct Notice {
    pub title: &'static str,
    /// The organisation, the version, and since when.
    pub lead: fn(&str, i64, &str) -> String,
    /// The heading of a part.
    pub part: fn(NoticePart) -> &'static str,
    /// What belongs into a part.
    pub part_hint: fn(NoticePart) -> &'static str,
    /// In place of what is refused before.
    pub not_agreed: &'static str,
    /// Opens it beside the page.
    pub read: &'static str,
    pub asked: &'static str,
    /// What continuing means.
    pub meaning: &'static str,
    pub go_on: &'static str,
    pub terminate: &'static str,
    /// Followed by when.
    pub agreed: &'static str,
    pub outdated: &'static str,
    pub see_current: &'static str,
    pub versions: &'static str,
    pub version: fn(i64) -> String,
    pub whose: &'static str,
    pub show: &'static str,
    pub edit: &'static str,
    /// The version that is being written.
    pub edit_lead: fn(i64) -> String,
    pub markdown_hint: &'static str,
    pub save: &'static str,
    pub preview: &'static str,
    pub preview_hint: &'static str,
    pub publish: &'static str,
    pub publish_title: &'static str,
    pub publish_confirm: &'static str,
    /// How many people.
    pub publish_effect: fn(i64) -> String,
    pub publish_for_good: &'static str,
    /// Label of the choice of whom to appoint.
    pub successor: &'static str,
    pub appoint: &'static str,
    pub appointed: &'static str,
    pub no_successor: &'static str,
}

pub const ENGLISH: Notice = Notice {
    title: "Privacy notice",
    lead: |organisation, version, date| format!("{organisation} · version {version} · {date}"),
    part: |part| match part {
        NoticePart::Changes => "What changed",
        NoticePart::Controller => "Who is responsible",
        NoticePart::Contact => "Data protection officer",
        NoticePart::Purposes => "What your data is for",
        NoticePart::Recipients => "Who gets to see it",
        NoticePart::Periods => "How long it is kept",
        NoticePart::Rights => "Your rights",
        NoticePart::Complaint => "Right to complain",
    },
    part_hint: |part| match part {
        NoticePart::Changes => "What is different from the version before, for those who have read that one",
        NoticePart::Controller => "Name and contact of the controller, Art. 13(1)(a) GDPR",
        NoticePart::Contact => "How to reach the data protection officer, Art. 13(1)(b) GDPR",
        NoticePart::Purposes => "Purposes and legal grounds, Art. 13(1)(c) and (d) GDPR",
        NoticePart::Recipients => "Recipients, and countries outside of the EU, Art. 13(1)(e) and (f) GDPR",
        NoticePart::Periods => "How long, or how that is decided, Art. 13(2)(a) GDPR",
        NoticePart::Rights => {
            "Access, rectification, erasure, objection and so on, Art. 13(2)(b) and (c) GDPR"
        }
        NoticePart::Complaint => "To which authority, Art. 13(2)(d) GDPR",
    },
    not_agreed: "There is a new privacy notice. Read it first, then continue or terminate your account; what you typed \
                 here stays.",
    read: "Read the notice",
    asked: "Before you go on: this is what happens with your data. Read it, then choose at the end.",
    meaning: "By continuing you agree to this version; that and the time are recorded. It is not a consent to \
              anything else: newsletters stay off until you switch them on. If you don't agree, terminate your account.",
    go_on: "Continue",
    terminate: "Terminate my account",
    agreed: "You agreed to this version on",
    outdated: "This is an earlier version.",
    see_current: "See the current one",
    versions: "Versions",
    version: |version| format!("Version {version}"),
    whose: "There are several organisations here. Whose notice do you want to read?",
    show: "Show the notice",
    edit: "Edit the notice",
    edit_lead: |version| {
        format!("You are writing version {version}. Nobody else sees it before it is published.")
    },
    markdown_hint: "Plain text, or Markdown: **bold**, - lists, [links](https://example.com). At most 5,000 characters \
                    in each field. HTML and images are not shown.",
    save: "Save and preview",
    preview: "Preview",
    preview_hint: "The draft as it was last saved",
    publish: "Publish",
    publish_title: "Publish this version?",
    publish_confirm: "Publish now",
    publish_effect: |users| match users {
        1 => "1 person sees it at their next step, and either continues or terminates their account.".into(),
        _ => format!(
            "{users} people see it at their next step, and either continue or terminate their account. You too."
        ),
    },
    publish_for_good: "Once published it can't be changed or taken back; what follows is a further version.",
    successor: "New platform admin",
    appoint: "Make platform admin",
    appointed: "Appointed. You can go now.",
    no_successor: "There is nobody yet who could be. Somebody of your organisation has to accept an invitation first.",
};

pub const GERMAN: Notice = Notice {
    title: "Datenschutzhinweise",
    lead: |organisation, version, date| format!("{organisation} · Fassung {version} · {date}"),
    part: |part| match part {
        NoticePart::Changes => "Was sich geändert hat",
        NoticePart::Controller => "Wer verantwortlich ist",
        NoticePart::Contact => "Datenschutzbeauftragter",
        NoticePart::Purposes => "Wofür Ihre Daten da sind",
        NoticePart::Recipients => "Wer sie zu sehen bekommt",
        NoticePart::Periods => "Wie lange sie bleiben",
        NoticePart::Rights => "Ihre Rechte",
        NoticePart::Complaint => "Beschwerderecht",
    },
    part_hint: |part| match part {
        NoticePart::Changes => "Was anders ist als in der Fassung davor, für alle, die jene gelesen haben",
        NoticePart::Controller => "Name und Kontakt des Verantwortlichen, Art. 13 Abs. 1 Buchst. a DSGVO",
        NoticePart::Contact => {
            "Wie der Datenschutzbeauftragte zu erreichen ist, Art. 13 Abs. 1 Buchst. b DSGVO"
        }
        NoticePart::Purposes => "Zwecke und Rechtsgrundlagen, Art. 13 Abs. 1 Buchst. c und d DSGVO",
        NoticePart::Recipients => {
            "Empfänger und Länder außerhalb der EU, Art. 13 Abs. 1 Buchst. e und f DSGVO"
        }
        NoticePart::Periods => "Wie lange, oder wonach sich das richtet, Art. 13 Abs. 2 Buchst. a DSGVO",
        NoticePart::Rights => {
            "Auskunft, Berichtigung, Löschung, Widerspruch und so weiter, Art. 13 Abs. 2 Buchst. b und c DSGVO"
        }
        NoticePart::Complaint => "Bei welcher Behörde, Art. 13 Abs. 2 Buchst. d DSGVO",
    },
    not_agreed: "Es gibt neue Datenschutzhinweise. Lesen Sie sie zuerst und machen Sie dann weiter oder beenden Sie Ihr \
                 Konto; Ihre Eingaben hier bleiben.",
    read: "Hinweise lesen",
    asked: "Bevor es weitergeht: Das geschieht mit Ihren Daten. Lesen Sie es und entscheiden Sie am Ende.",
    meaning: "Indem Sie weitermachen, stimmen Sie dieser Fassung zu; das und die Uhrzeit werden festgehalten. Es ist keine \
              Einwilligung in irgendetwas anderes: Newsletter bleiben aus, bis Sie sie einschalten. Wenn Sie nicht \
              zustimmen, beenden Sie Ihr Konto.",
    go_on: "Weiter",
    terminate: "Mein Konto beenden",
    agreed: "Sie haben dieser Fassung zugestimmt am",
    outdated: "Das ist eine frühere Fassung.",
    see_current: "Die aktuelle ansehen",
    versions: "Fassungen",
    version: |version| format!("Fassung {version}"),
    whose: "Hier gibt es mehrere Organisationen. Wessen Hinweise möchten Sie lesen?",
    show: "Hinweise zeigen",
    edit: "Hinweise bearbeiten",
    edit_lead: |version| {
        format!("Sie schreiben Fassung {version}. Niemand sonst sieht sie, bevor sie veröffentlicht ist.")
    },
    markdown_hint: "Einfacher Text oder Markdown: **fett**, - Listen, [Links](https://example.com). Höchstens 5.000 Zeichen \
                    in jedem Feld. HTML und Bilder werden nicht dargestellt.",
    save: "Speichern und ansehen",
    preview: "Vorschau",
    preview_hint: "Der Entwurf, wie er zuletzt gespeichert wurde",
    publish: "Veröffentlichen",
    publish_title: "Diese Fassung veröffentlichen?",
    publish_confirm: "Jetzt veröffentlichen",
    publish_effect: |users| match users {
        1 => "1 Person sieht sie beim nächsten Schritt und macht weiter oder beendet ihr Konto.".into(),
        _ => format!(
            "{users} Personen sehen sie beim nächsten Schritt und machen weiter oder beenden ihr Konto. Sie auch."
        ),
    },
    publish_for_good: "Danach kann sie weder geändert noch zurückgenommen werden; es folgt dann eine weitere Fassung.",
    successor: "Neuer Plattform-Admin",
    appoint: "Zum Plattform-Admin machen",
    appointed: "Ernannt. Sie können jetzt gehen.",
    no_successor: "Noch gibt es niemanden, der es sein könnte. Zuerst muss jemand aus Ihrer Organisation eine \
                   Einladung annehmen.",
};
