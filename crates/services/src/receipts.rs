//! Receipts of ended accounts: signed with Ed25519 (RFC 8032) by the installation's key, and checked
//! against its public key, which is to be had apart from them.

use crate::{Services, local_time::local_time, retention::kept_name};
use domain::{
    Error,
    receipts::{Erasure, FORMAT, FindReceipt, Kept, Receipt, Remainder, ShownReceipt, SignedReceipt},
};
use ed25519_dalek::{Signature, Signer, VerifyingKey};
use jiff::Timestamp;
use serde::Serialize;
use store::{Token, receipts};

/// The receipt that a secret opens. Who has it may be signed out: the account is gone.
///
/// # Errors
/// `NotFound`, also 30 days after the account was ended.
pub async fn find(services: &Services, request: &FindReceipt) -> Result<ShownReceipt, Error> {
    let store = services.store();
    let token = Token::brought(&request.token);
    let stored = receipts::find(&mut store.read().await?, &token, store.clock().now()).await?;
    let name = kept_name(&stored.name, stored.terminated_at);
    let kept = Remainder {
        kept: Kept::NameOnActions,
        count: stored.actions,
        until: name.until,
        ground: name.ground.articles().into(),
    };
    let moment = Timestamp::from_millisecond(stored.terminated_at).map_err(|_| broken())?;
    let receipt = Receipt {
        format: FORMAT.into(),
        organisation: stored.organisation,
        terminated_at: moment.to_string(),
        removed: stored.removed,
        kept: vec![kept],
        erasure: if stored.pending { Erasure::Pending } else { Erasure::Done },
    };
    let signature = store.receipt_key().sign(&signed_bytes(&receipt)?);
    let signed = SignedReceipt { receipt, signature: hexadecimal(&signature.to_bytes()) };
    let file = file(&signed)?;
    Ok(ShownReceipt { receipt: signed.receipt, at: local_time(stored.terminated_at, "UTC"), file })
}

/// The public key that receipts are checked against, as 64 hexadecimal digits.
#[must_use]
pub fn public_key(services: &Services) -> String {
    hexadecimal(services.store().receipt_key().verifying_key().as_bytes())
}

/// Why a file is not a receipt of this installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The public key is not 64 hexadecimal digits of a point on the curve.
    Key,
    /// The file is no receipt, or not byte for byte as it was written.
    Form,
    /// Another key signed it, or its content was changed.
    Signature,
}

/// Checks the bytes of a file against a public key, without a database or a network.
///
/// # Errors
/// What is wrong with it; a single byte is enough.
pub fn verify(public_key: &str, bytes: &[u8]) -> Result<Receipt, Doubt> {
    let key = bytes_of::<32>(public_key.trim()).ok_or(Doubt::Key)?;
    let key = VerifyingKey::from_bytes(&key).map_err(|_| Doubt::Key)?;
    let signed: SignedReceipt = serde_json::from_slice(bytes).map_err(|_| Doubt::Form)?;
    // Spaces and the order of members are not signed, so they have to be as they were written.
    if file(&signed).map_err(|_| Doubt::Form)?.as_bytes() != bytes || signed.receipt.format != FORMAT {
        return Err(Doubt::Form);
    }
    let signature = bytes_of::<64>(&signed.signature).ok_or(Doubt::Form)?;
    let message = signed_bytes(&signed.receipt).map_err(|_| Doubt::Form)?;
    let fits = key.verify_strict(&message, &Signature::from_bytes(&signature));
    fits.map(|()| signed.receipt).map_err(|_| Doubt::Signature)
}

fn signed_bytes(receipt: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(receipt).map_err(|_| broken())
}

fn file(signed: &SignedReceipt) -> Result<String, Error> {
    serde_json::to_string_pretty(signed).map(|text| text + "\n").map_err(|_| broken())
}

fn broken() -> Error {
    Error::Internal { reference: "receipt".into() }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// So many bytes from twice as many digits, in lower case, as [`hexadecimal`] writes them.
fn bytes_of<const LENGTH: usize>(digits: &str) -> Option<[u8; LENGTH]> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if digits.len() != 2 * LENGTH || !digits.bytes().all(is_digit) {
        return None;
    }
    let mut bytes = [0; LENGTH];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;

    fn signed(key: &SigningKey) -> String {
        let receipt = Receipt {
            format: FORMAT.into(),
            organisation: "Demo".into(),
            terminated_at: "2026-11-25T12:00:00Z".into(),
            removed: Vec::new(),
            kept: Vec::new(),
            erasure: Erasure::Done,
        };
        let signature = hexadecimal(&key.sign(&signed_bytes(&receipt).unwrap()).to_bytes());
        file(&SignedReceipt { receipt, signature }).unwrap()
    }

    fn public(key: &SigningKey) -> String {
        hexadecimal(key.verifying_key().as_bytes())
    }

    #[test]
    fn a_receipt_holds_for_its_key_and_no_other() {
        let (key, other) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
        let file = signed(&key);
        assert_eq!(verify(&public(&key), file.as_bytes()).unwrap().organisation, "Demo");
        assert_eq!(verify(&public(&other), file.as_bytes()), Err(Doubt::Signature));
        assert_eq!(verify("no key", file.as_bytes()), Err(Doubt::Key));
    }

    #[test]
    fn one_changed_added_or_missing_byte_is_found() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let file = signed(&key);
        for at in 0..file.len() {
            for change in [1, 0x20] {
                let mut bytes = file.clone().into_bytes();
                bytes[at] ^= change;
                assert!(verify(&public(&key), &bytes).is_err(), "byte {at}");
            }
            assert!(verify(&public(&key), &file.as_bytes()[..at]).is_err(), "cut at {at}");
        }
        assert_eq!(verify(&public(&key), format!("{file} ").as_bytes()), Err(Doubt::Form));
    }
}
