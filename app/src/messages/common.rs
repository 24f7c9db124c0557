//! Words that every feature uses.

/// Words that every feature uses.
pub struct Common {
    pub save: &'static str,
    pub create: &'static str,
    pub cancel: &'static str,
    pub close: &'static str,
    pub delete: &'static str,
    pub undo: &'static str,
    pub retry: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub search: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub pages: &'static str,
    pub saved: &'static str,
    pub not_saved: &'static str,
    pub unsaved_changes: &'static str,
    pub back_to_start: &'static str,
    /// In place of a name whose period is over.
    pub former_user: &'static str,
    pub errors_above: fn(usize) -> String,
    /// Why fields are disabled: the label of the permission that is missing.
    pub locked: fn(&str) -> String,
    /// Questions about that, and about who sees something.
    pub why_edit: &'static str,
    pub why_open: &'static str,
    pub who_sees: fn(&str) -> String,
    pub who_sees_iban: &'static str,
}

pub const ENGLISH: Common = Common {
    save: "Save",
    create: "Create",
    cancel: "Cancel",
    close: "Close",
    delete: "Delete",
    undo: "Undo",
    retry: "Try again",
    copy: "Copy",
    copied: "Copied",
    search: "Search",
    previous: "Previous",
    next: "Next",
    pages: "Pages",
    saved: "Saved",
    not_saved: "Not saved",
    unsaved_changes: "Unsaved changes",
    former_user: "Former user",
    back_to_start: "Go to the overview",
    errors_above: |count| match count {
        1 => "One field needs another look".into(),
        _ => format!("{count} fields need another look"),
    },
    locked: |label| format!("You can view this. Ask a platform admin for “{label}” to change it."),
    why_edit: "Why can't I edit this?",
    why_open: "Why can't I open this?",
    who_sees: |title| format!("Who can see “{title}”?"),
    who_sees_iban: "Who can see this IBAN?",
};

pub const GERMAN: Common = Common {
    save: "Speichern",
    create: "Anlegen",
    cancel: "Abbrechen",
    close: "Schließen",
    delete: "Löschen",
    undo: "Rückgängig",
    retry: "Erneut versuchen",
    copy: "Kopieren",
    copied: "Kopiert",
    search: "Suchen",
    previous: "Zurück",
    next: "Weiter",
    pages: "Seiten",
    saved: "Gespeichert",
    not_saved: "Nicht gespeichert",
    unsaved_changes: "Ungespeicherte Änderungen",
    former_user: "Ehemaliger Benutzer",
    back_to_start: "Zur Übersicht",
    errors_above: |count| match count {
        1 => "Ein Feld braucht noch einen Blick".into(),
        _ => format!("{count} Felder brauchen noch einen Blick"),
    },
    locked: |label| {
        format!("Sie können das ansehen. Zum Ändern brauchen Sie „{label}“ von einem Plattform-Admin.")
    },
    why_edit: "Warum kann ich das nicht bearbeiten?",
    why_open: "Warum kann ich das nicht öffnen?",
    who_sees: |title| format!("Wer kann „{title}“ sehen?"),
    who_sees_iban: "Wer kann diese IBAN sehen?",
};
