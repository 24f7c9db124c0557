//! A choice of what a list shows. It is one field of a form that is sent by GET.

use leptos::{html, prelude::*};
use web_sys::FormData;

/// What stands in the form now, by the names of its fields; nothing if the form is not there any more.
pub fn sent(form: NodeRef<html::Form>) -> Option<impl Fn(&str) -> String> {
    let sent = FormData::new_with_form(&form.get_untracked()?).ok()?;
    Some(move |name: &str| sent.get(name).as_string().unwrap_or_default())
}

/// A choice of what a list shows.
pub struct Filter {
    /// The first part of its id; one for each list.
    pub prefix: &'static str,
    /// As it is called in the address.
    pub name: &'static str,
    pub label: &'static str,
    /// What lets everything pass.
    pub all: &'static str,
    /// Values and what they are called.
    pub choices: Vec<(String, String)>,
}

impl Filter {
    /// Drawn once, so that it keeps the focus; `chosen` follows the address.
    pub fn draw(self, chosen: Signal<String>) -> AnyView {
        let id = format!("{}-{}", self.prefix, self.name);
        let now = chosen.get_untracked();
        let options: Vec<_> = std::iter::once((String::new(), self.all.to_owned()))
            .chain(self.choices)
            .map(|(value, text)| {
                let selected = value == now;
                view! { <option value=value selected=selected>{text}</option> }.into_any()
            })
            .collect();
        view! {
            <div class="field">
                <label for=id.clone()>{self.label}</label>
                <select id=id name=self.name prop:value=move || chosen.get()>{options}</select>
            </div>
        }
        .into_any()
    }
}
