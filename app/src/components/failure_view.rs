//! How a failure is shown: in place of a page, which then has its status too, or as a note.

use crate::{Failure, components::page_head::PageHead, messages::messages, session::use_session};
use domain::Error;
use leptos::prelude::*;

/// A failure in words: what it is, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureText {
    /// What it is.
    pub title: String,
    /// What to do.
    pub text: String,
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
            Error::ProofNeeded => (say.proof_title, say.proof.to_owned()),
            Error::NotFound => (say.not_found_title, say.not_found.to_owned()),
            Error::Invalid(_) => (say.conflict_title, say.invalid.to_owned()),
            Error::Conflict(conflict) => (say.conflict_title, (say.conflict)(*conflict).to_owned()),
            Error::TooManyRequests { retry_after } => (say.too_many_title, (say.too_many)(*retry_after)),
            Error::Internal { reference } => (say.internal_title, (say.internal)(reference)),
        },
    };
    FailureText { title: title.to_owned(), text }
}

/// A failure in the place of a page. The page's status is that of the failure.
pub fn failure_page(failure: Failure, retry: impl Fn() + Send + Sync + 'static) -> AnyView {
    #[cfg(feature = "ssr")]
    crate::context::set_status(&failure);
    let session = use_session();
    let words = &messages().common;
    let FailureText { title, text } = failure_text(&failure);
    let can_retry = matches!(
        failure,
        Failure::Unreachable | Failure::Refused(Error::Internal { .. } | Error::TooManyRequests { .. })
    );
    Effect::new(move |_| session.mind(&failure));
    let action = if can_retry {
        view! { <button type="button" on:click=move |_| retry()>{words.retry}</button> }.into_any()
    } else {
        view! { <a class="button" href="/">{words.back_to_start}</a> }.into_any()
    };
    view! {
        <PageHead title/>
        <p class="failure">{text}</p>
        <div class="row">{action}</div>
    }
    .into_any()
}

/// A failure as a note within a page.
pub fn failure_note(failure: Failure) -> AnyView {
    let FailureText { text, .. } = failure_text(&failure);
    view! { <p class="note danger">{text}</p> }.into_any()
}

/// The page for a path that leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    failure_page(Error::NotFound.into(), || {})
}
