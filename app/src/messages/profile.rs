//! One's own account: seeing it, changing it, ending it.

/// One's own account: seeing it, changing it, ending it.
pub struct Profile {
    pub title: &'static str,
    pub lead: &'static str,
}

pub const ENGLISH: Profile =
    Profile { title: "Profile", lead: "A name and an e-mail address are all we keep about you." };

pub const GERMAN: Profile = Profile {
    title: "Profil",
    lead: "Ein Name und eine E-Mail-Adresse sind alles, was wir von Ihnen speichern.",
};
