//! How a page loads what it shows: on the server while rendering, in the browser when the page is
//! opened and whenever the rights change, keeping what is there until the answer has come.
//!
//! Only the thin outside is generic. What it stands on knows no types, so that a further page
//! costs the browser little.

mod answer;

use crate::{
    Failure,
    components::failure_view::{InWords, failure_note, failure_page_in, failure_text},
    session::use_session,
};
use answer::{Answer, InPage};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::{any::Any, future::Future, marker::PhantomData, pin::Pin, sync::Arc};

/// What can be loaded.
pub trait Loadable: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {}

impl<T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static> Loadable for T {}

type Resourced = Resource<Result<Answer, Failure>, InPage>;
type Fetch = Pin<Box<dyn Future<Output = Result<Answer, Failure>> + Send>>;
type Ready = Arc<dyn Fn(Memo<Answer>) -> AnyView + Send + Sync>;

/// What a page has loaded or is loading. `Copy`.
pub struct Loaded<T> {
    resource: Resourced,
    answer: PhantomData<fn() -> T>,
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loaded<T> {}

/// What a server function answers, loaded again when `key` or the rights change. Create it at the
/// top of the page's component, beside others, never inside what [`loaded`] draws.
pub fn load<K, T, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    fetch: impl Fn(K) -> F + Send + Sync + 'static,
) -> Loaded<T>
where
    K: PartialEq + Clone + Send + Sync + 'static,
    T: Loadable,
    F: Future<Output = Result<T, Failure>> + Send + 'static,
{
    let key = move || Key::new(key());
    let fetch = move |key: &Key| -> Fetch {
        let answer = key.value().map(&fetch);
        Box::pin(async move {
            match answer {
                Some(answer) => answer.await.map(Answer::new),
                None => Err(Failure::Unreachable),
            }
        })
    };
    Loaded { resource: start(Box::new(key), Box::new(fetch)), answer: PhantomData }
}

fn start(
    key: Box<dyn Fn() -> Key + Send + Sync>,
    fetch: Box<dyn Fn(&Key) -> Fetch + Send + Sync>,
) -> Resourced {
    let session = use_session();
    let key = move || (key(), session.revision());
    Resource::new_with_options(key, move |(key, _)| fetch(&key), false)
}

/// What a page loads by, such as an id: a change of it loads again.
#[derive(Clone)]
struct Key {
    value: Arc<dyn Any + Send + Sync>,
    same: fn(&dyn Any, &dyn Any) -> bool,
}

impl Key {
    fn new<K: PartialEq + Send + Sync + 'static>(value: K) -> Self {
        let same = |this: &dyn Any, other: &dyn Any| this.downcast_ref::<K>() == other.downcast_ref::<K>();
        Self { value: Arc::new(value), same }
    }

    fn value<K: Clone + 'static>(&self) -> Option<K> {
        self.value.downcast_ref().cloned()
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(&*self.value, &*other.value)
    }
}

/// Draws `ready` as soon as the answer is there, and the failure if there is one. `ready` runs
/// once; a newer answer arrives through the signal it is given, so nothing is drawn anew and what
/// is typed, focused or scrolled stays.
pub fn loaded<T: Loadable>(
    loaded: Loaded<T>,
    ready: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    loaded_or(loaded, ready, failure_text)
}

/// Like [`loaded`], with failures in the page's own words.
pub fn loaded_or<T: Loadable>(
    loaded: Loaded<T>,
    ready: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
    in_words: InWords,
) -> AnyView {
    loaded_as(loaded, ready, Some(in_words))
}

/// Like [`loaded`], for a part of a page that is open: a failure is a note there.
pub fn loaded_within<T: Loadable>(
    loaded: Loaded<T>,
    ready: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    loaded_as(loaded, ready, None)
}

fn loaded_as<T: Loadable>(
    loaded: Loaded<T>,
    ready: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
    in_words: Option<InWords>,
) -> AnyView {
    let ready = move |answer: Memo<Answer>| {
        ready(Signal::derive(move || {
            answer.with(|answer| answer.value::<T>().cloned()).expect("only what was read is shown")
        }))
    };
    show(loaded.resource, |answer| answer.value::<T>().is_some(), Arc::new(ready), in_words)
}

fn show(
    resource: Resourced,
    readable: fn(&Answer) -> bool,
    ready: Ready,
    in_words: Option<InWords>,
) -> AnyView {
    let draw = move || {
        let ready = Arc::clone(&ready);
        let state = Memo::new(move |_| resource.with(|answer| State::of(answer.as_ref(), readable)));
        move || match state.get() {
            State::Waiting => ().into_any(),
            State::Failed(failure) => match in_words {
                Some(in_words) => {
                    failure_page_in(in_words, failure, Callback::new(move |()| resource.refetch()))
                }
                None => failure_note(failure),
            },
            // Within a `Transition` even an untracked read of a resource tracks it, by way of the future that it
            // waits with; then every answer would draw the page anew, with what is typed and focused in it.
            State::Ready => untrack(|| match resource.get_untracked() {
                Some(Ok(first)) => ready(latest(resource, first)),
                _ => ().into_any(),
            }),
        }
    };
    view! { <Transition>{draw}</Transition> }.into_any()
}

/// The newest good answer.
fn latest(resource: Resourced, first: Answer) -> Memo<Answer> {
    Memo::new(move |before: Option<&Answer>| {
        resource.with(|answer| match (answer, before) {
            (Some(Ok(now)), _) => now.clone(),
            (_, Some(before)) => before.clone(),
            _ => first.clone(),
        })
    })
}

#[derive(Clone, PartialEq)]
enum State {
    Waiting,
    Failed(Failure),
    Ready,
}

impl State {
    fn of(answer: Option<&Result<Answer, Failure>>, readable: fn(&Answer) -> bool) -> Self {
        match answer {
            None => Self::Waiting,
            Some(Err(failure)) => Self::Failed(failure.clone()),
            Some(Ok(answer)) if readable(answer) => Self::Ready,
            Some(Ok(_)) => Self::Failed(Failure::Unreachable),
        }
    }
}

/// Puts an answer that a change gave back in the place of what was loaded, if the page is still
/// there.
pub fn replace<T: Loadable>(loaded: Loaded<T>, answer: T) {
    if !loaded.resource.is_disposed() {
        loaded.resource.set(Some(Ok(Answer::new(answer))));
    }
}

/// Loads again, if the page is still there.
pub fn again<T>(loaded: Loaded<T>) {
    if !loaded.resource.is_disposed() {
        loaded.resource.refetch();
    }
}

/// The newest answer, if it is a good one and the page is still there. Not tracked.
pub fn now<T: Loadable>(loaded: Loaded<T>) -> Option<T> {
    if loaded.resource.is_disposed() {
        return None;
    }
    loaded.resource.get_untracked()?.ok()?.value().cloned()
}
