//! What stands around a control, and what keeps its text as it should be.

use crate::{
    components::{
        dynamic::dynamic,
        form::{Form, Key},
    },
    messages::messages,
    shell::is_hydrated,
};
use leptos::prelude::*;
use web_sys::HtmlInputElement;

/// Keeps the text of a field as it should be: what was typed before the page was taken over is
/// adopted, everything after that comes from the form. Any control with a `value` will do.
pub(super) fn follow(
    form: Form,
    field: Key,
    stored: Signal<String>,
    element: Box<dyn Fn() -> Option<HtmlInputElement>>,
) {
    let adopted = StoredValue::new(is_hydrated_untracked());
    Effect::new(move |_| {
        let value = form.value(field, &stored.get());
        let Some(element) = element() else { return };
        let shown = element.value();
        if shown == value {
            adopted.set_value(true);
        } else if adopted.get_value() || shown.is_empty() {
            adopted.set_value(true);
            element.set_value(&value);
        } else {
            adopted.set_value(true);
            form.type_over(field, shown, &stored.get_untracked());
        }
    });
}

pub(super) fn is_hydrated_untracked() -> bool {
    untrack(is_hydrated)
}

/// The ids of a field's parts.
pub(super) struct Parts {
    form: Form,
    field: Key,
    pub(super) id: String,
    has_hint: bool,
}

impl Parts {
    pub(super) fn new(form: Form, field: Key, has_hint: bool) -> Self {
        Self { form, field, id: form.id(field), has_hint }
    }

    pub(super) fn described_by(&self) -> impl Fn() -> Option<String> + Send + Sync + 'static {
        let Self { form, field, has_hint, .. } = *self;
        let id = self.id.clone();
        move || {
            let hint = has_hint.then(|| format!("{id}-hint"));
            let error = form.problem(field).map(|_| format!("{id}-error"));
            match (error, hint) {
                (Some(error), Some(hint)) => Some(format!("{error} {hint}")),
                (error, hint) => error.or(hint),
            }
        }
    }
}

/// Label, hint and error around a control.
pub(super) fn around(
    form: Form,
    field: Key,
    label: String,
    hint: String,
    id: String,
    control: AnyView,
) -> AnyView {
    form.call(field, &label);
    let not_saved = messages().common.not_saved;
    let error_id = format!("{id}-error");
    let hint_id = format!("{id}-hint");
    let error = dynamic(move || {
        let id = error_id.clone();
        form.problem(field).map(|problem| view! { <span class="error" id=id>{problem}</span> }.into_any())
    });
    let lost = dynamic(move || {
        (form.is_typed(field) && !form.is_editable())
            .then(|| view! { <span class="unsaved small">{not_saved}</span> }.into_any())
    });
    view! {
        <div class="field" class:bad=move || form.problem(field).is_some()>
            <label for=id>{label}</label>
            {control}
            {error}
            {(!hint.is_empty()).then(|| view! { <span class="hint" id=hint_id>{hint}</span> }.into_any())}
            {lost}
        </div>
    }
    .into_any()
}
