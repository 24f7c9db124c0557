//! Sends what is in the outbox: at once what this server queued, and every few seconds what others
//! did or what is due again. Between two mails it looks whether the server is to stop.

use crate::events::Shutdown;
use services::{
    Services,
    mail::{Delivery, deliver_next, sweep},
};
use std::time::Duration;
use tokio::time::{Instant, sleep, sleep_until};

/// How long a mail that another server queued may wait.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// How often old mail is taken out.
const SWEEP: Duration = Duration::from_secs(60 * 60);

/// Sends until the server shuts down.
pub async fn run(services: Services, mut shutdown: Shutdown) {
    let mut next_sweep = Instant::now();
    while !*shutdown.borrow_and_update() {
        if Instant::now() >= next_sweep {
            // The failure is in the log already; the next hour comes.
            let _ = sweep(&services).await;
            next_sweep = Instant::now() + SWEEP;
        }
        if services.sends_mail() && one_more(&services).await {
            continue;
        }
        let until = if services.sends_mail() { Instant::now() + LOOK_AGAIN } else { next_sweep };
        tokio::select! {
            () = services.store().outbox().queued() => {}
            () = sleep_until(until) => {}
            _ = shutdown.changed() => {}
        }
    }
}

/// Sends one; whether there may be more.
async fn one_more(services: &Services) -> bool {
    match deliver_next(services).await {
        Ok(Delivery::Nothing) => false,
        Ok(Delivery::Sent) => true,
        Ok(Delivery::Failed(error)) => {
            tracing::warn!(?error, "a mail could not be sent");
            true
        }
        // The failure is in the log already. Not at once again, so that the log stays readable.
        Err(_) => {
            sleep(LOOK_AGAIN).await;
            false
        }
    }
}
