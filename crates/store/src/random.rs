//! The one place that makes random bytes, ids and tokens.

use rand::{RngCore, SeedableRng, rngs::StdRng};
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use uuid::{Builder, Uuid};

/// Where randomness comes from.
#[derive(Clone)]
pub struct Random(Arc<Mutex<State>>);

struct State {
    generator: StdRng,
    last: (u64, u16),
}

impl Random {
    /// Seeded by the operating system.
    #[must_use]
    pub fn from_system() -> Self {
        Self::new(StdRng::from_os_rng())
    }

    /// The same numbers each time, for tests.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::new(StdRng::seed_from_u64(seed))
    }

    fn new(generator: StdRng) -> Self {
        Self(Arc::new(Mutex::new(State { generator, last: (0, 0) })))
    }

    /// Random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.state().generator.fill_bytes(&mut bytes);
        bytes
    }

    /// A new id (RFC 9562, version 7) that sorts after all earlier ones of this process.
    #[must_use]
    pub fn id(&self, now: i64) -> Uuid {
        let mut bytes = self.bytes::<10>();
        let mut state = self.state();
        let now = u64::try_from(now).unwrap_or_default();
        state.last = match state.last {
            (last, 0xfff) if last >= now => (last + 1, 0),
            (last, count) if last >= now => (last, count + 1),
            _ => (now, 0),
        };
        let (milliseconds, count) = state.last;
        bytes[..2].copy_from_slice(&count.to_be_bytes());
        Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid()
    }

    /// A new secret for a cookie or a link.
    #[must_use]
    pub fn token(&self) -> Token {
        Token(hex(&self.bytes::<32>()))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Random")
    }
}

/// A secret of 256 bits. Only its hash is stored.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// The token that somebody brings along. Anything else than ours has a hash that isn't there.
    #[must_use]
    pub fn brought(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The secret itself, to hand out once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored and looked up: 32 bytes of BLAKE3.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        blake3::hash(self.0.as_bytes()).as_bytes().to_vec()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(…)")
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What sorts before every id (RFC 9562, version 7) of this moment, in unix milliseconds.
pub(crate) fn first_id_at(milliseconds: i64) -> Uuid {
    Builder::from_unix_timestamp_millis(u64::try_from(milliseconds).unwrap_or_default(), &[0; 10]).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_moment_and_of_a_clock_that_jumps_back_still_rise() {
        let random = Random::seeded(1);
        let ids: Vec<_> = (0..10_000).map(|step| random.id(1_000 - step % 3)).collect();
        assert!(ids.is_sorted());
    }
}
