//! Forms that a browser sends by itself, where no JavaScript runs, and what tells them apart.

use super::{header, parts};
use http::{
    HeaderMap, HeaderValue, Method,
    header::{ACCEPT, CONTENT_TYPE, REFERER},
};

/// The media type of a form that a browser sends by itself.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// The media type of the request's body, in lower case and without parameters.
#[must_use]
pub fn content_type() -> Option<String> {
    parts(|parts| media_type(&parts.headers))
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

/// Whether the browser sent a form by itself and will show what comes back.
pub(super) fn is_plain_form() -> bool {
    parts(|parts| Some(parts.method == Method::POST)).unwrap_or_default()
        && content_type().as_deref() == Some(FORM)
        && header(&ACCEPT).is_some_and(|accepted| accepted.contains("text/html"))
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
