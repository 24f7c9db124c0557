//! The dialog that asks for a code or the password before a factor is taken away.

use crate::{
    codec::Secret,
    components::{dialog::ConfirmDialog, field::TextField},
    messages::messages,
    second_factor::{
        functions,
        section::{Ask, Factors},
    },
};
use domain::{
    Field,
    second_factor::{Proof, RemovePasskey},
};
use leptos::prelude::*;

impl Factors {
    pub(super) fn proof_dialog(self) -> AnyView {
        let words = messages();
        let say = &words.second_factor;
        let (form, ask) = (self.proof, self.ask);
        let title = move || match ask.get() {
            Ask::TurnOff => say.turn_off_question,
            Ask::RenewCodes => say.renew,
            Ask::RemovePasskey(_) => say.remove_question,
        };
        let deed = move || match ask.get() {
            Ask::TurnOff => say.turn_off,
            Ask::RenewCodes => say.renew,
            Ask::RemovePasskey(_) => say.remove,
        };
        let effect = move || match ask.get() {
            Ask::TurnOff => say.turn_off_effect,
            Ask::RenewCodes => say.renew_effect,
            Ask::RemovePasskey(_) => say.remove_effect,
        };
        let send = move |()| {
            let proof = form.value_untracked(Field::Proof, "");
            match ask.get_untracked() {
                Ask::TurnOff => form.send(functions::turn_off(Secret(Proof { proof })), move |factors| {
                    self.asking.set(false);
                    self.take(factors);
                }),
                Ask::RenewCodes => form.send(functions::renew_codes(Secret(Proof { proof })), move |codes| {
                    self.asking.set(false);
                    self.take_codes(codes);
                }),
                Ask::RemovePasskey(id) => {
                    form.send(functions::remove(Secret(RemovePasskey { id, proof })), move |factors| {
                        self.asking.set(false);
                        self.take(factors);
                    });
                }
            }
        };
        view! {
            <ConfirmDialog
                open=self.asking
                id="factor-proof"
                title=Signal::derive(move || title().to_owned())
                confirm=Signal::derive(move || deed().to_owned())
                form
                on_confirm=Callback::new(send)
            >
                <p>{effect}</p>
                <TextField
                    form
                    field=Field::Proof
                    label=(words.fields.label)(Field::Proof)
                    kind="password"
                    autocomplete="current-password"
                    hint=say.proof_hint
                />
            </ConfirmDialog>
        }
        .into_any()
    }
}
