//! The dialog that says what goes before a factor is taken away, or codes are replaced.

use crate::{
    components::dialog::ConfirmDialog,
    messages::messages,
    second_factor::{
        functions,
        section::{Ask, Factors},
    },
};
use domain::second_factor::{RemovePasskey, SecondFactors};
use leptos::prelude::*;

impl Factors {
    pub(super) fn confirmation(self) -> AnyView {
        let words = &messages().second_factor;
        let (form, ask) = (self.confirmation, self.ask);
        let texts = move || match ask.get() {
            Ask::TurnOff => (words.turn_off_question, words.turn_off_effect, words.turn_off),
            Ask::RenewCodes => (words.renew_question, words.renew_effect, words.renew),
            Ask::RemovePasskey(_) => (words.remove_question, words.remove_effect, words.remove),
        };
        let taken = move |factors: SecondFactors| {
            self.asking.set(false);
            self.take(factors);
        };
        let send = move |()| match ask.get_untracked() {
            Ask::TurnOff => form.send(functions::turn_off(), taken),
            Ask::RenewCodes => form.send(functions::renew_codes(), move |codes| {
                self.asking.set(false);
                self.take_codes(codes);
            }),
            Ask::RemovePasskey(id) => form.send(functions::remove(RemovePasskey { id }), taken),
        };
        view! {
            <ConfirmDialog
                open=self.asking
                id="factor-dialog"
                title=Signal::derive(move || texts().0.to_owned())
                confirm=Signal::derive(move || texts().2.to_owned())
                form
                on_confirm=Callback::new(send)
            >
                <p>{move || texts().1}</p>
            </ConfirmDialog>
        }
        .into_any()
    }
}
