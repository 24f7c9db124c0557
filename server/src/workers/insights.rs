//! Writes what this server has counted, at a fixed interval and a random bit more, so that a row's growing tells
//! no time of day. What is not written when the server stops is lost: a stop must not write either.

use crate::events::Shutdown;
use services::Services;
use std::time::Duration;
use tokio::time::sleep;

/// The interval.
const INTERVAL: Duration = Duration::from_secs(15 * 60);
/// The most that is added to it, in seconds.
const JITTER: u16 = 15 * 60;

/// Writes until the server shuts down.
pub async fn run(services: Services, mut shutdown: Shutdown) {
    while !*shutdown.borrow_and_update() {
        let jitter = u16::from_be_bytes(services.store().random().bytes()) % JITTER;
        tokio::select! {
            () = sleep(INTERVAL + Duration::from_secs(jitter.into())) => {
                // The failure is in the log already; all of it waits for the next time.
                let _ = services::insights::write(&services).await;
            }
            _ = shutdown.changed() => {}
        }
    }
}
