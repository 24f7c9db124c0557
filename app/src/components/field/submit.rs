//! The end of a form: its button, and whether there is anything to save.

use crate::{
    components::{dynamic::dynamic, form::Form},
    messages::messages,
    shell::is_hydrated,
};
use leptos::prelude::*;

/// The button that sends a form. It stays where it is, and keeps the focus, while the form is on
/// its way.
#[component]
pub fn SubmitButton(
    form: Form,
    /// What it says.
    #[prop(into)]
    label: String,
    /// Whether the form can be sent without JavaScript, so that there is nothing to wait for.
    #[prop(optional)]
    plain: bool,
    /// For what can't be taken back.
    #[prop(optional)]
    danger: bool,
) -> impl IntoView {
    let ready = move || form.is_editable() && (plain || is_hydrated());
    view! {
        <button
            type="submit"
            class=if danger { "danger" } else { "main" }
            disabled=move || !ready()
            aria-busy=move || form.is_pending().then_some("true")
        >
            {label}
        </button>
    }
}

/// The end of a form whose changes wait to be saved: its button, further ones, and "Unsaved changes" while
/// there are any.
#[component]
pub fn SaveRow(
    form: Form,
    /// What the button says.
    #[prop(into)]
    label: String,
    /// Further buttons and links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let further = children.map(|children| children());
    view! { <div class="row"><SubmitButton form label/>{further}{unsaved(form)}</div> }.into_any()
}

/// "Unsaved changes", while there are any.
pub fn unsaved(form: Form) -> AnyView {
    let words = messages().common.unsaved_changes;
    dynamic(move || {
        form.is_changed().then(|| view! { <span class="unsaved small soft">{words}</span> }.into_any())
    })
}
