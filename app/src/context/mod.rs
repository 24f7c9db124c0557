//! The only place that reads the server's state out of the framework's context, and the only one
//! that writes to the answer: its status, its cookies, where it leads. What is kept in the browser is
//! in `cookies`, what a form without JavaScript is in `forms`, what a page load counts for in `counting`.
//!
//! The server's middleware puts [`Services`] and, for somebody who is signed in, [`Caller`] into
//! the extensions of the request, once.

mod cookies;
mod counting;
mod forms;

pub use cookies::{challenge, session_cookie_name, set_language_cookie, theme};
pub use counting::{asks_not_to_be_counted, count_page};
pub(crate) use forms::FORM;
pub use forms::{content_type, prepare};

use crate::Failure;
use cookies::{chosen_language, set_challenge_cookie, set_session_cookie};
use domain::{
    Error, Language,
    sign_in::{Next, Session, Visitor},
};
use forms::is_plain_form;
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{ACCEPT_LANGUAGE, LINK, LOCATION, RETRY_AFTER},
    request::Parts,
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use services::{
    Services,
    sign_in::{Entry, SignedIn},
};
use store::Caller;

/// What works before somebody has agreed to the current privacy notice, since it must never depend on
/// agreeing. This list is all of it: a server function takes its caller by [`current`], which refuses
/// before that, or names its reason here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeforeAgreeing {
    /// Reading the notice, and agreeing to it.
    Notice,
    /// Ending one's own account, and proving who one is for it.
    Termination,
    /// The last platform admin hands over, to be able to go.
    Succession,
    /// A platform admin closes the organisation, to be able to go.
    Closing,
    /// Setting up a second factor, where the organisation asks for one before the two above.
    SecondFactor,
    /// Reading what is stored about oneself, and taking it along; being told that nothing is counted.
    OwnData,
    /// Opting out of newsletters, which has to be as easy as opting in (Art. 7(3) GDPR).
    OptOut,
    /// Filing, reading and taking back one's own data requests.
    DataRequests,
    /// Signing out.
    SignOut,
    /// Reading in another language.
    Language,
}

/// The services and who calls them, who has agreed to the current privacy notice and acts as themselves.
///
/// # Errors
/// `Unauthenticated` if nobody is signed in, `NoticeNotAgreed`, `InPreview`.
pub fn current() -> Result<(Services, Caller), Failure> {
    let (services, caller) = current_to_read()?;
    Ok((services, as_themselves(caller)?))
}

/// The same for what a preview shows: what reads, and is nobody's own. A server function that takes its caller by
/// this changes nothing.
///
/// # Errors
/// `Unauthenticated` if nobody is signed in, `NoticeNotAgreed`.
pub fn current_to_read() -> Result<(Services, Caller), Failure> {
    let (services, caller) = (services()?, caller().ok_or(Error::Unauthenticated)?);
    caller.require_agreement()?;
    Ok((services, caller))
}

/// The services and who calls them as themselves, whether they have agreed or not.
///
/// # Errors
/// `Unauthenticated` if nobody is signed in, `InPreview`.
pub fn current_before_agreeing(reason: BeforeAgreeing) -> Result<(Services, Caller), Failure> {
    let caller = caller_before_agreeing(reason).ok_or(Error::Unauthenticated)?;
    Ok((services()?, as_themselves(caller)?))
}

/// Who calls, unless they look at what somebody else would see.
///
/// # Errors
/// `InPreview`.
pub fn as_themselves(caller: Caller) -> Result<Caller, Failure> {
    caller.require_no_preview()?;
    Ok(caller)
}

/// Who calls, if somebody is signed in, whether they have agreed or not.
#[must_use]
pub fn caller_before_agreeing(_reason: BeforeAgreeing) -> Option<Caller> {
    caller()
}

/// The services.
///
/// # Errors
/// `Internal` if the server didn't put them there.
pub fn services() -> Result<Services, Failure> {
    parts(|parts| parts.extensions.get::<Services>().cloned())
        .ok_or_else(|| Error::Internal { reference: "context".into() }.into())
}

/// Who calls, if somebody is signed in. Server functions ask as above.
fn caller() -> Option<Caller> {
    parts(|parts| parts.extensions.get::<Caller>().cloned())
}

/// Who sends the request, before it is known who they are.
#[must_use]
pub fn visitor() -> Visitor {
    parts(|parts| parts.extensions.get::<Visitor>().copied()).unwrap_or_default()
}

/// What a page needs to know of who is signed in.
#[must_use]
pub fn session() -> Option<Session> {
    caller().map(|caller| caller.session())
}

/// The language of the answer: the user's own, else the one chosen in this browser, else the best
/// that the browser asks for.
#[must_use]
pub fn language() -> Language {
    caller()
        .map(|caller| caller.language())
        .or_else(chosen_language)
        .or_else(|| header(&ACCEPT_LANGUAGE).map(|accepted| Language::accepted(&accepted)))
        .unwrap_or_default()
}

/// Goes on after a password that is right: with a session, or with the question for a second factor.
#[must_use]
pub fn go_on(services: &Services, entry: &Entry) -> Next {
    let challenge = match entry {
        Entry::Session(signed_in) => return enter(services, signed_in),
        Entry::SecondFactor(challenge) => challenge,
    };
    set_challenge_cookie(services, challenge, services.challenge_seconds());
    go_to(Next::SecondFactor)
}

/// Keeps the token of a new session in the browser and says where to go on.
#[must_use]
pub fn enter(services: &Services, signed_in: &SignedIn) -> Next {
    set_session_cookie(services, &signed_in.token, services.session_seconds());
    if challenge().is_ok_and(|challenge| !challenge.is_empty()) {
        set_challenge_cookie(services, "", 0);
    }
    go_to(Next::GoTo(domain::sign_in::safe_return(&signed_in.return_to).to_owned()))
}

/// A form that was sent without JavaScript is led on.
fn go_to(next: Next) -> Next {
    lead_form_to(next.path());
    next
}

/// Takes the token out of the browser. A form that was sent without JavaScript is led to the
/// sign-in page.
pub fn leave(services: &Services) {
    set_session_cookie(services, "", 0);
    lead_form_to("/sign-in");
}

/// Leads a form that was sent without JavaScript on; others know themselves where to go.
pub fn lead_form_to(path: &str) {
    if is_plain_form() {
        lead_to(StatusCode::SEE_OTHER, path);
    }
}

/// The status of a failed answer: of a server function, or of the page that shows it. The answer
/// to a form sent without JavaScript leads back to its page and keeps its own status.
pub fn set_status(failure: &Failure) {
    if is_plain_form() {
        return;
    }
    let Failure::Refused(error) = failure else { return };
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::from_u16(error.status()).unwrap_or_default());
    }
    if let Error::TooManyRequests { retry_after } = error {
        append_header(RETRY_AFTER, &retry_after.to_string());
    }
}

/// Leads a page request to the sign-in page, and from there back.
pub fn lead_to_sign_in() {
    lead_to(StatusCode::FOUND, &crate::session::sign_in_path(&here()));
}

/// Leads a page request to the privacy notice, and from there back.
pub fn lead_to_notice() {
    lead_to(StatusCode::FOUND, &crate::session::notice_path(&here()));
}

fn here() -> String {
    parts(|parts| parts.uri.path_and_query().map(ToString::to_string)).unwrap_or_default()
}

/// Leads a page request to another path of this origin.
pub fn lead_to(status: StatusCode, path: &str) {
    if let Some(response) = use_context::<ResponseOptions>() {
        let path = domain::sign_in::safe_return(path);
        let location = HeaderValue::from_str(path).unwrap_or_else(|_| HeaderValue::from_static("/"));
        response.insert_header(LOCATION, location);
        response.set_status(status);
    }
}

/// Tells the browser with the head of the answer which code the page needs, so that it doesn't wait to
/// be asked for it (RFC 8288, `preload`).
pub fn announce(chunk: &str) {
    let Some(assets) = use_context::<crate::Assets>() else { return };
    for file in assets.chunks.get(chunk).into_iter().flatten() {
        append_header(LINK, &format!("</pkg/{file}>; rel=preload; as=fetch; crossorigin"));
    }
}

/// Adds a header to the answer.
pub fn append_header(name: HeaderName, value: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(value)) {
        response.append_header(name, value);
    }
}

fn parts<T>(read: impl FnOnce(&Parts) -> Option<T>) -> Option<T> {
    use_context::<Parts>().and_then(|parts| read(&parts))
}

fn header(name: &HeaderName) -> Option<String> {
    parts(|parts| Some(parts.headers.get(name)?.to_str().ok()?.to_owned()))
}
