//! `GET /demo/mail`: the demo's inbox, where its mail goes in place of a mail server. It is only there
//! in a demo, which only this machine can reach.

use crate::assets::Site;
use askama::Template;
use axum::{
    Extension,
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use domain::Language;
use services::{Services, mail::Received};

const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[derive(Template)]
#[template(path = "demo_mail.html")]
struct Page<'a> {
    language: &'static str,
    css: &'a str,
    words: Words,
    mails: Vec<Shown>,
}

struct Words {
    title: &'static str,
    lead: &'static str,
    empty: &'static str,
    to: &'static str,
}

const fn words(language: Language) -> Words {
    match language {
        Language::English => Words {
            title: "Mail of the demo",
            lead: "In place of being sent, the demo's mail is shown here, newest first. Load the page again to see more.",
            empty: "No mail yet. Invite somebody, or ask for a new password.",
            to: "To",
        },
        Language::German => Words {
            title: "E-Mails der Demo",
            lead: "Statt versendet zu werden, stehen die E-Mails der Demo hier, die neueste zuerst. Laden Sie die Seite neu, um weitere zu sehen.",
            empty: "Noch keine E-Mail. Laden Sie jemanden ein, oder bitten Sie um ein neues Passwort.",
            to: "An",
        },
    }
}

struct Shown {
    name: String,
    address: String,
    subject: String,
    lines: Vec<Line>,
}

/// A line of a mail.
enum Line {
    Text(String),
    Link(String),
}

impl Shown {
    fn new(mail: Received) -> Self {
        let line = |line: &str| match line.starts_with("http://") || line.starts_with("https://") {
            true => Line::Link(line.to_owned()),
            false => Line::Text(line.to_owned()),
        };
        Self {
            name: mail.name,
            address: mail.address.reveal().to_owned(),
            subject: mail.letter.subject,
            lines: mail.letter.text.lines().map(line).collect(),
        }
    }
}

/// The page.
pub async fn page(
    Extension(services): Extension<Services>,
    Extension(site): Extension<Site>,
    headers: HeaderMap,
) -> Response {
    let Some(inbox) = services.inbox() else { return StatusCode::NOT_FOUND.into_response() };
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = Language::accepted(accepted.unwrap_or_default());
    let mails = inbox.all().into_iter().map(Shown::new).collect();
    let page = Page { language: language.code(), css: &site.assets.css, words: words(language), mails };
    match page.render() {
        Ok(html) => ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
