//! What is logged, kept in memory.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};
use tracing::Subscriber;
use tracing_subscriber::{filter::filter_fn, fmt, layer::SubscriberExt, registry};

/// All that is logged where its subscriber is the one that is asked.
#[derive(Clone, Default)]
pub struct Logs(Arc<Mutex<Vec<u8>>>);

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the logs").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Logs {
    /// Writes everything here, at the finest level and of every target but one: the library for passkeys
    /// logs credentials, and `server::logging` caps it.
    pub fn subscriber(&self) -> impl Subscriber + Send + Sync {
        let writer = self.clone();
        let layer = fmt::layer().with_ansi(false).with_writer(move || writer.clone());
        registry().with(filter_fn(|metadata| !metadata.target().starts_with("webauthn_rs"))).with(layer)
    }

    /// What was written so far.
    pub fn written(&self) -> Vec<u8> {
        self.0.lock().expect("the logs").clone()
    }
}
