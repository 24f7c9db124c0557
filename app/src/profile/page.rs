//! One's own account: what is stored, and the way to end it.

use crate::{
    components::{
        badge::{Tone, badge},
        dynamic::dynamic,
        field::{ErrorSummary, SaveRow, TextField},
        focus::focus_soon,
        form::Form,
        page_head::PageHead,
        toast::use_toast,
    },
    load::{again, load, loaded, replace},
    messages::messages,
    newsletters::{self, switches::switches},
    profile::{functions, password::password, sign_ins::sign_ins},
    second_factor::section::Factors,
    session::use_session,
    users::{fields::language_field, new_address::new_address},
};
use domain::{
    Field, Language,
    profile::{Profile, SaveProfile},
};
use leptos::prelude::*;

/// One's own account.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let resource = load(|| (), |()| functions::find());
    let entries = load(|| (), |()| functions::sign_ins());
    let letters = load(|| (), |()| newsletters::functions::own());
    let factors = Factors::new();
    let form = Form::new("profile").when_stale(move || again(resource));
    let (change, end) = (Form::new("change-password"), Form::new("sign-ins"));
    let turn = Form::new("newsletters").when_stale(move || again(letters));
    let words = &messages().profile;
    loaded(resource, move |profile| {
        view! {
            <PageHead title=words.title lead=words.lead>
                <a class="button" href="/profile/history">{messages().history.own}</a>
            </PageHead>
            {editor(form, profile, move |saved| replace(resource, saved))}
            {roles(profile)}
            {switches(turn, letters)}
            {factors.draw()}
            {password(change, entries)}
            {sign_ins(end, entries)}
            <section class="card">
                <header><h2>{words.terminate}</h2></header>
                <div class="body">
                    <p>{words.terminate_text}</p>
                    <div class="row">
                        <a class="button danger" href="/profile/terminate">{words.see_terminate}</a>
                    </div>
                </div>
            </section>
        }
        .into_any()
    })
}

/// The form, over what is stored.
fn editor(
    form: Form,
    stored: Signal<Profile>,
    taken: impl Fn(Profile) + Copy + Send + Sync + 'static,
) -> AnyView {
    let words = messages();
    let label = words.fields.label;
    let toasts = use_toast();
    let session = use_session();
    let name = Signal::derive(move || stored.with(|stored| stored.name.clone()));
    let email = Signal::derive(move || stored.with(|stored| stored.email.clone()));
    let language = Signal::derive(move || stored.with(|stored| stored.language.code().to_owned()));
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let before = stored.get_untracked();
        let chosen = form.value_untracked(Field::Language, before.language.code());
        let request = SaveProfile {
            version: before.version,
            name: form.value_untracked(Field::Name, &before.name),
            email: form.value_untracked(Field::Email, &before.email),
            language: Language::from_code(&chosen).unwrap_or(before.language),
        };
        form.send(functions::save(request), move |saved: Profile| {
            if saved.language == before.language {
                let asked = saved.new_email.is_some() && saved.new_email != before.new_email;
                toasts.show(if asked { words.users.email_asked } else { words.common.saved });
                taken(saved);
                session.ask_again(false);
            } else {
                // Every text of the page is in the old language.
                drop(window().location().reload());
            }
        });
    };
    let withdraw = Callback::new(move |()| {
        form.send(functions::withdraw_address(), move |saved| {
            taken(saved);
            toasts.show(words.users.withdrawn);
            focus_soon(form.id(Field::Email));
        });
    });
    let waiting = dynamic(move || {
        stored.with(|stored| stored.new_email.clone()).map(|email| new_address(&email, withdraw))
    });
    view! {
        <form method="post" novalidate class="card" on:submit=save>
            <header><h2>{words.profile.you}</h2></header>
            <div class="body">
                <ErrorSummary form/>
                {waiting}
                <div class="fields">
                    <TextField
                        form
                        field=Field::Name
                        label=label(Field::Name)
                        stored=name
                        autocomplete="name"
                        hint=words.profile.name_hint
                    />
                    <TextField
                        form
                        field=Field::Email
                        label=label(Field::Email)
                        stored=email
                        kind="email"
                        autocomplete="email"
                        hint=words.profile.email_hint
                    />
                    {language_field(form, language)}
                </div>
                <SaveRow form label=words.common.save/>
            </div>
        </form>
    }
    .into_any()
}

/// The roles held, which others give and take.
fn roles(profile: Signal<Profile>) -> AnyView {
    let words = &messages().profile;
    let names = Memo::new(move |_| profile.with(|profile| (profile.roles.clone(), profile.external)));
    let list = dynamic(move || {
        let (roles, external) = names.get();
        let none = roles.is_empty().then(|| view! { <p class="soft">{words.no_roles}</p> }.into_any());
        let roles: Vec<_> = roles.into_iter().map(|role| badge(Tone::Plain, role)).collect();
        let external = external.then(|| badge(Tone::Off, words.external));
        view! { {none} <div class="row">{roles}{external}</div> }.into_any()
    });
    view! {
        <section class="card">
            <header><h2>{words.roles}</h2><a class="small" href="/">{words.see_rights}</a></header>
            <div class="body">{list}</div>
        </section>
    }
    .into_any()
}
