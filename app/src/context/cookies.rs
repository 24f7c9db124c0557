//! What is kept in the browser: the session, the question for a second factor, language, appearance.

use super::{append_header, header, services};
use crate::{Failure, theme::Theme};
use domain::Language;
use http::header::{COOKIE, SET_COOKIE};
use services::Services;

/// The cookie that keeps the language of somebody who isn't signed in.
const LANGUAGE: &str = "assent_language";
/// The cookie that the appearance is kept in; the browser writes it.
const THEME: &str = "assent_theme";
/// How long a choice of language is remembered: a year.
const LANGUAGE_SECONDS: u64 = 31_536_000;

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

/// The language that was chosen in this browser.
pub(super) fn chosen_language() -> Option<Language> {
    Language::from_code(&cookie(LANGUAGE)?)
}

/// The appearance chosen in this browser.
#[must_use]
pub fn theme() -> Theme {
    cookie(THEME).and_then(|code| Theme::from_code(&code)).unwrap_or_default()
}

/// Remembers the language in the browser, for pages without a session.
pub fn set_language_cookie(services: &Services, language: Language) {
    let value = format!(
        "{LANGUAGE}={}; Path=/; Max-Age={LANGUAGE_SECONDS}; SameSite=Lax; HttpOnly{}",
        language.code(),
        secure(services)
    );
    append_header(SET_COOKIE, &value);
}

/// Keeps the token of a session for so many seconds; 0 takes it away.
pub(super) fn set_session_cookie(services: &Services, token: &str, seconds: u64) {
    set_token(services, session_cookie_name(is_secure(services)), token, seconds);
}

/// Keeps the token of the question for a second factor for so many seconds; 0 takes it away.
pub(super) fn set_challenge_cookie(services: &Services, token: &str, seconds: u32) {
    set_token(services, challenge_cookie_name(is_secure(services)), token, seconds.into());
}

fn set_token(services: &Services, name: &str, token: &str, seconds: u64) {
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

fn cookie(name: &str) -> Option<String> {
    header(&COOKIE)?
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then(|| value.to_owned()))
}
