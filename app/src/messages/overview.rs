//! The first page.

use domain::explain::AskedState;

/// The first page.
pub struct Overview {
    pub title: &'static str,
    /// A word to who is signed in: their name and the organisation.
    pub lead: fn(&str, &str) -> String,
    pub allowed: &'static str,
    pub nothing_allowed: &'static str,
    pub roles: &'static str,
    pub no_roles: &'static str,
    pub external: &'static str,
    /// What being external means.
    pub external_text: &'static str,
    pub profile: &'static str,
    /// How many ask for a right, and the way to them.
    pub to_answer: fn(i64) -> String,
    pub answer: &'static str,
    pub asked: &'static str,
    /// Where an own request stands, and since when.
    pub asked_state: fn(AskedState, &str) -> String,
    pub recent: &'static str,
    /// Leads to the history.
    pub whole_history: &'static str,
}

pub const ENGLISH: Overview = Overview {
    title: "Overview",
    lead: |name, organisation| format!("Hello, {name}. You are at {organisation}."),
    allowed: "What you may do",
    nothing_allowed: "Your roles allow nothing yet. Ask a platform admin for a role.",
    roles: "Your roles",
    no_roles: "You have no role yet. Ask a platform admin for one.",
    external: "External",
    external_text: "You belong to another company: what is only for insiders stays closed, \
                    whatever your roles say.",
    profile: "Your profile",
    to_answer: |count| match count {
        1 => "One person asks for a permission that you can grant.".into(),
        _ => format!("There are {count} requests for permissions that you can grant."),
    },
    answer: "To the requests",
    asked: "What you asked for",
    asked_state: |state, at| match state {
        AskedState::Open => format!("asked for on {at}, not answered yet"),
        AskedState::Granted => format!("granted on {at}"),
        AskedState::Declined => format!("declined on {at}"),
        AskedState::TakenBack => format!("taken back on {at}"),
    },
    recent: "What changed",
    whole_history: "Whole history",
};

pub const GERMAN: Overview = Overview {
    title: "Übersicht",
    lead: |name, organisation| format!("Hallo, {name}. Sie sind bei {organisation}."),
    allowed: "Was Sie dürfen",
    nothing_allowed: "Ihre Rollen erlauben noch nichts. Fragen Sie einen Plattform-Admin nach einer Rolle.",
    roles: "Ihre Rollen",
    no_roles: "Sie haben noch keine Rolle. Fragen Sie einen Plattform-Admin danach.",
    external: "Extern",
    external_text: "Sie gehören zu einer anderen Firma: Was nur für Interne ist, bleibt zu, \
                    was auch immer Ihre Rollen sagen.",
    profile: "Ihr Profil",
    to_answer: |count| match count {
        1 => "Eine Person bittet um eine Berechtigung, die Sie erteilen können.".into(),
        _ => format!("Es gibt {count} Anfragen nach Berechtigungen, die Sie erteilen können."),
    },
    answer: "Zu den Anfragen",
    asked: "Worum Sie gebeten haben",
    asked_state: |state, at| match state {
        AskedState::Open => format!("am {at} gefragt, noch nicht beantwortet"),
        AskedState::Granted => format!("am {at} erteilt"),
        AskedState::Declined => format!("am {at} abgelehnt"),
        AskedState::TakenBack => format!("am {at} zurückgenommen"),
    },
    recent: "Was sich geändert hat",
    whole_history: "Ganzer Verlauf",
};
