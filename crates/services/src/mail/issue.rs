//! Writing a mail that brings an issue of a newsletter: what its author wrote, why it came, and the link
//! that stops it.

use super::{
    letter::Letter,
    texts::{self, NewsletterTexts},
};
use crate::markdown;
use askama::Template;
use store::mail::sending::{self, Issue, Subscription};

#[derive(Template)]
#[template(path = "mail/newsletter.html")]
struct Page<'a> {
    language: &'static str,
    subject: &'a str,
    /// Safe already.
    body: String,
    end: &'a End,
}

#[derive(Template)]
#[template(path = "mail/newsletter.txt", escape = "none")]
struct Text<'a> {
    body: &'a str,
    end: &'a End,
}

/// What stands below every issue.
struct End {
    why: String,
    stop: &'static str,
    /// Nothing in a test.
    url: Option<String>,
}

/// Writes a mail with an issue in it.
pub(super) fn write(mail: &sending::Letter, issue: &Issue, public_url: &str) -> Letter {
    let texts: &NewsletterTexts = &texts::of(issue.language).newsletter;
    let url = |it: &Subscription| format!("{public_url}/unsubscribe?token={}", it.token.reveal());
    let end = End {
        why: (texts.why)(&issue.name, &mail.organisation),
        stop: if issue.subscription.is_some() { texts.stop } else { texts.test },
        url: issue.subscription.as_ref().map(url),
    };
    let subject = match &issue.subscription {
        Some(_) => issue.subject.clone(),
        None => (texts.test_subject)(&issue.subject),
    };
    // A mail has no address of its own that a path could be meant from.
    let body =
        markdown::render(&issue.body, 1).as_str().replace("<a href=\"/", &format!("<a href=\"{public_url}/"));
    let page = Page { language: issue.language.code(), subject: &subject, body, end: &end };
    let text = Text { body: &issue.body, end: &end };
    // Writing into memory can't fail.
    let (html, text) = (page.render().unwrap_or_default(), text.render().unwrap_or_default());
    Letter { subject, text, html, unsubscribe: end.url }
}
