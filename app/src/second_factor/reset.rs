//! The part of a user's page that takes their second factor away.

use crate::{
    components::{dialog::ConfirmDialog, form::Form, toast::use_toast},
    messages::messages,
    session::use_session,
    shell::is_hydrated,
    users::functions,
};
use domain::{second_factor::ResetSecondFactor, users::User};
use leptos::prelude::*;

/// What it keeps, whatever is loaded again.
#[derive(Clone, Copy)]
pub struct Reset {
    form: Form,
    open: RwSignal<bool>,
}

impl Reset {
    /// Closed.
    #[must_use]
    pub fn new(form: Form) -> Self {
        Self { form, open: RwSignal::new(false) }
    }

    /// The card, for those who may do it. One's own is turned off on the profile.
    pub fn card(self, user: Signal<User>, taken: Callback<User>) -> AnyView {
        let words = &messages().second_factor;
        let (session, toasts, form) = (use_session(), use_toast(), self.form);
        let has = Memo::new(move |_| user.with(|user| user.second_factor));
        let own = Memo::new(move |_| {
            session.get().is_some_and(|session| user.with(|user| user.id == session.user))
        });
        let send = move |()| {
            let id = user.with_untracked(|user| user.id);
            form.send(functions::reset_second_factor(ResetSecondFactor { id }), move |saved| {
                self.open.set(false);
                toasts.show(words.reset_done);
                taken.run(saved);
            });
        };
        let ask = move |_| {
            form.reset();
            self.open.set(true);
        };
        let title = move || user.with(|user| (words.reset_question)(&user.name));
        let way = move || {
            if has.get() == Some(true) {
                view! {
                    <p class="soft">{words.reset_lead}</p>
                    <div class="row">
                        <button
                            type="button"
                            disabled=move || !form.is_editable() || !is_hydrated()
                            on:click=ask
                        >
                            {words.reset}
                        </button>
                    </div>
                }
                .into_any()
            } else {
                view! { <p class="soft">{words.reset_none}</p> }.into_any()
            }
        };
        let card = move || {
            (has.get().is_some() && !own.get()).then(|| {
                view! {
                    <section class="card" aria-labelledby="user-second-factor">
                        <header><h2 id="user-second-factor">{words.title}</h2></header>
                        <div class="body">{way}</div>
                    </section>
                }
            })
        };
        view! {
            {card}
            <ConfirmDialog
                open=self.open
                id="reset-second-factor"
                title=Signal::derive(title)
                confirm=words.reset
                form
                on_confirm=Callback::new(send)
            >
                <p>{words.reset_effect}</p>
            </ConfirmDialog>
        }
        .into_any()
    }
}
