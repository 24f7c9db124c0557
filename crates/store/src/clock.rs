//! The one place that asks what time it is.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the time comes from.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine.
    #[default]
    System,
    /// A test, in unix milliseconds.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still, in unix milliseconds.
    #[must_use]
    pub fn fixed(milliseconds: i64) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(milliseconds)))
    }

    /// Unix milliseconds.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn now(&self) -> i64 {
        match self {
            Self::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX)),
            Self::Fixed(milliseconds) => milliseconds.load(Ordering::Relaxed),
        }
    }
}
