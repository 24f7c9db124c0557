//! Texts and bytes that stand nowhere else, and the search for them in whatever form they may lie
//! somewhere: as they are, in either case, percent-encoded, base 64 at each of its three alignments,
//! hexadecimal, UTF-16.

use std::collections::{BTreeSet, HashMap};
use store::testing::erasure::Place;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64_URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// How many bytes of a form lead to it. None is shorter.
const HEAD: usize = 6;

/// Canaries, by what they stand for.
#[derive(Clone, Default)]
pub struct Canaries(Vec<(String, Vec<u8>)>);

impl Canaries {
    /// A further one.
    pub fn add(&mut self, name: &str, value: impl AsRef<[u8]>) {
        assert!(value.as_ref().len() >= 2 * HEAD - 1, "{name} is too short to be found in base 64");
        self.0.push((name.to_owned(), value.as_ref().to_vec()));
    }

    /// What they stand for.
    pub fn names(&self) -> BTreeSet<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Which of them are in these places, in whatever form: names and nothing else.
    pub fn in_any_form(&self, places: &[Place]) -> BTreeSet<String> {
        self.found(places).into_iter().map(|found| found.name).collect()
    }

    /// Each that is in these places, and how.
    pub fn found(&self, places: &[Place]) -> BTreeSet<Found> {
        let mut all = Vec::new();
        for (name, value) in &self.0 {
            all.extend(forms(value).into_iter().map(|(form, bytes)| (name, form, bytes)));
        }
        let mut by_head: HashMap<[u8; HEAD], Vec<usize>> = HashMap::new();
        for (at, (.., bytes)) in all.iter().enumerate() {
            by_head.entry(bytes[..HEAD].try_into().expect("a head")).or_default().push(at);
        }
        let mut found = BTreeSet::new();
        for (place, haystack) in places {
            for at in 0..haystack.len().saturating_sub(HEAD - 1) {
                let head: [u8; HEAD] = haystack[at..at + HEAD].try_into().expect("a head");
                for (name, form, bytes) in by_head.get(&head).into_iter().flatten().map(|at| &all[*at]) {
                    if haystack[at..].starts_with(bytes) {
                        let (name, place) = ((*name).clone(), place.clone());
                        found.insert(Found { name, form: (*form).clone(), place });
                    }
                }
            }
        }
        found
    }
}

/// A canary that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// What it stands for.
    pub name: String,
    /// In which form.
    pub form: String,
    /// Where.
    pub place: String,
}

/// Every form of a value, with a name for it.
pub fn forms(value: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut forms: Vec<(String, Vec<u8>)> = vec![
        ("raw".into(), value.to_vec()),
        ("lower case".into(), value.to_ascii_lowercase()),
        ("upper case".into(), value.to_ascii_uppercase()),
        ("hexadecimal".into(), encoded(value, |byte| format!("{byte:02x}"))),
        ("HEXADECIMAL".into(), encoded(value, |byte| format!("{byte:02X}"))),
        ("URL, lower".into(), url(value, |byte| format!("%{byte:02x}"))),
        ("URL, upper".into(), url(value, |byte| format!("%{byte:02X}"))),
        ("URL, every byte".into(), encoded(value, |byte| format!("%{byte:02X}"))),
    ];
    for (name, alphabet) in [("base 64", BASE64), ("base 64 for URLs", BASE64_URL)] {
        for before in 0..3 {
            forms.push((format!("{name} after {before}"), base64(value, before, alphabet)));
        }
    }
    if let Ok(text) = std::str::from_utf8(value) {
        let units: Vec<u16> = text.encode_utf16().collect();
        forms.push(("UTF-16 LE".into(), units.iter().flat_map(|unit| unit.to_le_bytes()).collect()));
        forms.push(("UTF-16 BE".into(), units.iter().flat_map(|unit| unit.to_be_bytes()).collect()));
    }
    forms
}

fn encoded(value: &[u8], byte: impl Fn(&u8) -> String) -> Vec<u8> {
    value.iter().map(byte).collect::<String>().into_bytes()
}

/// All but the unreserved characters (RFC 3986, 2.3).
fn url(value: &[u8], escaped: impl Fn(u8) -> String) -> Vec<u8> {
    let write = |byte: &u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(*byte).to_string(),
        byte => escaped(*byte),
    };
    encoded(value, write)
}

/// The letters of base 64 that depend on nothing but the value, where so many bytes stand before it.
fn base64(value: &[u8], before: usize, alphabet: &[u8; 64]) -> Vec<u8> {
    let bit = |at: usize| value[at / 8] >> (7 - at % 8) & 1;
    let first = (6 - 8 * before % 6) % 6;
    let letters = (first..).step_by(6).take_while(|at| at + 6 <= value.len() * 8);
    letters.map(|at| alphabet[usize::from((at..at + 6).fold(0, |bits, at| bits << 1 | bit(at)))]).collect()
}
