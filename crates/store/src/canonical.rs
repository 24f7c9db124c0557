//! The one form in which two e-mail addresses are compared.
//!
//! The part before the @ is in lower case, though RFC 5321 would let a mail server tell cases apart:
//! none that matters does, and people don't. The domain is in its ASCII form (UTS 46), so that
//! `bücher.example` is `xn--bcher-kva.example`. Dots and what follows a plus stay: whether they matter
//! is the mail server's own affair, and two people may well be behind them.

use domain::Email;

/// The canonical form of an address. Only to be hashed.
pub(crate) fn canonical(email: &Email) -> String {
    let (local, domain) = email.parts();
    let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase());
    format!("{}@{domain}", local.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::canonical;
    use domain::Email;

    fn of(typed: &str) -> String {
        canonical(&Email::parse(typed).expect("an address"))
    }

    #[test]
    fn the_same_mailbox_is_found_however_it_is_written() {
        assert_eq!(of("Ada@Example.org"), of("ada@example.ORG"));
        assert_eq!(of("ada@bücher.example"), of("ada@XN--BCHER-KVA.example"));
    }

    #[test]
    fn what_may_be_another_mailbox_is_another() {
        assert_ne!(of("ada.lovelace@example.org"), of("adalovelace@example.org"));
        assert_ne!(of("ada+news@example.org"), of("ada@example.org"));
        assert_ne!(of("ada@example.org"), of("ada@example.com"));
    }
}
