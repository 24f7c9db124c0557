//! A fresh proof of who one is. A request that the server refuses for want of one waits here while
//! the person is asked, and is then sent again as it was: nothing typed is lost, and no page knows.
//!
//! To add a way to prove it: a variant of `Prove`, and its control in the dialog.

use crate::{
    Failure,
    codec::Secret,
    components::{dialog::ConfirmDialog, dynamic::dynamic, field::TextField, form::Form},
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
    let proved = move |()| {
        #[cfg(feature = "hydrate")]
        waiting::settle(true);
        open.set(false);
    };
    let send = move |()| form.send(functions::prove(Secret(typed(form))), proved);
    let use_passkey = Callback::new(move |()| form.send(by_passkey(), proved));
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
            {proof_controls(form, use_passkey)}
        </ConfirmDialog>
    }
    .into_any()
}

/// What somebody proves with who they are, of all that they have set up: a passkey, or what is typed.
pub fn proof_controls(form: Form, use_passkey: Callback<()>) -> AnyView {
    let session = use_session();
    // Drawn anew only if there is another way, so that nothing typed or focused is lost.
    let ways = Memo::new(move |_| {
        session.get().map_or((false, false), |session| (session.has_passkey, session.has_app))
    });
    dynamic(move || {
        let (has_passkey, has_app) = ways.get();
        let passkey = has_passkey.then(|| passkey_control(form, use_passkey));
        view! { {passkey}{typed_control(form, has_app)} }.into_any()
    })
}

fn passkey_control(form: Form, use_passkey: Callback<()>) -> AnyView {
    let words = messages();
    view! {
        <div class="row">
            <button type="button" disabled=move || !form.is_editable() on:click=move |_| use_passkey.run(())>
                {words.failures.proof_passkey}
            </button>
        </div>
        <p class="or">{words.second_factor.or}</p>
    }
    .into_any()
}

fn typed_control(form: Form, has_app: bool) -> AnyView {
    let words = messages();
    let (field, hint) = if has_app {
        (Field::Proof, words.failures.proof_hint)
    } else {
        (Field::Password, words.profile.password_hint)
    };
    view! {
        <TextField
            form
            field=Field::Proof
            label=(words.fields.label)(field)
            kind="password"
            autocomplete="current-password"
            hint
        />
    }
    .into_any()
}

/// What was typed as a proof.
pub fn typed(form: Form) -> Prove {
    Prove::Typed { proof: form.value_untracked(Field::Proof, "") }
}

/// Asks the browser for a passkey.
///
/// # Errors
/// `PasskeyRefused`, or the server could not be reached.
pub async fn passkey() -> Result<Prove, Failure> {
    let question = second_factor::functions::begin_sign_in().await?;
    let answer = second_factor::ask_browser(&question, false).await?;
    Ok(Prove::Passkey { token: question.token, answer })
}

async fn by_passkey() -> Result<(), Failure> {
    functions::prove(Secret(passkey().await?)).await
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
