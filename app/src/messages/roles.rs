//! The roles matrix.

/// The roles matrix.
pub struct Roles {
    pub title: &'static str,
    pub lead: &'static str,
    /// The name of a cell: the permission's label and the role's name.
    pub cell: fn(&str, &str) -> String,
}

pub const ENGLISH: Roles = Roles {
    title: "Manage Roles",
    lead: "A change is saved at once and reaches open pages within a second.",
    cell: |permission, role| format!("{permission} for {role}"),
};

pub const GERMAN: Roles = Roles {
    title: "Rollen verwalten",
    lead: "Eine Änderung wird sofort gespeichert und ist in einer Sekunde auf offenen Seiten.",
    cell: |permission, role| format!("{permission} für {role}"),
};
