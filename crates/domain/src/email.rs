//! The e-mail address: a type that cannot be shown, logged or serialised by accident.

use crate::Problem;
use std::fmt;

/// An e-mail address as typed, trimmed (RFC 5321: at most 254 octets, 64 before the @).
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// The largest number of octets.
    pub const MOST: u32 = 254;

    /// The address in what was typed.
    ///
    /// # Errors
    /// `Missing`, `TooLong`, `ControlCharacters` or `NotAnAddress`.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let text = crate::text::line(typed, Self::MOST)?;
        if text.len() > Self::MOST as usize {
            return Err(Problem::TooLong { most: Self::MOST });
        }
        let (local, domain) = text.rsplit_once('@').ok_or(Problem::NotAnAddress)?;
        let good = local_part(local) && domain_part(domain);
        if good { Ok(Self(text)) } else { Err(Problem::NotAnAddress) }
    }

    /// The address itself. Call it only to show it to somebody who may see it, or to encrypt it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The parts before and after the last @.
    #[must_use]
    pub fn parts(&self) -> (&str, &str) {
        self.0.rsplit_once('@').unwrap_or((&self.0, ""))
    }
}

fn local_part(local: &str) -> bool {
    (1..=64).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
}

fn domain_part(domain: &str) -> bool {
    let labels: Vec<_> = domain.split('.').collect();
    labels.len() >= 2 && labels.iter().all(|label| label_of_domain(label))
}

fn label_of_domain(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_alphanumeric() || c == '-')
}

impl fmt::Debug for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        for good in
            ["a@b.example", "first.last+tag@sub.example.org", " o'hara@example.com ", "jörg@bücher.example"]
        {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "a",
            "a@b",
            "@b.example",
            "a@",
            "a@.example",
            "a b@c.example",
            "a@b..example",
            "a..b@c.example",
            "a@-b.example",
        ] {
            assert_eq!(Email::parse(bad), Err(Problem::NotAnAddress), "{bad}");
        }
        assert_eq!(Email::parse("  "), Err(Problem::Missing));
        let long = format!("{}@example.org", "a".repeat(250));
        assert_eq!(Email::parse(&long), Err(Problem::TooLong { most: 254 }));
    }

    #[test]
    fn an_address_does_not_show_by_accident() {
        let email = Email::parse("Secret@Example.org").unwrap();
        assert_eq!(format!("{email:?}"), "Email(…)");
        assert_eq!(email.parts(), ("Secret", "Example.org"));
    }
}
