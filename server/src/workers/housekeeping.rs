//! Takes out what has had its time, every few minutes. Several servers may do it at once.

use crate::events::Shutdown;
use services::Services;
use std::time::Duration;
use tokio::time::sleep;

/// How often.
const PAUSE: Duration = Duration::from_secs(5 * 60);

/// Tidies up until the server shuts down.
pub async fn run(services: Services, mut shutdown: Shutdown) {
    while !*shutdown.borrow_and_update() {
        if let Err(error) = store::housekeeping::tidy_up(services.store()).await {
            tracing::error!("housekeeping failed: {error}");
        }
        tokio::select! {
            () = sleep(PAUSE) => {}
            _ = shutdown.changed() => {}
        }
    }
}
