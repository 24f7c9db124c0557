//! The history as a hash chain: each entry is sealed with the one before it, so whoever changes or removes one
//! has to make all later ones anew, and the head is another one then.

use crate::{HistoryId, OrganisationId, Problem};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a head that was written down begins with.
const FORMAT: &str = "assent-history-1";
/// The length of a hash in bytes (BLAKE3).
pub const HASH: usize = 32;

/// The newest link of a chain. Written down as one line, to be kept elsewhere and compared later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Whose history.
    pub organisation: OrganisationId,
    /// How many entries are sealed.
    pub sequence: i64,
    /// The hash of the last one; zeros where there is none.
    pub hash: [u8; HASH],
}

impl fmt::Display for Head {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{FORMAT} {} {} ", self.organisation, self.sequence)?;
        self.hash.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl FromStr for Head {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let parts: Vec<_> = text.split_whitespace().collect();
        let [FORMAT, organisation, sequence, hash] = parts[..] else {
            return Err(if parts.is_empty() { Problem::Missing } else { Problem::Malformed });
        };
        let parsed = organisation.parse().ok().zip(sequence.parse().ok()).zip(bytes(hash));
        let ((organisation, sequence), hash) = parsed.ok_or(Problem::Malformed)?;
        Ok(Self { organisation, sequence, hash })
    }
}

fn bytes(digits: &str) -> Option<[u8; HASH]> {
    if digits.len() != 2 * HASH || !digits.is_ascii() {
        return None;
    }
    let mut bytes = [0; HASH];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// What is wrong with a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// The entry is not as it was when it was sealed, or one before it is not.
    Changed {
        /// Which.
        id: HistoryId,
        /// Its place, from 1.
        sequence: i64,
    },
    /// There is no entry at this place any more.
    Missing {
        /// The place, from 1.
        sequence: i64,
    },
    /// The chain does not end where its head says.
    Head,
}

/// Checks some links after those that were checked before.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckChain {
    /// How many were checked, from the oldest; 0 at first.
    pub checked: i64,
}

/// How far a check is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// How many links hold, from the oldest.
    pub checked: i64,
    /// How many there are.
    pub links: i64,
    /// The first that does not hold; with it the check has ended.
    pub fault: Option<Fault>,
    /// The head, as it is written down.
    pub head: String,
}

impl Checked {
    /// Whether there is nothing left to check.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.fault.is_some() || self.checked >= self.links
    }
}

/// Compares a head that was written down with the chain of today.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompareHead {
    /// The line.
    pub head: String,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compared {
    /// The history is the same up to there.
    Fits {
        /// How many entries came since.
        since: i64,
    },
    /// The history was another one then.
    Differs,
    /// It is the head of another history.
    Elsewhere,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Uuid;

    #[test]
    fn a_head_is_read_as_it_was_written_and_nothing_else_is() {
        let head =
            Head { organisation: OrganisationId(Uuid::from_u128(7)), sequence: 12, hash: [0xa5; HASH] };
        let line = head.to_string();
        assert_eq!(line.parse(), Ok(head));
        assert_eq!(format!("  {line}\n").parse(), Ok(head), "as it is pasted");
        assert_eq!("".parse::<Head>(), Err(Problem::Missing));
        let shorter = &line[..line.len() - 1];
        for wrong in
            [shorter, &format!("{line}0"), &line.replace("-1 ", "-2 "), &line.replace("a5", "x5"), "head"]
        {
            assert_eq!(wrong.parse::<Head>(), Err(Problem::Malformed), "{wrong}");
        }
    }
}
