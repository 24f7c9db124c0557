//! How a failure is shown: in place of a page, which then has its status too, or as a note.

use crate::{
    Failure,
    components::{
        focus::focus_soon,
        page_head::PageHead,
        question::{Question, question},
    },
    messages::messages,
    session::use_session,
    shell::is_hydrated,
};
use domain::{Conflict, Error};
use leptos::prelude::*;

/// A failure in words: what it is, what to do, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureText {
    /// What it is.
    pub title: String,
    /// What to do.
    pub text: String,
    /// Where one goes on, the likeliest first.
    pub ways: &'static [Way],
}

/// A way on from a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Retry,
    Overview,
    SignIn,
    NewPassword,
    Notice,
}

/// A failure in words.
#[must_use]
pub fn failure_text(failure: &Failure) -> FailureText {
    let words = messages();
    let say = &words.failures;
    let (title, text) = match failure {
        Failure::Unreachable => (say.unreachable_title, say.unreachable.to_owned()),
        Failure::Refused(error) => match error {
            Error::Unauthenticated => (words.sign_in.title, say.signed_out.to_owned()),
            Error::Forbidden { needs: None } => (say.forbidden_title, say.forbidden.to_owned()),
            Error::Forbidden { needs: Some(permission) } => {
                (say.forbidden_title, (say.forbidden_without)(words.permissions.label(*permission)))
            }
            Error::NoticeNotAgreed => (words.notice.title, words.notice.not_agreed.to_owned()),
            Error::InPreview => (words.preview.refused_title, words.preview.refused.to_owned()),
            Error::ProofNeeded => (say.proof_title, say.proof.to_owned()),
            Error::NotFound => (say.not_found_title, say.not_found.to_owned()),
            Error::Invalid(_) => (say.invalid_title, say.invalid.to_owned()),
            Error::Conflict(conflict) => {
                ((say.conflict_title)(*conflict), (say.conflict)(*conflict).to_owned())
            }
            Error::TooManyRequests { retry_after } => (say.too_many_title, (say.too_many)(*retry_after)),
            Error::Internal { reference } => (say.internal_title, (say.internal)(reference)),
        },
    };
    FailureText { title: title.to_owned(), text, ways: ways(failure) }
}

const fn ways(failure: &Failure) -> &'static [Way] {
    use Conflict::{AlreadySetUp, ChallengeOver, LinkExpired};
    match failure {
        Failure::Unreachable | Failure::Refused(Error::Internal { .. } | Error::TooManyRequests { .. }) => {
            &[Way::Retry]
        }
        Failure::Refused(
            Error::Unauthenticated | Error::Conflict(ChallengeOver | LinkExpired | AlreadySetUp),
        ) => &[Way::SignIn],
        Failure::Refused(Error::NoticeNotAgreed) => &[Way::Notice],
        Failure::Refused(_) => &[Way::Overview],
    }
}

/// How a page puts its failures into words.
pub type InWords = fn(&Failure) -> FailureText;

/// A failure in the place of a page that has nothing to try again.
pub fn failure_page(failure: Failure) -> AnyView {
    failure_page_in(failure_text, failure, Callback::new(|()| {}))
}

/// A failure in the place of a page, in the page's own words. The page's status is that of the failure.
pub fn failure_page_in(in_words: InWords, failure: Failure, retry: Callback<()>) -> AnyView {
    #[cfg(feature = "ssr")]
    crate::context::set_status(&failure);
    let session = use_session();
    let FailureText { title, text, ways } = in_words(&failure);
    let why = match &failure {
        Failure::Refused(Error::Forbidden { needs: Some(permission) }) => {
            Some(question(messages().common.why_open, Question::Why(*permission)))
        }
        _ => None,
    };
    // What had the focus is gone with the page that was here.
    let replaces = untrack(is_hydrated);
    Effect::new(move |_| {
        session.mind(&failure);
        if replaces {
            focus_soon("main");
        }
    });
    let ways: Vec<_> = ways.iter().map(|way| draw_way(*way, *way == ways[0], retry)).collect();
    view! {
        <PageHead title/>
        <p class="failure">{text}</p>
        {why}
        <div class="row">{ways}</div>
    }
    .into_any()
}

fn draw_way(way: Way, main: bool, retry: Callback<()>) -> AnyView {
    let words = messages();
    let (path, text) = match way {
        Way::Retry => {
            return view! { <button type="button" class:main=main on:click=move |_| retry.run(())>{words.common.retry}</button> }
                .into_any();
        }
        Way::Notice => return notice_link("button"),
        Way::Overview => ("/", words.common.back_to_start),
        Way::SignIn => ("/sign-in", words.sign_in.to_sign_in),
        Way::NewPassword => ("/forgot-password", words.sign_in.another_link),
    };
    view! { <a class="button" class:main=main href=path>{text}</a> }.into_any()
}

/// A failure as a note within a page.
pub fn failure_note(failure: Failure) -> AnyView {
    let FailureText { text, .. } = failure_text(&failure);
    let link = matches!(failure, Failure::Refused(Error::NoticeNotAgreed)).then(|| notice_link(""));
    view! { <p class="note danger">{text}" "{link}</p> }.into_any()
}

/// Leads to the notice beside this page, so that what was typed here is still there afterwards.
fn notice_link(class: &'static str) -> AnyView {
    view! { <a class=class href="/notice" target="_blank">{messages().notice.read}</a> }.into_any()
}

/// The page for a path that leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    failure_page(Error::NotFound.into())
}
