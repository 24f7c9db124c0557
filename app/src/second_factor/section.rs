//! The sections of the profile: passkeys, and codes of an app. They share what is loaded, the recovery
//! codes that are shown once, and the dialog that asks before something is taken away.

use crate::{
    components::form::Form,
    load::{Loaded, again, load, loaded, replace},
    second_factor::functions,
    session::{OpenSession, use_session},
};
use domain::{
    PasskeyId,
    second_factor::{RecoveryCodes, SecondFactors, TotpSetUp},
};
use leptos::prelude::*;

/// What the dialog asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    TurnOff,
    RenewCodes,
    RemovePasskey(PasskeyId),
}

/// What the sections keep, whatever is loaded again. Create it at the top of the page.
#[derive(Clone, Copy)]
pub struct Factors {
    resource: Loaded<SecondFactors>,
    session: OpenSession,
    /// Recovery codes that were just made.
    pub(super) codes: RwSignal<Vec<String>>,
    /// The app that is being set up.
    pub(super) begun: RwSignal<Option<TotpSetUp>>,
    pub(super) begin: Form,
    pub(super) confirm: Form,
    pub(super) add: Form,
    pub(super) rename: Form,
    /// The passkey whose name is being changed.
    pub(super) renaming: RwSignal<Option<PasskeyId>>,
    pub(super) confirmation: Form,
    pub(super) asking: RwSignal<bool>,
    pub(super) ask: RwSignal<Ask>,
}

impl Factors {
    /// Nothing typed, nothing shown.
    #[must_use]
    pub fn new() -> Self {
        Self {
            resource: load(|| (), |()| functions::find()),
            session: use_session(),
            codes: RwSignal::default(),
            begun: RwSignal::default(),
            begin: Form::new("app"),
            confirm: Form::new("app-code"),
            add: Form::new("new-passkey"),
            rename: Form::new("passkey"),
            renaming: RwSignal::new(None),
            confirmation: Form::new("factor"),
            asking: RwSignal::new(false),
            ask: RwSignal::new(Ask::TurnOff),
        }
    }

    /// Both sections.
    pub fn draw(self) -> AnyView {
        loaded(self.resource, move |factors| {
            view! {
                {self.passkeys(factors)}
                {self.app(factors)}
                {self.confirmation()}
            }
            .into_any()
        })
    }

    /// Opens the dialog.
    pub(super) fn ask(self, ask: Ask) {
        self.confirmation.reset();
        self.ask.set(ask);
        self.asking.set(true);
    }

    /// Shows what a change has answered with.
    pub(super) fn take(self, factors: SecondFactors) {
        if !factors.is_on() {
            self.codes.set(Vec::new());
        }
        replace(self.resource, factors);
        self.session.ask_again(false);
    }

    /// Shows new recovery codes, if there are any, and loads the rest again.
    pub(super) fn take_codes(self, fresh: RecoveryCodes) {
        if !fresh.codes.is_empty() {
            self.codes.set(fresh.codes);
        }
        again(self.resource);
        self.session.ask_again(false);
    }
}
