//! Takes out what has had its time, each minute. Several servers may do it at once.

use crate::events::Shutdown;
use services::Services;
use std::time::Duration;
use tokio::time::sleep;

/// How often.
const PAUSE: Duration = Duration::from_secs(60);

/// Tidies up until the server shuts down.
pub async fn run(services: Services, mut shutdown: Shutdown) {
    while !*shutdown.borrow_and_update() {
        if let Err(error) = store::housekeeping::tidy_up(services.store()).await {
            tracing::error!("housekeeping failed: {error}");
        }
        if let Err(error) = services::retention::replace_names(&services).await {
            tracing::error!("names whose period is over could not be replaced: {error}");
        }
        if let Err(error) = store::limits::sweep(services.store()).await {
            tracing::error!("limits that have passed could not be deleted: {error}");
        }
        tokio::select! {
            () = sleep(PAUSE) => {}
            _ = shutdown.changed() => {}
        }
    }
}
