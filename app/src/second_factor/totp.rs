//! The section with the app that makes codes, and its recovery codes.

use crate::{
    codec::Secret,
    components::{
        badge::{Tone, badge},
        field::{ErrorSummary, SubmitButton, TextField},
        focus::focus_soon,
        toast::use_toast,
    },
    messages::messages,
    second_factor::{
        functions,
        recovery_codes::code_box,
        section::{Ask, Factors},
    },
    shell::is_hydrated,
};
use domain::{
    Field,
    second_factor::{ConfirmTotp, SecondFactors, TotpSetUp},
};
use leptos::prelude::*;

/// The heading, where the keyboard goes on when what it was at is done.
pub(super) const TITLE: &str = "second-factor-title";

impl Factors {
    /// The section.
    pub(super) fn app(self, factors: Signal<SecondFactors>) -> AnyView {
        let words = &messages().second_factor;
        let state = Memo::new(move |_| factors.with(|factors| (factors.totp, factors.is_on())));
        let left = Memo::new(move |_| factors.with(|factors| factors.recovery_codes));
        let status = move || match state.get().0 {
            true => badge(Tone::On, words.on),
            false => badge(Tone::Plain, words.off),
        };
        let app = move || match (state.get().0, self.begun.get()) {
            (true, _) => self.button(words.turn_off, Ask::TurnOff),
            (false, Some(begun)) => self.set_up(begun),
            (false, None) => self.begin(),
        };
        let fresh = move || {
            let codes = self.codes.get();
            (!codes.is_empty()).then(|| code_box(codes, self.codes))
        };
        let recovery = move || {
            state.get().1.then(|| {
                view! {
                    <h3>{words.recovery}</h3>
                    {fresh}
                    <p class="soft">{move || (words.recovery_left)(left.get())}</p>
                    {self.button(words.renew, Ask::RenewCodes)}
                }
            })
        };
        view! {
            <section class="card" id="second-factor" aria-labelledby=TITLE>
                <header><h2 id=TITLE tabindex="-1">{words.title}</h2>{status}</header>
                <div class="body">
                    <p class="soft">{words.lead}</p>
                    {app}
                    {recovery}
                </div>
            </section>
        }
        .into_any()
    }

    fn button(self, label: &'static str, ask: Ask) -> AnyView {
        let open = move |_| self.ask(ask);
        view! {
            <div class="row">
                <button type="button" disabled=move || !is_hydrated() on:click=open>{label}</button>
            </div>
        }
        .into_any()
    }

    fn begin(self) -> AnyView {
        let words = &messages().second_factor;
        let form = self.begin;
        let begin = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            form.send(functions::begin(), move |begun| {
                self.confirm.reset();
                self.begun.set(Some(begun));
                focus_soon(TITLE);
            });
        };
        view! {
            <form method="post" novalidate class="stack" on:submit=begin>
                <ErrorSummary form/>
                <div class="row"><SubmitButton form label=words.set_up/></div>
            </form>
        }
        .into_any()
    }

    /// What the app needs, and the field for its first code.
    fn set_up(self, begun: TotpSetUp) -> AnyView {
        let words = messages();
        let say = &words.second_factor;
        let toasts = use_toast();
        let form = self.confirm;
        let confirm = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let request = ConfirmTotp { code: form.value_untracked(Field::Code, "") };
            form.send(functions::confirm(Secret(request)), move |codes| {
                self.begun.set(None);
                toasts.show(say.turned_on);
                focus_soon(TITLE);
                self.take_codes(codes);
            });
        };
        let cancel = move |_| {
            self.begun.set(None);
            focus_soon(TITLE);
        };
        let size = begun.picture.size;
        view! {
            <form method="post" novalidate class="stack" on:submit=confirm>
                <p>{say.set_up_steps}</p>
                <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=say.picture>
                    <path d=begun.picture.path></path>
                </svg>
                <p><a href=begun.link rel="external">{say.open_app}</a></p>
                <dl class="facts"><dt>{say.secret}</dt><dd class="mono">{begun.secret}</dd></dl>
                <ErrorSummary form/>
                <div class="fields">
                    <TextField
                        form
                        field=Field::Code
                        label=(words.fields.label)(Field::Code)
                        autocomplete="one-time-code"
                        hint=say.code_hint
                    />
                </div>
                <div class="row">
                    <SubmitButton form label=say.confirm/>
                    <button type="button" on:click=cancel>{words.common.cancel}</button>
                </div>
            </form>
        }
        .into_any()
    }
}
