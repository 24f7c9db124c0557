//! Setting how the organisation is reached: its channels, their order, and the contact for data
//! protection. The order is a field of the form like the others.

use crate::{
    components::{
        dynamic::dynamic,
        field::{ErrorSummary, SaveRow, TextArea, TextField},
        form::{Form, Key},
        page_head::PageHead,
        toast::use_toast,
    },
    load::{again, load, loaded, replace},
    messages::messages,
    session::use_session,
    shell::is_hydrated,
    support::functions,
};
use domain::{
    Field, Permission,
    support::{Channel, ChannelKind, SupportForm},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The order of the channels, as their codes with commas between them.
const ORDER: Key = Key("order");

/// Setting how the organisation is reached.
#[component]
pub fn SupportSettingsPage() -> impl IntoView {
    let session = use_session();
    let resource = load(|| (), |()| functions::settings());
    let form = Form::locked_unless("support", move || session.allows(Permission::OrganisationManage))
        .when_stale(move || again(resource));
    let taken = Callback::new(move |saved| replace(resource, saved));
    loaded(resource, move |stored| editor(form, stored, taken))
}

/// The form, over what is stored.
fn editor(form: Form, stored: Signal<SupportForm>, taken: Callback<SupportForm>) -> AnyView {
    let words = messages();
    let say = &words.support;
    let toasts = use_toast();
    let text = move |get: fn(&SupportForm) -> &String| {
        Signal::derive(move || stored.with(|stored| get(stored).clone()))
    };
    let order = Memo::new(move |_| form.value(ORDER, &stored.with(order_of)));
    let rows = dynamic(move || {
        let kinds = kinds(&order.get());
        kinds
            .iter()
            .enumerate()
            .map(|(at, kind)| row(form, stored, *kind, (at, kinds.len())))
            .collect::<Vec<_>>()
    });
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        form.send(functions::save(typed(form, &stored.get_untracked())), move |saved| {
            taken.run(saved);
            toasts.show(words.common.saved);
        });
    };
    view! {
        <PageHead title=say.settings_title lead=say.settings_lead/>
        <form method="post" novalidate class="stack" on:submit=save>
            <ErrorSummary form/>
            <section class="card">
                <header><h2>{say.ways}</h2></header>
                <div class="body"><ol class="list">{rows}</ol></div>
            </section>
            <section class="card">
                <header><h2>{say.protection}</h2></header>
                <div class="body">
                    <div class="fields">
                        <TextField
                            form
                            field=Field::ProtectionContact
                            label=(words.fields.label)(Field::ProtectionContact)
                            stored=text(|stored| &stored.protection_contact)
                            hint=say.contact_hint
                        />
                        <TextField
                            form
                            field=Field::ProtectionEmail
                            label=(words.fields.label)(Field::ProtectionEmail)
                            stored=text(|stored| &stored.protection_email)
                            kind="email"
                        />
                    </div>
                </div>
            </section>
            <SaveRow form label=words.common.save><a class="button" href="/support">{say.see}</a></SaveRow>
        </form>
    }
    .into_any()
}

fn order_of(stored: &SupportForm) -> String {
    joined(stored.channels.iter().map(|channel| channel.kind))
}

fn joined(kinds: impl Iterator<Item = ChannelKind>) -> String {
    kinds.map(ChannelKind::code).collect::<Vec<_>>().join(",")
}

fn kinds(order: &str) -> Vec<ChannelKind> {
    order.split(',').filter_map(ChannelKind::from_code).collect()
}

fn channel(stored: &SupportForm, kind: ChannelKind) -> Channel {
    let found = stored.channels.iter().find(|channel| channel.kind == kind).cloned();
    found.unwrap_or(Channel { kind, address: String::new(), hours: String::new() })
}

/// What stands in the fields now.
fn typed(form: Form, stored: &SupportForm) -> SupportForm {
    let channel = |kind| {
        let Channel { address, hours, .. } = channel(stored, kind);
        Channel {
            kind,
            address: form.value_untracked(Field::Channel(kind), &address),
            hours: form.value_untracked(Field::Hours(kind), &hours),
        }
    };
    SupportForm {
        version: stored.version,
        channels: kinds(&form.value_untracked(ORDER, &order_of(stored))).into_iter().map(channel).collect(),
        protection_contact: form.value_untracked(Field::ProtectionContact, &stored.protection_contact),
        protection_email: form.value_untracked(Field::ProtectionEmail, &stored.protection_email),
    }
}

/// A channel: where it leads, its hours, and the way up and down.
fn row(form: Form, stored: Signal<SupportForm>, kind: ChannelKind, (at, count): (usize, usize)) -> AnyView {
    let words = messages();
    let label = words.fields.label;
    let address = Signal::derive(move || stored.with(|stored| channel(stored, kind).address));
    let hours = Signal::derive(move || stored.with(|stored| channel(stored, kind).hours));
    let field = match kind {
        ChannelKind::Post => {
            view! { <TextArea form field=Field::Channel(kind) label=label(Field::Channel(kind)) stored=address/> }
                .into_any()
        }
        ChannelKind::Email | ChannelKind::Phone | ChannelKind::Chat => {
            let input = match kind {
                ChannelKind::Email => "email",
                ChannelKind::Phone => "tel",
                _ => "url",
            };
            view! { <TextField form field=Field::Channel(kind) label=label(Field::Channel(kind)) stored=address kind=input/> }
                .into_any()
        }
    };
    view! {
        <li>
            <div class="fields">
                {field}
                <TextField form field=Field::Hours(kind) label=label(Field::Hours(kind)) stored=hours/>
            </div>
            <div class="row">
                {mover(form, stored, kind, Step::Up, at == 0)}
                {mover(form, stored, kind, Step::Down, at + 1 == count)}
            </div>
        </li>
    }
    .into_any()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Up,
    Down,
}

impl Step {
    fn button_id(self, kind: ChannelKind) -> String {
        let way = if self == Self::Up { "up" } else { "down" };
        format!("support-{way}-{}", kind.code())
    }
}

/// A button that moves a channel by one place. The focus goes with it.
fn mover(
    form: Form,
    stored: Signal<SupportForm>,
    kind: ChannelKind,
    step: Step,
    at_the_end: bool,
) -> AnyView {
    let words = messages();
    let text = if step == Step::Up { words.support.up } else { words.support.down };
    let name = (words.fields.label)(Field::Channel(kind));
    let move_it = move |_| {
        let before = stored.with_untracked(order_of);
        let mut kinds = kinds(&form.value_untracked(ORDER, &before));
        let Some(from) = kinds.iter().position(|other| *other == kind) else { return };
        let to = if step == Step::Up { from.saturating_sub(1) } else { (from + 1).min(kinds.len() - 1) };
        kinds.swap(from, to);
        let at_the_end = to == 0 || to + 1 == kinds.len();
        form.type_over(ORDER, joined(kinds.into_iter()), &before);
        let back = if step == Step::Up { Step::Down } else { Step::Up };
        let next = if at_the_end { back } else { step };
        focus_soon(next.button_id(kind));
    };
    view! {
        <button
            type="button"
            id=step.button_id(kind)
            disabled=move || at_the_end || !form.is_editable() || !is_hydrated()
            on:click=move_it
        >
            {text}" "<span class="visually-hidden">{name}</span>
        </button>
    }
    .into_any()
}

/// Once the rows are drawn anew.
fn focus_soon(id: String) {
    request_animation_frame(move || {
        if let Some(button) = document().get_element_by_id(&id) {
            drop(button.unchecked_into::<web_sys::HtmlElement>().focus());
        }
    });
}
