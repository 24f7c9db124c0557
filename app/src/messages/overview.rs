//! The first page.

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
    recent: "Was sich geändert hat",
    whole_history: "Ganzer Verlauf",
};
