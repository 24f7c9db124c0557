//! Seals what was written to the history, every second: so long an entry could be changed without a trace.

use crate::events::Shutdown;
use services::Services;
use std::time::Duration;
use tokio::time::sleep;

/// How often.
const PAUSE: Duration = Duration::from_secs(1);

/// Seals until the server shuts down.
pub async fn run(services: Services, mut shutdown: Shutdown) {
    while !*shutdown.borrow_and_update() {
        if let Err(error) = store::chain::seal_all(services.store()).await {
            tracing::error!("the history could not be sealed: {error}");
        }
        tokio::select! {
            () = sleep(PAUSE) => {}
            _ = shutdown.changed() => {}
        }
    }
}
