//! An authenticator of software (WebAuthn level 3, 6): it keeps one passkey and answers questions
//! about it as a browser would.

use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// One passkey, and where its browser is.
pub struct Authenticator {
    key: SigningKey,
    id: [u8; 16],
    /// The origin that the browser vouches for.
    pub origin: String,
    /// How often the passkey was used; some authenticators don't count.
    pub counter: u32,
    /// Whether it makes sure who uses it.
    pub verifies: bool,
    user: String,
}

impl Authenticator {
    /// A new one; `seed` tells it from others.
    pub fn new(seed: u8) -> Self {
        let key = SigningKey::from_slice(&[seed; 32]).expect("a key");
        let origin = "http://localhost:3000".to_owned();
        Self { key, id: [seed; 16], origin, counter: 0, verifies: true, user: String::new() }
    }

    /// Makes the passkey that these options ask for.
    pub fn create(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).expect("options");
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        self.user = options["user"]["id"].as_str().expect("a user").to_owned();
        let mut data = self.data(&options["rp"]["id"], 0x40);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        data.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": data} in CBOR (RFC 8949).
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).expect("a short answer"));
        object.extend(data);
        let client = self.client_data("webauthn.create", &options);
        self.answer(&json!({ "attestationObject": base64(&object), "clientDataJSON": base64(&client) }))
    }

    /// Signs in with it.
    pub fn get(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).expect("options");
        let data = self.data(&options["rpId"], 0);
        let client = self.client_data("webauthn.get", &options);
        let signed = [data.clone(), Sha256::digest(&client).to_vec()].concat();
        let signature: Signature = self.key.sign(&signed);
        self.answer(&json!({
            "authenticatorData": base64(&data),
            "clientDataJSON": base64(&client),
            "signature": base64(signature.to_der().as_bytes()),
            "userHandle": self.user,
        }))
    }

    fn answer(&self, response: &Value) -> String {
        let id = base64(&self.id);
        let answer = json!({ "id": id, "rawId": id, "type": "public-key", "response": response,
            "clientExtensionResults": {} });
        answer.to_string()
    }

    fn data(&self, relying_party: &Value, more: u8) -> Vec<u8> {
        let verified = if self.verifies { 0x04 } else { 0 };
        let mut data = Sha256::digest(relying_party.as_str().expect("an id")).to_vec();
        data.push(0x01 | verified | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin }).to_string().into()
    }

    /// The key in COSE (RFC 9053, 7.1.1): EC2, ES256, P-256.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().expect("x"), point.y().expect("y"));
        [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".as_slice(), x, b"\x22\x58\x20", y].concat()
    }
}

/// Base 64 for URLs, without padding (RFC 4648, 5).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            text.push(char::from(LETTERS[(bits >> (18 - 6 * place) & 63) as usize]));
        }
    }
    text
}
