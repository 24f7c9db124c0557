//! Preview: the app as a role or a user would see it.

/// Preview: the app as a role or a user would see it.
pub struct Preview {
    pub title: &'static str,
    /// The name of the role.
    pub as_role: fn(&str) -> String,
    /// The name of the user.
    pub as_user: fn(&str) -> String,
    pub gone: &'static str,
    pub read_only: &'static str,
    /// The labels of permissions.
    pub hidden: fn(&[&str]) -> String,
    pub end: &'static str,
    pub start_role: &'static str,
    pub start_user: &'static str,
    pub refused_title: &'static str,
    pub refused: &'static str,
}

fn quoted(labels: &[&str], open: char, close: char) -> String {
    labels.iter().map(|label| format!("{open}{label}{close}")).collect::<Vec<_>>().join(", ")
}

pub const ENGLISH: Preview = Preview {
    title: "Preview",
    as_role: |name| format!("Preview as the role “{name}”"),
    as_user: |name| format!("Preview as {name}"),
    gone: "What you previewed is gone, or you may not preview any more",
    read_only: "You look at Assent with other eyes. Nothing can be changed, and nobody's profile or privacy page is shown.",
    hidden: |labels| {
        format!("They have more than you, which is not shown here: {}.", quoted(labels, '“', '”'))
    },
    end: "End preview",
    start_role: "Preview as this role",
    start_user: "Preview as this user",
    refused_title: "Not in a preview",
    refused: "A preview changes nothing, and shows nobody's profile or privacy page. End the preview to go on as yourself.",
};

pub const GERMAN: Preview = Preview {
    title: "Vorschau",
    as_role: |name| format!("Vorschau als Rolle „{name}“"),
    as_user: |name| format!("Vorschau als {name}"),
    gone: "Was Sie angesehen haben, gibt es nicht mehr, oder Sie dürfen keine Vorschau mehr öffnen",
    read_only: "Sie sehen Assent mit anderen Augen. Ändern lässt sich nichts, und Profil- und Datenschutzseiten werden von niemandem gezeigt.",
    hidden: |labels| {
        format!("Dort ist mehr erlaubt als Ihnen, was hier nicht gezeigt wird: {}.", quoted(labels, '„', '“'))
    },
    end: "Vorschau beenden",
    start_role: "Vorschau als diese Rolle",
    start_user: "Vorschau als diese Person",
    refused_title: "Nicht in einer Vorschau",
    refused: "Eine Vorschau ändert nichts und zeigt von niemandem die Profil- oder Datenschutzseite. Beenden Sie die Vorschau, um als Sie selbst weiterzumachen.",
};
