//! The state of a form: what was typed over what is stored, what is wrong with it, and whether it
//! is on its way.
//!
//! A [`Form`] is made at the top of a page's component, so what was typed outlives every reload of
//! what is stored, and the loss of the right to save it.

mod key;

pub use key::Key;

use crate::{Failure, messages::messages, session::OpenSession};
use domain::{Conflict, Error, Field, FieldError};
use leptos::{prelude::*, server::ServerActionError, task::spawn_local};
use server_fn::error::ServerFnUrlError;
use std::{future::Future, pin::Pin};

/// What is done with the answer to a form.
type Then = Box<dyn FnOnce()>;

/// A form. `Copy`: pass it to the fields and handlers.
#[derive(Clone, Copy)]
pub struct Form {
    /// The first part of the fields' ids; one of its own for each form of a page.
    prefix: &'static str,
    typed: RwSignal<Vec<(Key, String)>>,
    labels: StoredValue<Vec<(Key, String)>>,
    errors: RwSignal<Vec<FieldError>>,
    failure: RwSignal<Option<Failure>>,
    pending: RwSignal<bool>,
    editable: Signal<bool>,
    stale: StoredValue<Option<Callback<()>>>,
    session: Option<OpenSession>,
}

impl Form {
    /// A form that everybody who sees it may send.
    #[must_use]
    pub fn new(prefix: &'static str) -> Self {
        Self::locked_unless(prefix, || true)
    }

    /// A form whose fields are disabled unless `editable`, such as
    /// `move || session.allows(Permission::BillingEdit)`.
    #[must_use]
    pub fn locked_unless(prefix: &'static str, editable: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self {
            prefix,
            typed: RwSignal::default(),
            labels: StoredValue::default(),
            errors: RwSignal::default(),
            failure: RwSignal::default(),
            pending: RwSignal::new(false),
            editable: Signal::derive(editable),
            stale: StoredValue::new(None),
            session: use_context(),
        }
    }

    /// What to do when what the page shows is no longer so, because somebody else saved meanwhile or its
    /// link is used up: load again, `move || again(resource)`.
    #[must_use]
    pub fn when_stale(self, reload: impl Fn() + Send + Sync + 'static) -> Self {
        self.stale.set_value(Some(Callback::new(move |()| reload())));
        self
    }

    /// Shows what the server answered to this form when it was sent without JavaScript; `path` is
    /// that of its server function. Only answers about what was typed are taken from an address.
    #[must_use]
    pub fn with_answer_to(self, path: &str) -> Self {
        if let Some(error) = use_context::<ServerActionError>().filter(|error| error.path() == path) {
            match ServerFnUrlError::<Failure>::decode_err(error.err()) {
                Failure::Refused(
                    error @ (Error::Invalid(_) | Error::Conflict(_) | Error::TooManyRequests { .. }),
                ) => {
                    self.fail(error.into());
                }
                _ => self.fail(Failure::Unreachable),
            }
        }
        self
    }

    /// What a field shows: what was typed, else what is stored. Tracked.
    #[must_use]
    pub fn value(self, key: impl Into<Key>, stored: &str) -> String {
        let key = key.into();
        self.typed
            .with(|typed| typed.iter().find(|(typed, _)| *typed == key).map(|(_, text)| text.clone()))
            .unwrap_or_else(|| stored.to_owned())
    }

    /// Like [`Self::value`], for handlers.
    #[must_use]
    pub fn value_untracked(self, key: impl Into<Key>, stored: &str) -> String {
        untrack(|| self.value(key, stored))
    }

    /// Somebody typed `text` where `stored` is stored.
    pub fn type_over(self, key: impl Into<Key>, text: String, stored: &str) {
        let key = key.into();
        self.typed.update(|typed| {
            typed.retain(|(typed, _)| *typed != key);
            if text != stored {
                typed.push((key, text));
            }
        });
    }

    /// Whether what was typed there differs from what is stored. Tracked.
    #[must_use]
    pub fn is_typed(self, key: Key) -> bool {
        self.typed.with(|typed| typed.iter().any(|(typed, _)| *typed == key))
    }

    /// Whether anything was typed that is not stored. Tracked.
    #[must_use]
    pub fn is_changed(self) -> bool {
        self.typed.with(|typed| !typed.is_empty())
    }

    /// Whether the fields can be changed. Tracked.
    #[must_use]
    pub fn is_editable(self) -> bool {
        self.editable.get()
    }

    /// Whether the form is on its way. Tracked.
    #[must_use]
    pub fn is_pending(self) -> bool {
        self.pending.get()
    }

    /// What is wrong with a field, in words. Tracked.
    #[must_use]
    pub fn problem(self, key: Key) -> Option<String> {
        let words = messages().fields.problem;
        self.errors.with(|errors| {
            errors.iter().find(|error| Key::from(error.field) == key).map(|error| words(error.problem))
        })
    }

    /// All that is wrong with fields. Tracked.
    #[must_use]
    pub fn errors(self) -> Vec<FieldError> {
        self.errors.get()
    }

    /// What else went wrong. Tracked.
    #[must_use]
    pub fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// Remembers what a field of this form is called.
    pub fn call(self, key: Key, label: &str) {
        self.labels.update_value(|labels| {
            if !labels.iter().any(|(called, _)| *called == key) {
                labels.push((key, label.to_owned()));
            }
        });
    }

    /// What the field is called: on this form, else everywhere.
    #[must_use]
    pub fn label(self, field: Field) -> String {
        let key = Key::from(field);
        self.labels
            .with_value(|labels| {
                labels.iter().find(|(called, _)| *called == key).map(|(_, label)| label.clone())
            })
            .unwrap_or_else(|| (messages().fields.label)(field).to_owned())
    }

    /// The `id` of a field.
    #[must_use]
    pub fn id(self, key: impl Into<Key>) -> String {
        format!("{}-{}", self.prefix, key.into().0)
    }

    /// Forgets what was typed and what was wrong with it.
    pub fn reset(self) {
        self.typed.set(Vec::new());
        self.clear_errors();
    }

    /// Shows what is wrong.
    pub fn fail(self, failure: Failure) {
        match failure {
            Failure::Refused(Error::Invalid(errors)) => self.errors.set(errors),
            other => self.failure.set(Some(other)),
        }
    }

    /// Sends `request`, unless one is on its way already, and shows what is wrong if it fails. When
    /// it was taken, what was typed is forgotten and `then` gets the answer; who navigates away in
    /// `then` does so as its last act.
    pub fn send<T, F>(self, request: F, then: impl FnOnce(T) + 'static)
    where
        F: Future<Output = Result<T, Failure>> + 'static,
        T: 'static,
    {
        self.dispatch(Box::pin(async move {
            let answer = request.await?;
            Ok(Box::new(move || then(answer)) as Then)
        }));
    }

    /// Knows no types, so that a further request costs the browser little.
    fn dispatch(self, request: Pin<Box<dyn Future<Output = Result<Then, Failure>>>>) {
        if self.pending.get_untracked() || !self.editable.get_untracked() {
            return;
        }
        self.clear_errors();
        self.pending.set(true);
        spawn_local(async move {
            let answer = request.await;
            if let (Err(failure), Some(session)) = (&answer, self.session) {
                session.mind(failure);
            }
            // Whoever has left the page meanwhile is told nothing.
            if self.pending.is_disposed() {
                return;
            }
            self.pending.set(false);
            match answer {
                Ok(then) => {
                    self.reset();
                    then();
                }
                Err(failure) => self.refused(failure),
            }
        });
    }

    fn refused(self, failure: Failure) {
        use Conflict::{
            ChallengeOver, LinkExpired, NoticePublished, RequestAnswered, RequestTakenBack, Stale,
        };
        if let Failure::Refused(Error::Conflict(
            Stale | NoticePublished | LinkExpired | ChallengeOver | RequestAnswered | RequestTakenBack,
        )) = failure
            && let Some(reload) = self.stale.get_value()
        {
            reload.run(());
        }
        self.fail(failure);
    }

    fn clear_errors(self) {
        self.errors.set(Vec::new());
        self.failure.set(None);
    }
}
