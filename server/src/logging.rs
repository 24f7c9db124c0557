//! Logs: ids and codes, never addresses, tokens, bodies or values.

use tracing_subscriber::{EnvFilter, filter::Directive};

/// Libraries that log what they carry. Whatever is asked for, they stay at errors.
const CAPPED: [&str; 7] = [
    "sqlx=error",
    "hyper=error",
    "h2=error",
    "tower_http=error",
    "lettre=error",
    "rustls=error",
    "axum=error",
];

/// Starts logging to standard error.
///
/// # Errors
/// One line if `filter` can't be read.
pub fn start(filter: &str) -> Result<(), String> {
    let wrong = || "ASSENT_LOG can't be read; try `info`".to_owned();
    let mut filter = EnvFilter::try_new(filter).map_err(|_| wrong())?;
    for directive in CAPPED {
        filter = filter.add_directive(directive.parse::<Directive>().map_err(|_| wrong())?);
    }
    // A second start, as in tests, changes nothing.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    Ok(())
}
