//! How a page loads what it shows: on the server while rendering, in the browser when the page is
//! opened and whenever the rights change, keeping what is there until the answer has come.

use crate::{Failure, components::failure_view::failure_page, session::use_session};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;

/// What a server function answers, loaded again when `key` or the rights change. Create it at the
/// top of the page's component, beside others, never inside what [`loaded`] draws.
pub fn load<K, T, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    fetch: impl Fn(K) -> F + Send + Sync + 'static,
) -> Resource<Result<T, Failure>>
where
    K: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, Failure>> + Send + 'static,
{
    let session = use_session();
    Resource::new(move || (key(), session.revision()), move |(key, _)| fetch(key))
}

/// Draws `ready` as soon as the answer is there, and the failure if there is one. `ready` runs
/// once; a newer answer arrives through the signal it is given, so nothing is drawn anew and what
/// is typed, focused or scrolled stays.
pub fn loaded<T>(
    resource: Resource<Result<T, Failure>>,
    ready: impl Fn(Signal<T>) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let draw = move || {
        let ready = ready.clone();
        let state = Memo::new(move |_| resource.with(|answer| State::of(answer.as_ref())));
        move || match state.get() {
            State::Waiting => ().into_any(),
            State::Failed(failure) => failure_page(failure, move || resource.refetch()),
            State::Ready => match resource.get_untracked() {
                Some(Ok(first)) => ready(latest(resource, first)),
                _ => ().into_any(),
            },
        }
    };
    view! { <Transition>{draw}</Transition> }.into_any()
}

/// The newest good answer.
fn latest<T>(resource: Resource<Result<T, Failure>>, first: T) -> Signal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |before: Option<&T>| {
        resource.with(|answer| match (answer, before) {
            (Some(Ok(now)), _) => now.clone(),
            (_, Some(before)) => before.clone(),
            _ => first.clone(),
        })
    })
    .into()
}

#[derive(Clone, PartialEq)]
enum State {
    Waiting,
    Failed(Failure),
    Ready,
}

impl State {
    fn of<T>(answer: Option<&Result<T, Failure>>) -> Self {
        match answer {
            None => Self::Waiting,
            Some(Err(failure)) => Self::Failed(failure.clone()),
            Some(Ok(_)) => Self::Ready,
        }
    }
}

/// Puts an answer that a change gave back in the place of what was loaded, if the page is still
/// there.
pub fn replace<T: Send + Sync + 'static>(resource: Resource<Result<T, Failure>>, answer: T) {
    if !resource.is_disposed() {
        resource.set(Some(Ok(answer)));
    }
}

/// Loads again, if the page is still there.
pub fn again<T>(resource: Resource<Result<T, Failure>>)
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    if !resource.is_disposed() {
        resource.refetch();
    }
}
