//! The fields of a [`Form`]: a label that is the accessible name, a hint, and what is wrong.
//!
//! The text in a field is set by an effect and not by an attribute, so that what somebody typed
//! before the page was taken over by WebAssembly is adopted and not lost.

use crate::{
    components::{
        dynamic::dynamic,
        failure_view::failure_note,
        form::{Form, Key},
    },
    messages::messages,
    shell::is_hydrated,
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

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
    follow(form, field, stored, move || node.get().map(JsCast::unchecked_into));
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
) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    follow(form, field, stored, move || node.get().map(JsCast::unchecked_into));
    let parts = Parts::new(form, field, !hint.is_empty());
    let control = view! {
        <textarea
            node_ref=node
            id=parts.id.clone()
            rows="4"
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
    follow(form, field, stored, move || node.get().map(JsCast::unchecked_into));
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

/// All that is wrong, above the fields, with links to them. It takes the focus when it appears.
#[component]
pub fn ErrorSummary(form: Form) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let any = !form.errors().is_empty() || form.failure().is_some();
        if any && let Some(summary) = node.get() {
            drop(summary.focus());
        }
    });
    let shown = dynamic(move || {
        let errors = form.errors();
        let failure = form.failure().map(failure_note);
        let list = (!errors.is_empty()).then(|| summary_list(form, errors));
        (failure.is_some() || list.is_some())
            .then(|| view! { <div class="body">{failure}{list}</div> }.into_any())
    });
    view! {
        <div class="summary" role="alert" tabindex="-1" node_ref=node>
            {shown}
        </div>
    }
}

fn summary_list(form: Form, errors: Vec<domain::FieldError>) -> AnyView {
    let words = messages();
    let items: Vec<_> = errors
        .into_iter()
        .map(|error| {
            let id = form.id(error.field);
            let href = format!("#{id}");
            let text = format!("{}: {}", (words.fields.label)(error.field), (words.fields.problem)(error.problem));
            view! { <li><a href=href rel="external" on:click=move |event| focus_on(&event, &id)>{text}</a></li> }
                .into_any()
        })
        .collect();
    view! {
        <div class="note danger">
            <div><strong>{(words.common.errors_above)(items.len())}</strong><ul>{items}</ul></div>
        </div>
    }
    .into_any()
}

fn focus_on(event: &web_sys::MouseEvent, id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        event.prevent_default();
        drop(element.unchecked_into::<HtmlElement>().focus());
    }
}

/// "Unsaved changes", while there are any.
#[component]
pub fn Unsaved(form: Form) -> impl IntoView {
    let words = messages().common.unsaved_changes;
    dynamic(move || {
        form.is_changed().then(|| view! { <span class="unsaved small soft">{words}</span> }.into_any())
    })
}

/// Keeps the text of a field as it should be: what was typed before the page was taken over is
/// adopted, everything after that comes from the form. Any control with a `value` will do.
fn follow(
    form: Form,
    field: Key,
    stored: Signal<String>,
    element: impl Fn() -> Option<HtmlInputElement> + 'static,
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

fn is_hydrated_untracked() -> bool {
    untrack(is_hydrated)
}

/// The ids of a field's parts.
struct Parts {
    form: Form,
    field: Key,
    id: String,
    has_hint: bool,
}

impl Parts {
    fn new(form: Form, field: Key, has_hint: bool) -> Self {
        Self { form, field, id: form.id(field), has_hint }
    }

    fn described_by(&self) -> impl Fn() -> Option<String> + Send + Sync + 'static {
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
fn around(form: Form, field: Key, label: String, hint: String, id: String, control: AnyView) -> AnyView {
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
