//! Navigation, switches, titles of pages.

/// Navigation, switches, titles of pages.
pub struct Frame {
    pub skip: &'static str,
    pub menu: &'static str,
    pub you: &'static str,
    pub organisation: &'static str,
    pub overview: &'static str,
    pub profile: &'static str,
    pub partners: &'static str,
    pub billing: &'static str,
    pub users: &'static str,
    pub roles: &'static str,
    pub history: &'static str,
    pub sign_out: &'static str,
    /// What the button that leads to the other language says, in that language.
    pub other_language: &'static str,
    pub appearance: &'static str,
    pub system: &'static str,
    pub light: &'static str,
    pub dark: &'static str,
}

pub const ENGLISH: Frame = Frame {
    skip: "Skip to the content",
    menu: "Menu",
    you: "You",
    organisation: "Organisation",
    overview: "Overview",
    profile: "Profile",
    partners: "Partners",
    billing: "Billing",
    users: "Users",
    roles: "Manage Roles",
    history: "History",
    sign_out: "Sign out",
    other_language: "Deutsch",
    appearance: "Appearance",
    system: "System",
    light: "Light",
    dark: "Dark",
};

pub const GERMAN: Frame = Frame {
    skip: "Zum Inhalt springen",
    menu: "Menü",
    you: "Sie",
    organisation: "Organisation",
    overview: "Übersicht",
    profile: "Profil",
    partners: "Partner",
    billing: "Abrechnung",
    users: "Benutzer",
    roles: "Rollen verwalten",
    history: "Verlauf",
    sign_out: "Abmelden",
    other_language: "English",
    appearance: "Darstellung",
    system: "System",
    light: "Hell",
    dark: "Dunkel",
};
