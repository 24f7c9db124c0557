//! Logs: ids and codes, never addresses, tokens, bodies or values.

use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, filter::filter_fn, fmt, layer::SubscriberExt, registry, util::SubscriberInitExt,
};

/// Libraries that log what they carry. Whatever is asked for, they stay at errors.
const CAPPED: [&str; 8] = ["sqlx", "hyper", "h2", "tower_http", "lettre", "rustls", "axum", "webauthn_rs"];

/// Starts logging to standard error.
///
/// # Errors
/// One line if `filter` can't be read.
pub fn start(filter: &str) -> Result<(), String> {
    // A second start, as in tests, changes nothing.
    let _ = subscriber(filter, std::io::stderr)?.try_init();
    Ok(())
}

/// What is logged where this is asked for, into `writer`.
///
/// # Errors
/// One line if `filter` can't be read.
pub fn subscriber<W>(filter: &str, writer: W) -> Result<impl Subscriber + Send + Sync, String>
where
    W: for<'a> fmt::MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(filter).map_err(|_| "ASSENT_LOG can't be read; try `info`".to_owned())?;
    let layer = fmt::layer().with_writer(writer);
    Ok(registry().with(filter).with(filter_fn(may_be_written)).with(layer))
}

/// The cap is no directive of the filter, where a finer one that was asked for would win.
fn may_be_written(metadata: &Metadata<'_>) -> bool {
    *metadata.level() == Level::ERROR || !CAPPED.iter().any(|library| metadata.target().starts_with(library))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::Write,
        sync::{Arc, Mutex},
    };

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_carries_values_stays_at_errors_whatever_is_asked_for() {
        let written = Written::default();
        let writer = written.clone();
        let filter = "trace,webauthn_rs_core::core=trace,sqlx::query=trace";
        let subscriber = subscriber(filter, move || writer.clone()).unwrap();
        tracing::subscriber::with_default(subscriber, || {
            tracing::trace!(target: "server", "of our own");
            tracing::debug!(target: "webauthn_rs_core::core", "a credential");
            tracing::warn!(target: "sqlx::query", "a statement");
            tracing::error!(target: "sqlx::pool", "a failure");
        });
        let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        assert!(text.contains("of our own") && text.contains("a failure"), "{text}");
        assert!(!text.contains("a credential") && !text.contains("a statement"), "{text}");
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_told() {
        assert!(subscriber("=,=", std::io::sink).is_err());
    }
}
