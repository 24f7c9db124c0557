//! The roles matrix.

use crate::roles::groups::Group;
use domain::Permission::{self, *};

/// The roles matrix.
pub struct Roles {
    pub title: &'static str,
    pub lead: &'static str,
    pub permission: &'static str,
    pub group: fn(Group) -> &'static str,
    /// The name of a cell: the permission's label, or all of a group, and the role's name.
    pub cell: fn(&str, &str) -> String,
    /// All permissions of a group.
    pub all_of: fn(&str) -> String,
    /// How many users hold a role.
    pub members: fn(i64) -> String,
    /// What became of a role: its name, what it has now, what it has no longer.
    pub changed: fn(&str, &[Permission], &[Permission]) -> String,
    /// The same, undone.
    pub undone: fn(&str) -> String,
    /// After what somebody else changed: the reader's own change was not saved.
    pub changed_meanwhile: fn(&str) -> String,
    pub renamed_meanwhile: fn(&str) -> String,
    pub deleted_meanwhile: fn(&str) -> String,
    pub not_undone: &'static str,
    pub never: &'static str,
    pub never_reason: &'static str,
    /// The label of the permission that the reader lacks.
    pub lacking: fn(&str) -> String,
    pub system_reason: &'static str,
    pub implied: &'static str,
    /// The label of the permission that brings it along.
    pub comes_with: fn(&str) -> String,
    pub keys: &'static str,
    pub find: &'static str,
    pub compare: &'static str,
    pub compare_with: &'static str,
    /// Where no role is chosen yet.
    pub no_role: &'static str,
    pub show_all: &'static str,
    /// What was looked for, how many roles have it in their name, and how many roles there are.
    pub found: fn(&str, usize, usize) -> String,
    /// The names of two roles, and in how many permissions they differ.
    pub compared: fn(&str, &str, usize) -> String,
    pub differs: &'static str,
    pub more: &'static str,
    pub more_about: fn(&str) -> String,
    /// How many permissions a role gives.
    pub gives: fn(usize) -> String,
    /// The label of the permission that the reader lacks.
    pub lacking_for_role: fn(&str) -> String,
    pub copy_role: fn(&str) -> String,
    /// What a copy is called unless somebody says otherwise.
    pub copy_name: fn(&str) -> String,
    /// How many permissions it begins with.
    pub copy_hint: fn(usize) -> String,
    /// The new role, and the one that it is a copy of.
    pub copied: fn(&str, &str) -> String,
    pub new: &'static str,
    pub rename: &'static str,
    pub rename_role: fn(&str) -> String,
    pub delete_question: fn(&str) -> String,
    /// How many lose what the role gave, and how many permissions that are.
    pub delete_effect: fn(i64, usize) -> String,
    pub created: fn(&str) -> String,
    pub renamed: fn(&str) -> String,
    pub deleted: fn(&str) -> String,
    pub new_hint: &'static str,
}

pub const ENGLISH: Roles = Roles {
    title: "Manage Roles",
    lead: "A change is saved at once and reaches open pages within a second.",
    permission: "Permission",
    group: |group| match group {
        Group::Partners => "Partners",
        Group::Billing => "Billing",
        Group::People => "People",
        Group::Oversight => "Oversight",
        Group::Organisation => "Organisation",
    },
    cell: |permission, role| format!("{permission} for {role}"),
    all_of: |group| format!("All of {group}"),
    members: |members| match members {
        1 => "1 person".into(),
        _ => format!("{members} people"),
    },
    changed: |role, granted, revoked| {
        let does = |permissions: &[Permission]| {
            let verbs: Vec<_> = permissions.iter().map(|permission| does_english(*permission)).collect();
            listed(&verbs, "and")
        };
        match (granted.is_empty(), revoked.is_empty()) {
            (true, true) => format!("{role} may do the same as before."),
            (false, true) => format!("{role} now {}.", does(granted)),
            (true, false) => format!("{role} no longer {}.", does(revoked)),
            (false, false) => format!("{role} now {}, and no longer {}.", does(granted), does(revoked)),
        }
    },
    undone: |changed| format!("Undone. {changed}"),
    changed_meanwhile: |changed| {
        format!("Somebody else was faster: {changed} Your change was not saved; you now see what is stored.")
    },
    renamed_meanwhile: |role| {
        format!(
            "Somebody renamed this role meanwhile: it is now {role}. Your change was not saved; try it again."
        )
    },
    deleted_meanwhile: |role| format!("Somebody deleted {role} meanwhile. Your change was not saved."),
    not_undone: "This could not be undone. You now see what is stored.",
    never: "never",
    never_reason: "Held by external users, who can never have this",
    lacking: |label| format!("You don’t hold “{label}” yourself, so you can neither give nor take it"),
    system_reason: "Holds everything and can’t be changed",
    implied: "comes with another permission",
    comes_with: |label| format!("comes with {label}"),
    keys: "Arrow keys move from cell to cell, the space bar ticks.",
    find: "Find a role",
    compare: "Compare",
    compare_with: "with",
    no_role: "Choose a role",
    show_all: "Show all roles",
    found: |search, found, all| match found {
        0 => format!("No role has “{search}” in its name."),
        _ => format!("{found} of {all} roles"),
    },
    compared: |one, other, count| match count {
        0 => format!("{one} and {other} may do the same."),
        1 => format!("{one} and {other} differ in 1 permission."),
        _ => format!("{one} and {other} differ in {count} permissions."),
    },
    differs: "differs",
    more: "More",
    more_about: |role| format!("More about {role}"),
    gives: |permissions| match permissions {
        0 => "Gives no permissions.".into(),
        1 => "Gives 1 permission.".into(),
        _ => format!("Gives {permissions} permissions."),
    },
    lacking_for_role: |label| {
        format!("You don’t hold “{label}” yourself, so you can neither copy nor change this role.")
    },
    copy_role: |role| format!("Copy {role}"),
    copy_name: |role| format!("Copy of {role}"),
    copy_hint: |permissions| match permissions {
        0 => "It starts without permissions and without people.".into(),
        1 => "It starts with the same permission and without people.".into(),
        _ => format!("It starts with the same {permissions} permissions and without people."),
    },
    copied: |role, from| format!("{role} was created. It may do what {from} may, and nobody holds it yet."),
    new: "New role",
    rename: "Rename",
    rename_role: |role| format!("Rename {role}"),
    delete_question: |role| format!("Delete {role}?"),
    delete_effect: |members, permissions| {
        let what = match permissions {
            0 => "It has no permissions.".to_owned(),
            1 => "It gives 1 permission.".to_owned(),
            _ => format!("It gives {permissions} permissions."),
        };
        match members {
            0 => format!("{what} Nobody holds this role."),
            1 => format!("{what} 1 user holds this role and loses what no other role gives them, at once."),
            _ => {
                format!(
                    "{what} {members} users hold this role and lose what no other role gives them, at once."
                )
            }
        }
    },
    created: |role| format!("{role} was created. It has no permissions yet."),
    renamed: |role| format!("The role is now called {role}."),
    deleted: |role| format!("{role} was deleted."),
    new_hint: "It starts without permissions; tick them in its column.",
};

pub const GERMAN: Roles = Roles {
    title: "Rollen verwalten",
    lead: "Eine Änderung wird sofort gespeichert und ist in einer Sekunde auf offenen Seiten.",
    permission: "Berechtigung",
    group: |group| match group {
        Group::Partners => "Partner",
        Group::Billing => "Abrechnung",
        Group::People => "Personen",
        Group::Oversight => "Übersicht",
        Group::Organisation => "Organisation",
    },
    cell: |permission, role| format!("{permission} für {role}"),
    all_of: |group| format!("Alles unter {group}"),
    members: |members| match members {
        1 => "1 Person".into(),
        _ => format!("{members} Personen"),
    },
    changed: |role, granted, revoked| {
        let has = |permissions: &[Permission]| {
            let labels: Vec<_> = permissions
                .iter()
                .map(|permission| format!("„{}“", super::permissions::GERMAN.label(*permission)))
                .collect();
            listed(&labels.iter().map(String::as_str).collect::<Vec<_>>(), "und")
        };
        match (granted.is_empty(), revoked.is_empty()) {
            (true, true) => format!("{role} darf dasselbe wie vorher."),
            (false, true) => format!("{role} hat jetzt {}.", has(granted)),
            (true, false) => format!("{role} hat nicht mehr {}.", has(revoked)),
            (false, false) => format!("{role} hat jetzt {}, aber nicht mehr {}.", has(granted), has(revoked)),
        }
    },
    undone: |changed| format!("Rückgängig gemacht. {changed}"),
    changed_meanwhile: |changed| {
        format!(
            "Jemand war schneller: {changed} Ihre Änderung wurde nicht gespeichert; Sie sehen jetzt, was gespeichert ist."
        )
    },
    renamed_meanwhile: |role| {
        format!(
            "Jemand hat diese Rolle inzwischen umbenannt: Sie heißt jetzt {role}. Ihre Änderung wurde nicht gespeichert; versuchen Sie es noch einmal."
        )
    },
    deleted_meanwhile: |role| {
        format!("Jemand hat {role} inzwischen gelöscht. Ihre Änderung wurde nicht gespeichert.")
    },
    not_undone: "Das ließ sich nicht rückgängig machen. Sie sehen jetzt, was gespeichert ist.",
    never: "nie",
    never_reason: "Externe haben diese Rolle, und Externe können das nie haben",
    lacking: |label| format!("Sie haben „{label}“ selbst nicht und können es darum weder geben noch nehmen"),
    system_reason: "Hat alles und kann nicht geändert werden",
    implied: "kommt mit einer anderen Berechtigung",
    comes_with: |label| format!("kommt mit {label}"),
    keys: "Pfeiltasten führen von Zelle zu Zelle, die Leertaste hakt an.",
    find: "Rolle suchen",
    compare: "Vergleichen",
    compare_with: "mit",
    no_role: "Rolle wählen",
    show_all: "Alle Rollen zeigen",
    found: |search, found, all| match found {
        0 => format!("Keine Rolle hat „{search}“ im Namen."),
        _ => format!("{found} von {all} Rollen"),
    },
    compared: |one, other, count| match count {
        0 => format!("{one} und {other} dürfen dasselbe."),
        1 => format!("{one} und {other} unterscheiden sich in 1 Berechtigung."),
        _ => format!("{one} und {other} unterscheiden sich in {count} Berechtigungen."),
    },
    differs: "anders",
    more: "Mehr",
    more_about: |role| format!("Mehr über {role}"),
    gives: |permissions| match permissions {
        0 => "Gibt keine Berechtigungen.".into(),
        1 => "Gibt 1 Berechtigung.".into(),
        _ => format!("Gibt {permissions} Berechtigungen."),
    },
    lacking_for_role: |label| {
        format!("Sie haben „{label}“ selbst nicht und können diese Rolle darum weder kopieren noch ändern.")
    },
    copy_role: |role| format!("Kopieren: {role}"),
    copy_name: |role| format!("Kopie von {role}"),
    copy_hint: |permissions| match permissions {
        0 => "Sie beginnt ohne Berechtigungen und ohne Personen.".into(),
        1 => "Sie beginnt mit derselben Berechtigung und ohne Personen.".into(),
        _ => format!("Sie beginnt mit denselben {permissions} Berechtigungen und ohne Personen."),
    },
    copied: |role, from| {
        format!("{role} wurde angelegt. Sie darf, was {from} darf, und noch hat sie niemand.")
    },
    new: "Neue Rolle",
    rename: "Umbenennen",
    rename_role: |role| format!("Umbenennen: {role}"),
    delete_question: |role| format!("{role} löschen?"),
    delete_effect: |members, permissions| {
        let what = match permissions {
            0 => "Sie hat keine Berechtigungen.".to_owned(),
            1 => "Sie gibt 1 Berechtigung.".to_owned(),
            _ => format!("Sie gibt {permissions} Berechtigungen."),
        };
        match members {
            0 => format!("{what} Niemand hat diese Rolle."),
            1 => format!(
                "{what} 1 Person hat diese Rolle und verliert sofort, was keine andere Rolle ihr gibt."
            ),
            _ => format!(
                "{what} {members} Personen haben diese Rolle und verlieren sofort, was keine andere Rolle ihnen gibt."
            ),
        }
    },
    created: |role| format!("{role} wurde angelegt. Noch ohne Berechtigungen."),
    renamed: |role| format!("Die Rolle heißt jetzt {role}."),
    deleted: |role| format!("{role} wurde gelöscht."),
    new_hint: "Sie beginnt ohne Berechtigungen; haken Sie sie in ihrer Spalte an.",
};

fn does_english(permission: Permission) -> &'static str {
    match permission {
        PartnersView => "views partners",
        PartnersEdit => "edits partners",
        BillingView => "views billing details",
        BillingEdit => "edits billing details",
        UsersView => "views users",
        UsersManage => "manages users",
        RolesManage => "manages roles",
        HistoryView => "views history",
        InsightsView => "views usage insights",
        NewslettersManage => "manages newsletters",
        PrivacyManage => "handles data requests",
        OrganisationManage => "manages the organisation",
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(items: &[&str], and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_in_words() {
        assert_eq!(
            (ENGLISH.changed)("Billing manager", &[], &[BillingEdit]),
            "Billing manager no longer edits billing details."
        );
        assert_eq!(
            (ENGLISH.changed)("Agency", &[PartnersView, BillingView, BillingEdit], &[]),
            "Agency now views partners, views billing details and edits billing details."
        );
        assert_eq!(
            (GERMAN.changed)("Agentur", &[PartnersView], &[UsersView]),
            "Agentur hat jetzt „Partner ansehen“, aber nicht mehr „Benutzer ansehen“."
        );
    }
}
