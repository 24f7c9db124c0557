//! Where one is signed in: each sign-in, and the way to end it.

use crate::{
    components::{
        badge::{Tone, badge},
        dialog::ConfirmDialog,
        dynamic::dynamic,
        field::ErrorSummary,
        focus::focus_soon,
        form::Form,
        local_time::{day, moment},
        toast::use_toast,
    },
    load::{Loaded, loaded, replace},
    messages::messages,
    profile::functions,
};
use domain::profile::{EndSignIn, SignInEntry};
use leptos::prelude::*;

/// The heading, where the keyboard goes on when the row it was at is gone.
const TITLE: &str = "sign-ins-title";

type Entries = Vec<SignInEntry>;

/// The card, over what `resource` loads.
pub fn sign_ins(form: Form, resource: Loaded<Entries>) -> AnyView {
    let asked = RwSignal::new(false);
    loaded(resource, move |entries| {
        let words = &messages().sign_ins;
        let rows =
            move || entries.get().into_iter().map(|entry| row(form, resource, entry)).collect::<Vec<_>>();
        let ask = move || {
            (others(entries) > 0).then(|| {
                view! {
                    <div class="body">
                        <div class="row">
                            <button type="button" on:click=move |_| asked.set(true)>{words.end_others}</button>
                        </div>
                    </div>
                }
                .into_any()
            })
        };
        view! {
            <section class="card" aria-labelledby=TITLE>
                <header><h2 id=TITLE tabindex="-1">{words.title}</h2></header>
                <div class="body">
                    <p class="soft">{words.lead}</p>
                    <ErrorSummary form/>
                </div>
                <div class="scroll">
                    <table class="cards">
                        <thead>
                            <tr>
                                <th scope="col">{words.device_label}</th>
                                <th scope="col">{words.since}</th>
                                <th scope="col">{words.used}</th>
                                <th scope="col"><span class="visually-hidden">{words.end}</span></th>
                            </tr>
                        </thead>
                        <tbody>{dynamic(rows)}</tbody>
                    </table>
                </div>
                {dynamic(ask)}
            </section>
            {end_others(form, resource, entries, asked)}
        }
        .into_any()
    })
}

fn others(entries: Signal<Entries>) -> usize {
    entries.with(|entries| entries.iter().filter(|entry| !entry.current).count())
}

fn row(form: Form, resource: Loaded<Entries>, entry: SignInEntry) -> AnyView {
    let words = &messages().sign_ins;
    let toasts = use_toast();
    let device = format!("sign-in-{}", entry.id);
    let end = move |_| {
        form.send(functions::end_sign_in(EndSignIn { id: entry.id }), move |left| {
            replace(resource, left);
            toasts.show(words.ended);
            focus_soon(TITLE);
        });
    };
    let action = if entry.current {
        badge(Tone::On, words.current)
    } else {
        view! {
            <button type="button" aria-describedby=device.clone() on:click=end>{words.end}</button>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row" id=device>{(words.device)(entry.device)}</th>
            <td data-label=words.since>{moment(entry.since)}</td>
            <td data-label=words.used>{day(entry.used)}</td>
            <td class="end">{action}</td>
        </tr>
    }
    .into_any()
}

/// Asks before all others are ended.
fn end_others(
    form: Form,
    resource: Loaded<Entries>,
    entries: Signal<Entries>,
    open: RwSignal<bool>,
) -> AnyView {
    let words = &messages().sign_ins;
    let toasts = use_toast();
    let effect = move || (words.end_others_effect)(others(entries));
    let send = move |()| {
        form.send(functions::end_other_sign_ins(), move |left| {
            open.set(false);
            replace(resource, left);
            toasts.show(words.others_ended);
            focus_soon(TITLE);
        });
    };
    view! {
        <ConfirmDialog
            open
            id="end-others"
            title=words.end_others.to_owned()
            confirm=words.end_others
            form
            on_confirm=Callback::new(send)
        >
            <p>{dynamic(effect)}</p>
        </ConfirmDialog>
    }
    .into_any()
}
