//! How arguments travel: one JSON object with at most the key `request`, and nothing else.
//!
//! `deny_unknown_fields` can't be put on the struct that `#[server]` generates, so the outermost
//! object is checked here; the requests themselves carry the attribute in `domain`.

use crate::read::read;
use serde::{Serialize, de::DeserializeOwned};
use server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post, serde::Deserialize};
use std::fmt;

/// Arguments as JSON in the body of a POST request.
pub type StrictJson = Post<JsonArguments>;

/// Arguments as JSON, or as the form that a browser sends where no JavaScript runs.
pub type JsonOrForm = Post<JsonOrFormArguments>;

/// An answer as JSON.
pub type Answer = Post<JsonAnswer>;

/// The encoding of [`Answer`]. Read as text, like what the server writes into the page: then the
/// browser carries each type's reader once and not twice.
pub struct JsonAnswer;

impl ContentType for JsonAnswer {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonAnswer {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonAnswer {
    type Error = Malformed;

    fn encode(answer: &T) -> Result<Bytes, Malformed> {
        serde_json::to_vec(answer).map(Bytes::from).map_err(|_| Malformed)
    }
}

impl<T: DeserializeOwned> Decodes<T> for JsonAnswer {
    type Error = Malformed;

    fn decode(body: Bytes) -> Result<T, Malformed> {
        let text = std::str::from_utf8(&body).map_err(|_| Malformed)?;
        read(text).map_err(|_| Malformed)
    }
}

/// The encoding of [`StrictJson`].
pub struct JsonArguments;

/// The encoding of [`JsonOrForm`].
pub struct JsonOrFormArguments;

/// Why arguments can't be read. Nobody is told more than that.
#[derive(Debug)]
pub struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("malformed arguments")
    }
}

macro_rules! encoding {
    ($encoding:ty, $decode:ident) => {
        impl ContentType for $encoding {
            const CONTENT_TYPE: &'static str = "application/json";
        }

        impl FormatType for $encoding {
            const FORMAT_TYPE: Format = Format::Text;
        }

        impl<T: Serialize> Encodes<T> for $encoding {
            type Error = Malformed;

            fn encode(arguments: &T) -> Result<Bytes, Malformed> {
                serde_json::to_vec(arguments).map(Bytes::from).map_err(|_| Malformed)
            }
        }

        impl<T: DeserializeOwned> Decodes<T> for $encoding {
            type Error = Malformed;

            fn decode(body: Bytes) -> Result<T, Malformed> {
                $decode(&body)
            }
        }
    };
}

encoding!(JsonArguments, read_json);
encoding!(JsonOrFormArguments, read_json_or_form);

/// The keys that there may be around a request.
#[cfg(feature = "ssr")]
#[derive(Deserialize)]
#[serde(crate = "server_fn::serde", deny_unknown_fields)]
struct Keys {
    request: Option<server_fn::serde::de::IgnoredAny>,
}

#[cfg(feature = "ssr")]
fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Malformed> {
    if crate::context::content_type().as_deref() == Some("application/json") {
        json(body)
    } else {
        Err(Malformed)
    }
}

#[cfg(feature = "ssr")]
fn read_json_or_form<T: DeserializeOwned>(body: &[u8]) -> Result<T, Malformed> {
    if crate::context::content_type().as_deref() == Some(crate::context::FORM) {
        form(body)
    } else {
        read_json(body)
    }
}

/// Arguments are read on the server only.
#[cfg(not(feature = "ssr"))]
fn read_json<T: DeserializeOwned>(_: &[u8]) -> Result<T, Malformed> {
    Err(Malformed)
}

#[cfg(not(feature = "ssr"))]
use read_json as read_json_or_form;

/// The arguments in a JSON body. No body is an object without keys, and a function that takes
/// nothing is given nothing.
#[cfg(feature = "ssr")]
fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Malformed> {
    let body = if body.is_empty() { b"{}" } else { body };
    let keys: Keys = serde_json::from_slice(body).map_err(|_| Malformed)?;
    let takes_nothing = serde_json::from_slice::<T>(b"{}").is_ok();
    if takes_nothing && keys.request.is_some() {
        return Err(Malformed);
    }
    serde_json::from_slice(body).map_err(|_| Malformed)
}

/// The arguments in a form: `request[email]=…`.
#[cfg(feature = "ssr")]
fn form<T: DeserializeOwned>(body: &[u8]) -> Result<T, Malformed> {
    let read = serde_qs::Config::new(3, false);
    read.deserialize_bytes::<Keys>(body).map_err(|_| Malformed)?;
    read.deserialize_bytes(body).map_err(|_| Malformed)
}

/// A request that must not show when its arguments are printed: passwords and links.
#[derive(Clone, Serialize, Deserialize)]
#[serde(crate = "server_fn::serde", transparent)]
pub struct Secret<T>(pub T);

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use domain::sign_in::SignIn;

    #[derive(Debug, Deserialize)]
    #[serde(crate = "server_fn::serde")]
    struct Nothing {}

    #[derive(Debug, Deserialize)]
    #[serde(crate = "server_fn::serde")]
    struct One {
        request: Secret<SignIn>,
    }

    #[test]
    fn a_request_and_nothing_else_is_read() {
        let good = br#"{"request":{"email":"a@b.example","password":"p"}}"#;
        assert_eq!(json::<One>(good).unwrap().request.0.email, "a@b.example");
        for bad in [
            &br#"{"request":{"email":"a","password":"p"},"more":1}"#[..],
            br#"{"request":{"email":"a","password":"p","more":1}}"#,
            br#"{"request":{"email":"a"}}"#,
            br#"{"request":{"email":"a","password":"p"},"request":{"email":"b","password":"p"}}"#,
            b"{}",
            b"",
            b"[]",
            b"nonsense",
        ] {
            assert!(json::<One>(bad).is_err(), "{}", String::from_utf8_lossy(bad));
        }
    }

    #[test]
    fn who_takes_nothing_gets_nothing() {
        assert!(json::<Nothing>(b"").is_ok());
        assert!(json::<Nothing>(b"{}").is_ok());
        assert!(json::<Nothing>(br#"{"request":1}"#).is_err());
        assert!(json::<Nothing>(br#"{"id":1}"#).is_err());
    }

    #[test]
    fn forms_are_read_as_strictly() {
        let good = b"request[email]=a%40b.example&request[password]=p&request[return_to]=%2Fbilling";
        let read = form::<One>(good).unwrap().request.0;
        assert_eq!((read.email.as_str(), read.return_to.as_str()), ("a@b.example", "/billing"));
        assert!(form::<One>(b"request[email]=a&request[password]=p&more=1").is_err());
        assert!(form::<One>(b"request[email]=a&request[password]=p&request[more]=1").is_err());
        assert!(form::<One>(b"").is_err());
    }
}
