//! Passkeys know the installation by the host of its public address (WebAuthn level 3, 5.1.2: the
//! relying party's id). It must be a name: an address of numbers has no passkeys.

use std::time::Duration;
use webauthn_rs::{Webauthn, WebauthnBuilder, prelude::Url};

/// What checks passkeys for this public address; nothing where it can't have any.
pub(crate) fn webauthn(public_url: &str) -> Option<Webauthn> {
    let origin = Url::parse(public_url).ok()?;
    let host = origin.domain()?.to_owned();
    let builder = WebauthnBuilder::new(&host, &origin).ok()?.rp_name("Assent");
    builder.timeout(Duration::from_secs(store::challenges::SECONDS.into())).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_passkeys_and_numbers_have_none() {
        assert!(webauthn("http://localhost:3000").is_some());
        assert!(webauthn("https://assent.example").is_some());
        assert!(webauthn("http://127.0.0.1:3000").is_none());
        assert!(webauthn("http://[::1]:3000").is_none());
    }
}
