//! Preview: the app as a role or a user would see it.

use super::quoted;

/// Preview: the app as a role or a user would see it.
pub struct Preview {
    pub title: &'static str,
    /// The name of the role.
    pub as_role: fn(&str) -> String,
    /// The name of the user.
    pub as_user: fn(&str) -> String,
    pub gone: &'static str,
    pub gone_text: &'static str,
    pub read_only: &'static str,
    /// The labels of permissions.
    pub hidden: fn(&[&str]) -> String,
    pub end: &'static str,
    pub start_role: &'static str,
    pub start_user: &'static str,
    pub refused_title: &'static str,
    pub refused: &'static str,
}

pub const ENGLISH: Preview = Preview {
    title: "Preview",
    as_role: |name| format!("Preview as the role “{name}”"),
    as_user: |name| format!("Preview as {name}"),
    gone: "The preview is over",
    gone_text: "What you looked at was deleted, or you may not preview any more. Nothing happened to your own rights by it. End the preview to go on.",
    read_only: "You see what they would see. Nothing can be changed, and nobody's profile or privacy page is shown.",
    hidden: |labels| {
        format!("They have more than you, which is not shown here: {}.", quoted(labels, '“', '”'))
    },
    end: "End preview",
    start_role: "Preview as this role",
    start_user: "Preview as this user",
    refused_title: "This is not part of a preview",
    refused: "A preview changes nothing, and shows no page that is somebody's own. End it to go on as yourself.",
};

pub const GERMAN: Preview = Preview {
    title: "Vorschau",
    as_role: |name| format!("Vorschau als Rolle „{name}“"),
    as_user: |name| format!("Vorschau als {name}"),
    gone: "Die Vorschau ist vorbei",
    gone_text: "Was Sie angesehen haben, wurde gelöscht, oder Sie dürfen keine Vorschau mehr öffnen. An Ihren eigenen Rechten ändert das nichts. Beenden Sie die Vorschau, um weiterzumachen.",
    read_only: "Sie sehen, was dort zu sehen wäre. Ändern lässt sich nichts, und von niemandem werden Profil- oder Datenschutzseiten gezeigt.",
    hidden: |labels| {
        format!("Dort ist mehr erlaubt als Ihnen, was hier nicht gezeigt wird: {}.", quoted(labels, '„', '“'))
    },
    end: "Vorschau beenden",
    start_role: "Vorschau als diese Rolle",
    start_user: "Vorschau als diese Person",
    refused_title: "Das gehört zu keiner Vorschau",
    refused: "Eine Vorschau ändert nichts und zeigt von niemandem die eigenen Seiten. Beenden Sie sie, um als Sie selbst weiterzumachen.",
};
