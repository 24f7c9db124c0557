//! A fresh proof of who one is. A request that the server refuses for want of one waits here while
//! the person is asked, and is then sent again as it was: nothing typed is lost, and no page knows.
//!
//! To add a way to prove it: a variant of `Prove`, and its control in the dialog.

use crate::{
    Failure,
    codec::Secret,
    components::{dialog::ConfirmDialog, field::TextField, form::Form},
    messages::messages,
    second_factor,
    session::use_session,
    sign_in::functions,
};
use domain::{Field, sign_in::Prove};
use leptos::prelude::*;

/// Asks whoever looks at the page, and says whether they proved it.
#[cfg(feature = "hydrate")]
pub async fn ask() -> bool {
    match waiting::wait() {
        Some(answer) => answer.await.unwrap_or(false),
        None => false,
    }
}

/// Who can't be asked: the server asks itself nothing.
#[cfg(not(feature = "hydrate"))]
pub async fn ask() -> bool {
    false
}

/// The dialog, one for all pages.
#[component]
pub fn ProofDialog() -> impl IntoView {
    let words = messages();
    let open = RwSignal::new(false);
    let form = Form::new("proof");
    #[cfg(feature = "hydrate")]
    waiting::answer_by(open, form);
    let session = use_session();
    let proved = move |()| {
        #[cfg(feature = "hydrate")]
        waiting::settle(true);
        open.set(false);
    };
    let send = move |()| {
        let request = Prove::Typed { proof: form.value_untracked(Field::Proof, "") };
        form.send(functions::prove(Secret(request)), proved);
    };
    let use_passkey = move |_| {
        form.send(by_passkey(), proved);
    };
    let passkey = move || {
        session.get().is_some_and(|session| session.has_passkey).then(|| {
            view! {
                <div class="row">
                    <button type="button" disabled=move || !form.is_editable() on:click=use_passkey>
                        {words.failures.proof_passkey}
                    </button>
                </div>
                <p class="or">{words.second_factor.or}</p>
            }
            .into_any()
        })
    };
    view! {
        <ConfirmDialog
            open
            id="proof-dialog"
            title=words.failures.proof_title.to_owned()
            confirm=words.failures.proof_confirm
            form
            danger=false
            on_confirm=Callback::new(send)
        >
            <p>{words.failures.proof}</p>
            {passkey}
            <TextField
                form
                field=Field::Proof
                label=(words.fields.label)(Field::Proof)
                kind="password"
                autocomplete="current-password"
                hint=words.failures.proof_hint
            />
        </ConfirmDialog>
    }
    .into_any()
}

async fn by_passkey() -> Result<(), Failure> {
    let question = second_factor::functions::begin_sign_in().await?;
    let answer = second_factor::ask_browser(&question, false).await?;
    functions::prove(Secret(Prove::Passkey { token: question.token, answer })).await
}

/// The requests that wait for the dialog. They run outside of every component, so what they wait for
/// is found here and not in a context.
#[cfg(feature = "hydrate")]
mod waiting {
    use crate::components::form::Form;
    use futures::channel::oneshot;
    use leptos::prelude::*;
    use std::cell::RefCell;

    #[derive(Default)]
    struct Waiting {
        dialog: Option<(RwSignal<bool>, Form)>,
        requests: Vec<oneshot::Sender<bool>>,
    }

    thread_local! {
        static WAITING: RefCell<Waiting> = RefCell::default();
    }

    /// Opens the dialog, if there is one.
    pub fn wait() -> Option<oneshot::Receiver<bool>> {
        let (dialog, receiver) = WAITING.with_borrow_mut(|waiting| {
            let dialog = waiting.dialog?;
            let (sender, receiver) = oneshot::channel();
            waiting.requests.push(sender);
            Some((dialog, receiver))
        })?;
        let (open, form) = dialog;
        if !open.get_untracked() {
            form.reset();
            open.set(true);
        }
        Some(receiver)
    }

    /// Makes this the dialog. Whoever closes it has not proved anything.
    pub fn answer_by(open: RwSignal<bool>, form: Form) {
        WAITING.with_borrow_mut(|waiting| waiting.dialog = Some((open, form)));
        Effect::new(move |_| {
            if !open.get() {
                settle(false);
            }
        });
    }

    /// Tells all that wait.
    pub fn settle(proved: bool) {
        for request in WAITING.with_borrow_mut(|waiting| std::mem::take(&mut waiting.requests)) {
            // Who has left the page meanwhile waits no more.
            let _ = request.send(proved);
        }
    }
}
