//! Writing a mail: its words from the catalogue, laid out by one template for each part.

use super::{
    issue,
    texts::{self, Notice, Texts},
};
use crate::local_time::local_time;
use askama::Template;
use domain::{mail::Message, time::time_written};
use store::mail::sending::{self, Link};

/// A mail that is written.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// The part for those who read text.
    pub text: String,
    /// The part for everybody else.
    pub html: String,
    /// The address that stops mail like this one (RFC 8058), where there is one.
    pub unsubscribe: Option<String>,
}

/// What the templates lay out.
#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Page {
    language: &'static str,
    subject: String,
    greeting: String,
    happened: String,
    button: &'static str,
    url: String,
    /// Until when the link is good, where there is one that ends.
    good_until: Option<String>,
    copy_hint: &'static str,
    not_you: String,
    footer: String,
}

#[derive(Template)]
#[template(path = "mail/letter.txt", escape = "none")]
struct Text<'a> {
    page: &'a Page,
}

/// Writes a mail whose links lead to `public_url`; nothing if there are no words for it.
pub(super) fn write(mail: &sending::Letter, public_url: &str) -> Option<Letter> {
    if let Some(issue) = &mail.issue {
        return Some(issue::write(mail, issue, public_url));
    }
    let page = Page::new(mail, public_url)?;
    // Writing into memory can't fail.
    let text = Text { page: &page }.render().unwrap_or_default();
    let html = page.render().unwrap_or_default();
    Some(Letter { subject: page.subject, text, html, unsubscribe: None })
}

impl Page {
    fn new(mail: &sending::Letter, public_url: &str) -> Option<Self> {
        let texts = texts::of(mail.language);
        let (message, organisation) = (mail.job.message, mail.organisation.as_str());
        let Notice { subject, happened, button, not_you } = texts.notice(message)?;
        Some(Self {
            language: mail.language.code(),
            subject: subject(organisation),
            greeting: (texts.greeting)(&mail.name),
            happened: happened_with_device(texts, message, happened(organisation)),
            button,
            url: url(message, mail.link.as_ref(), public_url),
            good_until: mail.link.as_ref().map(|link| good_until(texts, link, mail)),
            copy_hint: texts.copy_hint,
            not_you: not_you(organisation),
            footer: (texts.footer)(organisation),
        })
    }
}

fn happened_with_device(texts: &Texts, message: Message, happened: String) -> String {
    match message {
        Message::NewDevice(device) => {
            format!("{happened} {}", (texts.device)(device.browser.name(), device.system.name()))
        }
        _ => happened,
    }
}

fn good_until(texts: &Texts, link: &Link, mail: &sending::Letter) -> String {
    let end = time_written(local_time(link.expires_at, &mail.time_zone), mail.language);
    (texts.good_until)(&end, &mail.time_zone)
}

/// Where the button leads.
fn url(message: Message, link: Option<&Link>, public_url: &str) -> String {
    let path = match message {
        Message::Invitation => "/accept-invite",
        Message::PasswordReset => "/set-password",
        Message::AddressConfirmation => "/confirm-address",
        Message::DataRequestAnswered | Message::DataRequestExtended => "/privacy/requests",
        _ => "/profile",
    };
    match link {
        Some(link) => format!("{public_url}{path}?token={}", link.token.reveal()),
        None => format!("{public_url}{path}"),
    }
}
