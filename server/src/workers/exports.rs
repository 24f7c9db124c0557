//! Makes the exports that users ask for: at once where this server was asked, and every few seconds what
//! others were asked for and did not finish.

use crate::events::Shutdown;
use services::{Services, privacy::make_next};
use std::time::Duration;
use tokio::time::sleep;

/// How long an export that another server was asked for may wait.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// Makes exports until the server shuts down.
pub async fn run(services: Services, mut shutdown: Shutdown) {
    while !*shutdown.borrow_and_update() {
        // A failure is in the log already. Not at once again, so that the log stays readable.
        if matches!(make_next(&services).await, Ok(true)) {
            continue;
        }
        tokio::select! {
            () = services.store().exports().notified() => {}
            () = sleep(LOOK_AGAIN) => {}
            _ = shutdown.changed() => {}
        }
    }
}
