//! What can be done to an account as a whole: its invitation, suspending it, ending it.

use crate::{
    components::{
        dialog::ConfirmDialog, dynamic::dynamic, field::ErrorSummary, focus::focus_soon, form::Form,
        toast::use_toast,
    },
    load::{Loaded, replace},
    messages::{Messages, messages},
    receipts::effects::removed_list,
    shell::is_hydrated,
    users::{functions, link_box::link_box},
};
use domain::{
    receipts::Effects,
    users::{ChangeUser, FindUser, PasswordLink, User, UserStatus},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// What the card is made of. `Copy`.
#[derive(Clone, Copy)]
pub struct Account {
    /// The state of what is sent, one for all of it: there is one thing at a time.
    pub form: Form,
    /// Where the page's user comes from.
    pub resource: Loaded<User>,
    /// Who.
    pub user: Signal<User>,
    /// Leaves the page of somebody who is gone. It belongs to the page and not to the card, which a
    /// live event may take away before the answer comes.
    pub leave: Callback<Left>,
}

/// What was done to somebody who is gone, in words, and the page that comes then.
pub struct Left {
    text: String,
    path: String,
}

/// Leaves the page of somebody who is gone, and says what was done.
pub fn leaving() -> Callback<Left> {
    let toasts = use_toast();
    let navigate = use_navigate();
    Callback::new(move |Left { text, path }: Left| {
        toasts.show(text);
        navigate(&path, NavigateOptions::default());
    })
}

/// The heading, where the keyboard goes on when a button is gone.
const TITLE: &str = "user-account";

/// What is asked before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Revoke,
    Suspend,
    Terminate,
}

/// The card of an account.
pub fn account_card(account: Account) -> AnyView {
    let words = messages();
    let say = &words.users;
    let status = Memo::new(move |_| account.user.with(|user| user.status));
    let parts = dynamic(move || match status.get() {
        UserStatus::Invited => invitation(account, words),
        UserStatus::Active => standing(account, words, say.account_text),
        UserStatus::Suspended => standing(account, words, say.suspended_text),
        UserStatus::Terminating => ().into_any(),
    });
    let title = dynamic(move || match status.get() {
        UserStatus::Invited => say.invitation,
        _ => say.account,
    });
    view! {
        <section class="card" aria-labelledby=TITLE>
            <header><h2 id=TITLE tabindex="-1">{title}</h2></header>
            <div class="body">
                <ErrorSummary form=account.form/>
                {parts}
            </div>
        </section>
    }
    .into_any()
}

impl Account {
    fn request(self) -> ChangeUser {
        self.user.with_untracked(|user| ChangeUser { id: user.id, version: user.version })
    }

    fn name(self) -> String {
        self.user.with_untracked(|user| user.name.clone())
    }

    /// A button of the card.
    fn button(self, text: &'static str, danger: bool, act: impl Fn() + 'static) -> AnyView {
        let form = self.form;
        view! {
            <button
                type="button"
                class:danger=danger
                disabled=move || !form.is_editable() || !is_hydrated()
                on:click=move |_| act()
            >
                {text}
            </button>
        }
        .into_any()
    }

    /// A button that asks first, and the dialog behind it.
    fn asked(self, step: Step, words: &'static Messages) -> AnyView {
        let say = &words.users;
        let open = RwSignal::new(false);
        let preview = RwSignal::new(None::<Effects>);
        let (id, text, question) = match step {
            Step::Revoke => ("revoke-user", say.revoke, say.revoke_question),
            Step::Suspend => ("suspend-user", say.suspend, say.suspend_question),
            Step::Terminate => ("terminate-user", say.terminate, say.terminate_question),
        };
        let title = Signal::derive(move || self.user.with(|user| question(&user.name)));
        let ask = move || {
            self.form.reset();
            if step == Step::Terminate {
                let request = FindUser { id: self.request().id };
                // The numbers come first, then the question.
                self.form.send(functions::preview_termination(request), move |numbers| {
                    preview.set(Some(numbers));
                    open.set(true);
                });
            } else {
                open.set(true);
            }
        };
        let effects = move || match (step, preview.get()) {
            (Step::Revoke, _) => view! { <p>{say.revoke_effect}</p> }.into_any(),
            (Step::Suspend, _) => view! { <p>{say.suspend_effect}</p> }.into_any(),
            (Step::Terminate, None) => ().into_any(),
            (Step::Terminate, Some(Effects { removed, actions, name })) => view! {
                <p>{say.terminate_goes}</p>
                {removed_list(&removed)}
                <p>{(say.terminate_stays)(&self.name(), actions)} " " {(words.receipts.kept_until)(name)}</p>
            }
            .into_any(),
        };
        let confirm = self.confirmed(step, open, words);
        view! {
            {self.button(text, step != Step::Suspend, ask)}
            <ConfirmDialog open id title confirm=text form=self.form on_confirm=confirm>
                {dynamic(effects)}
            </ConfirmDialog>
        }
        .into_any()
    }

    /// What is sent when the question was answered with yes.
    fn confirmed(self, step: Step, open: RwSignal<bool>, words: &'static Messages) -> Callback<()> {
        let say = &words.users;
        let toasts = use_toast();
        let leave = self.leave;
        Callback::new(move |()| {
            let (request, name) = (self.request(), self.name());
            match step {
                Step::Suspend => self.form.send(functions::suspend(request), move |saved| {
                    open.set(false);
                    toasts.show((say.suspended)(&name));
                    replace(self.resource, saved);
                    focus_soon(TITLE);
                }),
                Step::Revoke => self.form.send(functions::revoke_invitation(request), move |()| {
                    leave.run(Left { text: (say.revoked)(&name), path: "/users".into() });
                }),
                Step::Terminate => self.form.send(functions::terminate(request), move |terminated| {
                    leave.run(Left { text: (say.terminated)(&name), path: terminated.path() });
                }),
            }
        })
    }
}

fn invitation(account: Account, words: &'static Messages) -> AnyView {
    let say = &words.users;
    let toasts = use_toast();
    let made = RwSignal::new(None::<PasswordLink>);
    let resend = move || {
        let request = FindUser { id: account.request().id };
        account.form.send(functions::resend_invitation(request), move |invited| match invited.link {
            Some(link) => made.set(Some(link)),
            None => toasts.show(say.resent),
        });
    };
    let sends = account.user.with_untracked(|user| user.sends_mail);
    view! {
        <p class="soft">{say.invitation_text}</p>
        {dynamic(move || made.get().map(|link| link_box(&link)))}
        <div class="row">
            {account.button(if sends { say.resend } else { say.new_link }, false, resend)}
            {account.asked(Step::Revoke, words)}
        </div>
    }
    .into_any()
}

fn standing(account: Account, words: &'static Messages, text: &'static str) -> AnyView {
    let say = &words.users;
    let toasts = use_toast();
    let suspended = account.user.with_untracked(|user| user.status == UserStatus::Suspended);
    let reactivate = move || {
        let name = account.name();
        account.form.send(functions::reactivate(account.request()), move |saved| {
            toasts.show((say.reactivated)(&name));
            replace(account.resource, saved);
            focus_soon(TITLE);
        });
    };
    let turn = if suspended {
        account.button(say.reactivate, false, reactivate)
    } else {
        account.asked(Step::Suspend, words)
    };
    view! {
        <p class="soft">{text}</p>
        <div class="row">{turn}{account.asked(Step::Terminate, words)}</div>
    }
    .into_any()
}
