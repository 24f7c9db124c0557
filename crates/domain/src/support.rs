//! How to reach the organisation: its channels in an order of its own, each with its hours, and the
//! contact for data protection. Everybody may read it, signed in or not.
//!
//! A channel becomes a link of `mailto:`, `tel:` or `https:` and of no other scheme: [`Channel::href`]
//! is the one place that makes them.

use crate::{
    Email, Field, FieldError, Fields, Problem,
    text::{line, optional_line, optional_paragraphs},
};
use serde::{Deserialize, Serialize};

/// A way to reach the organisation. There is at most one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// The address of a chat.
    Chat,
    /// A postal address.
    Post,
}

impl ChannelKind {
    /// All, in the order they have at first.
    pub const ALL: [Self; 4] = [Self::Email, Self::Phone, Self::Chat, Self::Post];

    /// What the database holds.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Chat => "chat",
            Self::Post => "post",
        }
    }

    /// The kind of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What was typed, checked; nothing is fine.
    fn parse(self, typed: &str) -> Result<Option<String>, Problem> {
        match self {
            Self::Email => email(typed),
            Self::Phone => optional_line(typed, 40)?.map(phone).transpose(),
            Self::Chat => optional_line(typed, 300)?.map(chat).transpose(),
            Self::Post => optional_paragraphs(typed, 400),
        }
    }
}

/// A channel: where it leads, and when somebody is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Which.
    pub kind: ChannelKind,
    /// The address or number. Empty in a form: there is no such channel.
    pub address: String,
    /// When somebody is there. May be empty.
    pub hours: String,
}

impl Channel {
    /// What a link to it leads to; a postal address is none.
    #[must_use]
    pub fn href(&self) -> Option<String> {
        match self.kind {
            ChannelKind::Email => Some(mailto(&self.address)),
            ChannelKind::Phone => Some(format!("tel:{}", dialled(&self.address))),
            ChannelKind::Chat => chat(self.address.clone()).ok(),
            ChannelKind::Post => None,
        }
    }
}

/// The link to an e-mail address (RFC 6068): all but letters and digits is escaped.
#[must_use]
pub fn mailto(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    format!("mailto:{}@{}", escaped(local), escaped(domain))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            for digit in [byte >> 4, byte & 15] {
                escaped.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
            escaped.insert(escaped.len() - 2, '%');
        }
    }
    escaped
}

/// The digits of a number, and the plus before them (RFC 3966).
fn dialled(number: &str) -> String {
    number.chars().filter(|character| character.is_ascii_digit() || *character == '+').collect()
}

/// Digits as people group them, with the country's code: 3 to 15 of them (ITU-T E.164).
fn phone(typed: String) -> Result<String, Problem> {
    let rest = typed.strip_prefix('+').unwrap_or(&typed);
    let grouped = rest.chars().all(|character| character.is_ascii_digit() || " -/().".contains(character));
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    if grouped && (3..=15).contains(&digits) { Ok(typed) } else { Err(Problem::NotAPhoneNumber) }
}

/// A web address that is reached safely, without the name of a user in it.
fn chat(typed: String) -> Result<String, Problem> {
    let good = typed.strip_prefix("https://").is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let named = host.contains('.')
            && !host.starts_with('.')
            && host.chars().all(|character| character.is_alphanumeric() || "-.:".contains(character));
        named && !rest.chars().any(|character| character.is_whitespace() || "\"<>\\^`{|}".contains(character))
    });
    if good { Ok(typed) } else { Err(Problem::NotAnHttpsAddress) }
}

fn email(typed: &str) -> Result<Option<String>, Problem> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    Email::parse(typed).map(|email| Some(email.reveal().to_owned()))
}

/// Asks how to reach an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindSupport {
    /// Its short name; needed by whoever is signed out and only where there are several.
    pub organisation: String,
}

/// How to reach an organisation. One that isn't known looks like one that has said nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support {
    /// Whether the reader has to name an organisation.
    pub ask_organisation: bool,
    /// The channels there are, in their order.
    pub channels: Vec<Channel>,
    /// Who the contact for data protection is. May be empty.
    pub protection_contact: String,
    /// Their e-mail address. May be empty.
    pub protection_email: String,
}

/// What is set, for those who change it. Also what saving it sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupportForm {
    /// The version that was on the screen; 0 where nothing was ever saved.
    pub version: i64,
    /// All kinds of channels in their order, empty ones included.
    pub channels: Vec<Channel>,
    /// Who the contact for data protection is. May be empty.
    pub protection_contact: String,
    /// Their e-mail address. May be empty.
    pub protection_email: String,
}

/// What of it can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportFields {
    /// Only those that lead somewhere.
    pub channels: Vec<Channel>,
    /// Who the contact for data protection is.
    pub protection_contact: Option<String>,
    /// Their e-mail address.
    pub protection_email: Option<String>,
}

impl SupportForm {
    /// Checked, or all that is wrong.
    ///
    /// # Errors
    /// One entry for each field that can't be taken.
    pub fn parse(&self) -> Result<SupportFields, Vec<FieldError>> {
        let mut fields = Fields::default();
        let mut channels: Vec<Channel> = Vec::new();
        for Channel { kind, address, hours } in &self.channels {
            let again = channels.iter().any(|known| known.kind == *kind);
            let once = if again { Err(Problem::Malformed) } else { kind.parse(address) };
            let address = fields.take(Field::Channel(*kind), once).flatten();
            let hours = fields.take(Field::Hours(*kind), optional_line(hours, 120)).flatten();
            if let Some(address) = address {
                channels.push(Channel { kind: *kind, address, hours: hours.unwrap_or_default() });
            }
        }
        let contact = optional_line(&self.protection_contact, 120);
        let protection_email = fields.take(Field::ProtectionEmail, email(&self.protection_email)).flatten();
        // An address alone would not say whose it is.
        let contact = match contact {
            Ok(None) if protection_email.is_some() => line("", 120).map(Some),
            contact => contact,
        };
        let protection_contact = fields.take(Field::ProtectionContact, contact).flatten();
        let errors = fields.errors();
        if errors.is_empty() {
            Ok(SupportFields { channels, protection_contact, protection_email })
        } else {
            Err(errors)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(kind: ChannelKind, address: &str) -> Channel {
        Channel { kind, address: address.into(), hours: String::new() }
    }

    #[test]
    fn links_are_of_three_schemes_and_escaped() {
        let href = |kind, address| channel(kind, address).href();
        assert_eq!(
            href(ChannelKind::Email, "a&b?c@d.example").as_deref(),
            Some("mailto:a%26b%3Fc@d.example")
        );
        assert_eq!(href(ChannelKind::Email, "jörg@x.example").as_deref(), Some("mailto:j%C3%B6rg@x.example"));
        assert_eq!(href(ChannelKind::Phone, "+49 (30) 12-34").as_deref(), Some("tel:+49301234"));
        assert_eq!(href(ChannelKind::Chat, "https://c.example/x").as_deref(), Some("https://c.example/x"));
        assert_eq!(href(ChannelKind::Chat, "javascript:alert(1)"), None);
        assert_eq!(href(ChannelKind::Post, "https://c.example"), None);
    }

    #[test]
    fn each_kind_has_its_rule() {
        for (kind, bad) in [
            (ChannelKind::Email, "nobody"),
            (ChannelKind::Phone, "call us"),
            (ChannelKind::Phone, "12"),
            (ChannelKind::Phone, "1+23"),
            (ChannelKind::Phone, "1234567890123456"),
            (ChannelKind::Chat, "http://chat.example"),
            (ChannelKind::Chat, "javascript:alert(1)"),
            (ChannelKind::Chat, "https://"),
            (ChannelKind::Chat, "https://user@chat.example"),
            (ChannelKind::Chat, "https://chat.example/\"x"),
        ] {
            assert!(kind.parse(bad).is_err(), "{kind:?} {bad}");
        }
        assert_eq!(ChannelKind::Phone.parse(" +49 30 1234 "), Ok(Some("+49 30 1234".into())));
        assert_eq!(ChannelKind::Post.parse("Street 1\nCity"), Ok(Some("Street 1\nCity".into())));
        for kind in ChannelKind::ALL {
            assert_eq!(kind.parse("  "), Ok(None));
            assert_eq!(ChannelKind::from_code(kind.code()), Some(kind));
        }
    }

    #[test]
    fn empty_channels_are_left_out_and_a_kind_comes_once() {
        let form = |channels: Vec<Channel>| SupportForm { channels, ..SupportForm::default() };
        let phone = channel(ChannelKind::Phone, "110");
        let fields = form(vec![phone.clone(), channel(ChannelKind::Email, " ")]).parse().unwrap();
        assert_eq!(fields.channels, std::slice::from_ref(&phone));
        let twice = FieldError { field: Field::Channel(ChannelKind::Phone), problem: Problem::Malformed };
        assert_eq!(form(vec![phone.clone(), phone]).parse(), Err(vec![twice]));
        let nameless = SupportForm { protection_email: "dpo@x.example".into(), ..SupportForm::default() };
        let missing = FieldError { field: Field::ProtectionContact, problem: Problem::Missing };
        assert_eq!(nameless.parse(), Err(vec![missing]));
    }
}
