//! The only place that reads the server's state out of the framework's context, and the only one
//! that writes to the answer: its status, its cookies, where it leads.
//!
//! The server's middleware puts [`Services`] and, for somebody who is signed in, [`Caller`] into
//! the extensions of the request, once.

use crate::{Failure, theme::Theme};
use domain::{
    Error, Language,
    sign_in::{Next, Session, Visitor},
};
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
    header::{
        ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, LINK, LOCATION, REFERER, RETRY_AFTER, SET_COOKIE,
    },
    request::Parts,
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use services::{
    Services,
    sign_in::{Entry, SignedIn},
};
use store::Caller;

/// The cookie that keeps the language of somebody who isn't signed in.
const LANGUAGE_COOKIE: &str = "assent_language";
/// The cookie that the appearance is kept in; the browser writes it.
const THEME_COOKIE: &str = "assent_theme";
/// The media type of a form that a browser sends by itself.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
/// How long a choice of language is remembered: a year.
const LANGUAGE_SECONDS: u64 = 31_536_000;

/// The services and who calls them.
///
/// # Errors
/// `Unauthenticated` if nobody is signed in.
pub fn current() -> Result<(Services, Caller), Failure> {
    Ok((services()?, caller().ok_or(Error::Unauthenticated)?))
}

/// The services.
///
/// # Errors
/// `Internal` if the server didn't put them there.
pub fn services() -> Result<Services, Failure> {
    parts(|parts| parts.extensions.get::<Services>().cloned())
        .ok_or_else(|| Error::Internal { reference: "context".into() }.into())
}

/// Who calls, if somebody is signed in.
#[must_use]
pub fn caller() -> Option<Caller> {
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
        .or_else(|| cookie(LANGUAGE_COOKIE).and_then(|code| Language::from_code(&code)))
        .or_else(|| header(&ACCEPT_LANGUAGE).map(|accepted| Language::accepted(&accepted)))
        .unwrap_or_default()
}

/// The appearance chosen in this browser.
#[must_use]
pub fn theme() -> Theme {
    cookie(THEME_COOKIE).and_then(|code| Theme::from_code(&code)).unwrap_or_default()
}

/// The media type of the request's body, in lower case and without parameters.
#[must_use]
pub fn content_type() -> Option<String> {
    parts(|parts| media_type(&parts.headers))
}

/// The name of the cookie that holds the session's token. `__Host-` binds it to this very host
/// (RFC 6265bis, 4.1.3.2) and works on https only.
#[must_use]
pub const fn session_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-assent" } else { "assent" }
}

/// The name of the cookie that holds the question for a second factor.
const fn challenge_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-assent-challenge" } else { "assent-challenge" }
}

/// The token of the question for a second factor, or nothing that fits any.
///
/// # Errors
/// `Internal` if the server didn't put the services there.
pub fn challenge() -> Result<String, Failure> {
    Ok(cookie(challenge_cookie_name(is_secure(&services()?))).unwrap_or_default())
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

/// Remembers the language in the browser, for pages without a session.
pub fn set_language_cookie(services: &Services, language: Language) {
    let value = format!(
        "{LANGUAGE_COOKIE}={}; Path=/; Max-Age={LANGUAGE_SECONDS}; SameSite=Lax; HttpOnly{}",
        language.code(),
        secure(services)
    );
    append_header(SET_COOKIE, &value);
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
    let here = parts(|parts| parts.uri.path_and_query().map(ToString::to_string)).unwrap_or_default();
    lead_to(StatusCode::FOUND, &crate::session::sign_in_path(&here));
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

/// To be called by the server on the headers of every request to a server function, before the
/// framework sees it. The framework answers whoever accepts HTML with a redirect to the `Referer`:
/// so only a form may accept HTML, and only a page of this origin may have sent it.
pub fn prepare(headers: &mut HeaderMap, public_url: &str) {
    let is_form = media_type(headers).as_deref() == Some(FORM);
    if !is_form {
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    }
    let is_inner =
        headers.get(REFERER).and_then(|it| it.to_str().ok()).is_some_and(|it| is_inner(it, public_url));
    if !is_form || !is_inner {
        headers.remove(REFERER);
    }
}

fn is_inner(referer: &str, public_url: &str) -> bool {
    referer
        .strip_prefix(public_url.trim_end_matches('/'))
        .is_some_and(|path| path.starts_with('/') && domain::sign_in::safe_return(path) == path)
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

fn set_session_cookie(services: &Services, token: &str, seconds: u64) {
    let name = session_cookie_name(is_secure(services));
    let secure = secure(services);
    let value = format!("{name}={token}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly{secure}");
    append_header(SET_COOKIE, &value);
}

fn set_challenge_cookie(services: &Services, token: &str, seconds: u32) {
    let name = challenge_cookie_name(is_secure(services));
    let secure = secure(services);
    let value = format!("{name}={token}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly{secure}");
    append_header(SET_COOKIE, &value);
}

fn is_secure(services: &Services) -> bool {
    services.public_url().starts_with("https://")
}

fn secure(services: &Services) -> &'static str {
    if is_secure(services) { "; Secure" } else { "" }
}

/// Whether the browser sent a form by itself and will show what comes back.
fn is_plain_form() -> bool {
    parts(|parts| Some(parts.method == Method::POST)).unwrap_or_default()
        && content_type().as_deref() == Some(FORM)
        && header(&ACCEPT).is_some_and(|accepted| accepted.contains("text/html"))
}

fn parts<T>(read: impl FnOnce(&Parts) -> Option<T>) -> Option<T> {
    use_context::<Parts>().and_then(|parts| read(&parts))
}

fn header(name: &HeaderName) -> Option<String> {
    parts(|parts| Some(parts.headers.get(name)?.to_str().ok()?.to_owned()))
}

fn cookie(name: &str) -> Option<String> {
    header(&COOKIE)?
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then(|| value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_back_to_this_origin_only() {
        let here = "https://assent.example";
        let good = "https://assent.example/sign-in?return_to=%2F";
        assert!(is_inner(good, here));
        for bad in [
            "https://assent.example.evil.example/",
            "https://assent.example@evil.example/",
            "https://evil.example/https://assent.example/",
            "http://assent.example/",
            "https://assent.example",
            "https://assent.example//evil.example",
        ] {
            assert!(!is_inner(bad, here), "{bad}");
        }
    }

    #[test]
    fn only_forms_are_led_anywhere() {
        let headers = |media: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
            headers.insert(ACCEPT, HeaderValue::from_static("text/html"));
            headers.insert(REFERER, HeaderValue::from_static("http://localhost:3000/sign-in"));
            headers
        };
        let mut json = headers("application/json");
        prepare(&mut json, "http://localhost:3000");
        assert_eq!(json.get(ACCEPT).unwrap(), "application/json");
        assert!(!json.contains_key(REFERER));
        let mut form = headers("application/x-www-form-urlencoded; charset=utf-8");
        prepare(&mut form, "http://localhost:3000");
        assert_eq!(form.get(ACCEPT).unwrap(), "text/html");
        assert!(form.contains_key(REFERER));
        prepare(&mut form, "https://assent.example");
        assert!(!form.contains_key(REFERER));
    }
}
