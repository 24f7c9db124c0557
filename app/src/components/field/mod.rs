//! The fields of a [`Form`]: a label that is the accessible name, a hint, and what is wrong.
//!
//! The text in a field is set by an effect and not by an attribute, so that what somebody typed
//! before the page was taken over by WebAssembly is adopted and not lost.
//!
//! Controls are here, what stands around each of them in `parts`.

mod parts;
mod submit;
mod summary;

pub use submit::{SaveRow, SubmitButton, unsaved};
pub use summary::ErrorSummary;

use crate::{
    components::form::{Form, Key},
    shell::is_hydrated,
};
use leptos::{html, prelude::*};
use parts::{Parts, around, follow, is_hydrated_untracked};
use wasm_bindgen::JsCast;

/// One line of text, a password, an address, a number.
#[component]
pub fn TextField(
    form: Form,
    /// Which field: a `Field`, a `BillingField`, or a name of its own.
    #[prop(into)]
    field: Key,
    /// The visible label, and with it the accessible name.
    #[prop(into)]
    label: String,
    /// What is stored.
    #[prop(optional, into)]
    stored: Signal<String>,
    /// The `type` of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in, such as `username`.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What stands below the field.
    #[prop(optional, into)]
    hint: String,
    /// The name under which a form without JavaScript sends it, such as `request[email]`.
    #[prop(optional)]
    name: Option<&'static str>,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    follow(form, field, stored, Box::new(move || node.get().map(JsCast::unchecked_into)));
    let parts = Parts::new(form, field, !hint.is_empty());
    let control = view! {
        <input
            node_ref=node
            type=kind
            id=parts.id.clone()
            name=name
            value=untrack(|| form.value(field, &stored.get()))
            autocomplete=autocomplete
            spellcheck=(kind != "text").then_some("false")
            disabled=move || !form.is_editable()
            aria-invalid=move || form.problem(field).map(|_| "true")
            aria-describedby=parts.described_by()
            on:input=move |event| form.type_over(field, event_target_value(&event), &stored.get_untracked())
        />
    };
    around(form, field, label, hint, parts.id, control.into_any())
}

/// Several lines of text. Empty and read-only until the page is taken over: text may not stand
/// between the tags, where it would not be escaped.
#[component]
pub fn TextArea(
    form: Form,
    /// Which field.
    #[prop(into)]
    field: Key,
    /// The visible label.
    #[prop(into)]
    label: String,
    /// What is stored.
    #[prop(optional, into)]
    stored: Signal<String>,
    /// What stands below the field.
    #[prop(optional, into)]
    hint: String,
    /// How many lines are seen at once.
    #[prop(default = "4")]
    rows: &'static str,
) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    follow(form, field, stored, Box::new(move || node.get().map(JsCast::unchecked_into)));
    let parts = Parts::new(form, field, !hint.is_empty());
    let control = view! {
        <textarea
            node_ref=node
            id=parts.id.clone()
            rows=rows
            readonly=move || !is_hydrated()
            disabled=move || !form.is_editable()
            aria-invalid=move || form.problem(field).map(|_| "true")
            aria-describedby=parts.described_by()
            on:input=move |event| form.type_over(field, event_target_value(&event), &stored.get_untracked())
        ></textarea>
    };
    around(form, field, label, hint, parts.id, control.into_any())
}

/// One of several values.
#[component]
pub fn Select(
    form: Form,
    /// Which field.
    #[prop(into)]
    field: Key,
    /// The visible label.
    #[prop(into)]
    label: String,
    /// What is stored.
    #[prop(optional, into)]
    stored: Signal<String>,
    /// Values and what they are called.
    options: Vec<(String, String)>,
    /// What stands below the field.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let node = NodeRef::<html::Select>::new();
    follow(form, field, stored, Box::new(move || node.get().map(JsCast::unchecked_into)));
    let parts = Parts::new(form, field, !hint.is_empty());
    let now = untrack(|| form.value(field, &stored.get()));
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value == now;
            view! { <option value=value selected=selected>{text}</option> }.into_any()
        })
        .collect();
    let control = view! {
        <select
            node_ref=node
            id=parts.id.clone()
            disabled=move || !form.is_editable()
            aria-invalid=move || form.problem(field).map(|_| "true")
            aria-describedby=parts.described_by()
            on:change=move |event| form.type_over(field, event_target_value(&event), &stored.get_untracked())
        >
            {options}
        </select>
    };
    around(form, field, label, hint, parts.id, control.into_any())
}

/// Yes or no, as the texts `true` and `false`.
#[component]
pub fn Checkbox(
    form: Form,
    /// Which field.
    #[prop(into)]
    field: Key,
    /// The visible label.
    #[prop(into)]
    label: String,
    /// What is stored.
    #[prop(optional, into)]
    stored: Signal<bool>,
    /// What stands below the field.
    #[prop(optional, into)]
    hint: String,
    /// Whether it can't be changed for a reason of its own, which the hint gives.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let id = form.id(field);
    form.call(field, &label);
    let described = (!hint.is_empty()).then(|| format!("{id}-hint"));
    let hint_id = described.clone();
    let node = NodeRef::<html::Input>::new();
    let stored = move || stored.get().to_string();
    let adopted = StoredValue::new(is_hydrated_untracked());
    Effect::new(move |_| {
        let value = form.value(field, &stored()) == "true";
        let Some(input) = node.get() else { return };
        if adopted.get_value() {
            input.set_checked(value);
        } else {
            adopted.set_value(true);
            form.type_over(field, input.checked().to_string(), &untrack(stored));
        }
    });
    view! {
        <div class="field check">
            <label for=id.clone()>
                <input
                    node_ref=node
                    type="checkbox"
                    id=id.clone()
                    checked=untrack(|| form.value(field, &stored())) == "true"
                    disabled=move || !form.is_editable() || disabled.get()
                    aria-describedby=described
                    on:change=move |event| {
                        form.type_over(field, event_target_checked(&event).to_string(), &untrack(stored));
                    }
                />
                <span>{label}</span>
            </label>
            {(!hint.is_empty()).then(|| view! { <span class="hint" id=hint_id>{hint}</span> }.into_any())}
        </div>
    }
}
