//! `/unsubscribe?token=…`: opting out by the link in a mail, without signing in (RFC 8058).
//!
//! POST opts out: no cookie is looked at, the body may be anything, and doing it again is fine. A mail programme
//! sends it from wherever it is, so it stands outside of the check of origins. GET changes nothing, because
//! programmes open links by themselves: it shows a page with a button. What is said is the same for every token,
//! so nobody learns whether it is anybody's.

use crate::assets::Site;
use askama::Template;
use axum::{
    Extension,
    extract::Query,
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use domain::Language;
use serde::Deserialize;
use services::{Services, newsletters::switches};

const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What stands in the link.
#[derive(Deserialize)]
pub struct Link {
    #[serde(default)]
    token: String,
}

#[derive(Template)]
#[template(path = "unsubscribe.html")]
struct Page<'a> {
    language: &'static str,
    css: &'a str,
    title: &'static str,
    text: &'static str,
    /// What the button says; nothing when it is done.
    button: Option<&'static str>,
}

struct Words {
    question: &'static str,
    effect: &'static str,
    button: &'static str,
    done: &'static str,
    done_text: &'static str,
}

const fn words(language: Language) -> Words {
    match language {
        Language::English => Words {
            question: "Stop this newsletter?",
            effect: "From then on no mail of it leaves for you. Your account stays as it is, and so do your other newsletters.",
            button: "Stop this newsletter",
            done: "Done",
            done_text: "This newsletter is off. You can switch it on again on your profile at any time.",
        },
        Language::German => Words {
            question: "Diesen Newsletter abbestellen?",
            effect: "Ab dann geht keine E-Mail davon mehr an Sie. Ihr Konto bleibt, wie es ist, Ihre anderen Newsletter auch.",
            button: "Diesen Newsletter abbestellen",
            done: "Erledigt",
            done_text: "Dieser Newsletter ist aus. Sie können ihn in Ihrem Profil jederzeit wieder einschalten.",
        },
    }
}

/// The page with the button.
pub async fn ask(Extension(site): Extension<Site>, headers: HeaderMap) -> Response {
    let language = accepted(&headers);
    let Words { question, effect, button, .. } = words(language);
    let css = &site.assets.css;
    show(&Page { language: language.code(), css, title: question, text: effect, button: Some(button) })
}

/// Opts out.
pub async fn opt_out(
    Extension(services): Extension<Services>,
    Extension(site): Extension<Site>,
    Query(link): Query<Link>,
    headers: HeaderMap,
) -> Response {
    if switches::opt_out(&services, &link.token).await.is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let language = accepted(&headers);
    let Words { done, done_text, .. } = words(language);
    let css = &site.assets.css;
    show(&Page { language: language.code(), css, title: done, text: done_text, button: None })
}

fn accepted(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::accepted(accepted.unwrap_or_default())
}

fn show(page: &Page<'_>) -> Response {
    match page.render() {
        Ok(html) => ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
