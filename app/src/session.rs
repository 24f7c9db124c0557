//! Who is signed in, on both sides: the server knows it from the request and writes it into the
//! page, the browser keeps it and asks again when a live event, a return or a gap says so.

use crate::sign_in::functions;
use domain::{Permission, Rights, preview::Preview, sign_in::Session};
use leptos::prelude::*;
use leptos_router::location::Url;

/// The session of an open page. `Copy`, found by [`use_session`].
#[derive(Clone, Copy)]
pub struct OpenSession {
    known: RwSignal<Option<Session>>,
    revision: RwSignal<u32>,
    jobs: RwSignal<u32>,
    ending: StoredValue<bool>,
}

/// Makes the session known to all components below.
pub fn provide_session() -> OpenSession {
    let known = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return crate::context::session();
        #[cfg(not(feature = "ssr"))]
        None
    });
    let session = OpenSession {
        known: RwSignal::new(known.into_inner()),
        revision: RwSignal::new(0),
        jobs: RwSignal::new(0),
        ending: StoredValue::new(false),
    };
    provide_context(session);
    session
}

/// The session of this page.
#[must_use]
pub fn use_session() -> OpenSession {
    expect_context()
}

impl OpenSession {
    /// Who is signed in. Tracked.
    #[must_use]
    pub fn get(self) -> Option<Session> {
        self.known.get()
    }

    /// Whether somebody is signed in. Tracked.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.known.with(Option::is_some)
    }

    /// Whose view is shown, if it is not one's own. Tracked.
    #[must_use]
    pub fn preview(self) -> Option<Preview> {
        self.known.with(|session| session.as_ref().and_then(|session| session.preview.clone()))
    }

    /// Whether somebody is signed in and acts as themselves, not in a preview. Tracked.
    #[must_use]
    pub fn is_own(self) -> bool {
        self.known.with(|session| session.as_ref().is_some_and(|session| session.preview.is_none()))
    }

    /// Whether somebody is signed in who has not agreed to the current privacy notice. Tracked.
    #[must_use]
    pub fn must_agree(self) -> bool {
        self.known.with(|session| session.as_ref().is_some_and(|session| !session.agreed))
    }

    /// What is allowed at this moment. Tracked.
    #[must_use]
    pub fn rights(self) -> Rights {
        self.known.with(|session| session.as_ref().map(|session| session.rights)).unwrap_or_default()
    }

    /// Whether that is allowed at this moment. Tracked: use it as `move || session.allows(…)`.
    #[must_use]
    pub fn allows(self, permission: Permission) -> bool {
        self.rights().allow(permission)
    }

    /// Grows when the rights changed: what was loaded with the old ones is loaded again. Tracked.
    #[must_use]
    pub fn revision(self) -> u32 {
        self.revision.get()
    }

    /// Grows when a job went on, or may have: a page that shows one loads by it. Tracked.
    #[must_use]
    pub fn jobs(self) -> u32 {
        self.jobs.get()
    }

    /// Whoever shows a job loads again.
    #[cfg(feature = "hydrate")]
    pub fn look_at_jobs(self) {
        self.jobs.update(|jobs| *jobs += 1);
    }

    /// Asks the server who is signed in and what is allowed now. With `reload`, or if the rights
    /// are other ones, what the pages show is loaded again too.
    pub fn ask_again(self, reload: bool) {
        leptos::task::spawn_local(async move {
            match functions::current().await {
                Ok(_) if self.is_ending() => {}
                Ok(Some(session)) => self.learn(session, reload),
                Ok(None) => leave_for_sign_in(),
                // Nothing is known now; the stream's next opening asks again.
                Err(_) => {}
            }
        });
    }

    fn learn(self, session: Session, reload: bool) {
        let reload = reload || self.known.with_untracked(|known| known.as_ref() != Some(&session));
        if reload {
            self.known.set(Some(session));
            self.revision.update(|revision| *revision += 1);
        }
    }

    /// Runs a request that ends this session, or what this page shows of it. Whoever sent it knows where to go on,
    /// so until it has failed, the news of it leads nowhere and loads nothing again.
    pub async fn ends<T>(
        self,
        request: impl Future<Output = Result<T, crate::Failure>>,
    ) -> Result<T, crate::Failure> {
        self.ending.set_value(true);
        let answer = request.await;
        if answer.is_err() {
            self.ending.set_value(false);
        }
        answer
    }

    /// Whether this page has asked for the end of the session itself.
    #[must_use]
    pub fn is_ending(self) -> bool {
        self.ending.get_value()
    }

    /// What to do about a failed request that no page can help with: without a session go and
    /// sign in, without a right learn which ones are left.
    pub fn mind(self, failure: &crate::Failure) {
        use domain::Error;
        if !untrack(|| self.is_open()) {
            return;
        }
        match failure {
            crate::Failure::Refused(Error::Unauthenticated) => leave_for_sign_in(),
            crate::Failure::Refused(Error::Forbidden { .. } | Error::InPreview | Error::NoticeNotAgreed) => {
                self.ask_again(false);
            }
            _ => {}
        }
    }
}

/// The sign-in page, and from there back to `here`.
#[must_use]
pub fn sign_in_path(here: &str) -> String {
    match domain::sign_in::safe_return(here) {
        "/" => "/sign-in".to_owned(),
        path => format!("/sign-in?return_to={}", Url::escape(path)),
    }
}

/// The privacy notice, and from there back to `here`.
#[must_use]
pub fn notice_path(here: &str) -> String {
    match domain::sign_in::safe_return(here) {
        "/" => "/notice".to_owned(),
        path => format!("/notice?return_to={}", Url::escape(path)),
    }
}

/// Loads the sign-in page anew, so that nothing of the session stays in memory.
pub fn leave_for_sign_in() {
    go_to(&sign_in_path(&here()));
}

/// Loads the privacy notice anew, so that nothing of the page before stays in memory.
#[cfg(not(feature = "ssr"))]
pub fn leave_for_notice() {
    go_to(&notice_path(&here()));
}

fn here() -> String {
    let location = window().location();
    format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}

/// Loads a page of this origin anew.
pub fn go_to(path: &str) {
    // It fails only for addresses that can't be parsed, which a path is not.
    drop(window().location().assign(domain::sign_in::safe_return(path)));
}
