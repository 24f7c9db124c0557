//! `GET /events`: server-sent events (WHATWG HTML, 9.2). An event says that something changed, never
//! what. The stream ends by itself when its session does, and when the server shuts down.

use axum::{
    Extension,
    http::StatusCode,
    response::{
        IntoResponse, Response,
        sse::{Event as Sent, KeepAlive, Sse},
    },
};
use domain::event::{Event, EventKind};
use futures::Stream;
use services::Services;
use std::{convert::Infallible, time::Duration};
use store::{Caller, Signal};
use tokio::sync::{broadcast, watch};

/// Becomes true when the server shuts down.
pub type Shutdown = watch::Receiver<bool>;

/// The stream of whoever is signed in.
pub async fn events(
    Extension(services): Extension<Services>,
    Extension(shutdown): Extension<Shutdown>,
    caller: Option<Extension<Caller>>,
) -> Response {
    let Some(Extension(caller)) = caller else { return StatusCode::UNAUTHORIZED.into_response() };
    let stream = follow(services, caller, shutdown);
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response()
}

fn follow(
    services: Services,
    caller: Caller,
    mut shutdown: Shutdown,
) -> impl Stream<Item = Result<Sent, Infallible>> {
    async_stream::stream! {
        let mut signals = services::sign_in::subscribe(&services);
        // Sends the headers, so that the browser knows that the stream is open.
        yield Ok(Sent::default().comment("open"));
        let left = u64::try_from(caller.expires_at() - services.store().clock().now()).unwrap_or(0);
        let expiry = tokio::time::sleep(Duration::from_millis(left));
        tokio::pin!(expiry);
        loop {
            let kind = tokio::select! {
                () = &mut expiry => Some(EventKind::SignedOut),
                () = told_to_stop(&mut shutdown) => return,
                signal = signals.recv() => match concerns(&caller, signal) {
                    Heard::Closed => return,
                    Heard::Nothing => None,
                    Heard::Kind(EventKind::SignedOut) if still_signed_in(&services, &caller).await => {
                        Some(EventKind::RightsChanged)
                    }
                    Heard::Kind(kind) => Some(kind),
                },
            };
            if let Some(kind) = kind {
                // An event without data is never dispatched (WHATWG HTML, 9.2.6).
                yield Ok(Sent::default().event(kind.name()).data(kind.name()));
                if kind == EventKind::SignedOut {
                    return;
                }
            }
        }
    }
}

async fn told_to_stop(shutdown: &mut Shutdown) {
    // Also where nobody is left to tell.
    drop(shutdown.wait_for(|down| *down).await);
}

enum Heard {
    Nothing,
    Kind(EventKind),
    Closed,
}

fn concerns(caller: &Caller, signal: Result<Signal, broadcast::error::RecvError>) -> Heard {
    match signal {
        Ok(Signal::Event(Event { organisation, user, kind })) => {
            let mine = organisation == caller.organisation() && user.is_none_or(|user| user == caller.user());
            if mine { Heard::Kind(kind) } else { Heard::Nothing }
        }
        // Something was missed: ask for everything.
        Ok(Signal::Gap) | Err(broadcast::error::RecvError::Lagged(_)) => {
            Heard::Kind(EventKind::RightsChanged)
        }
        Err(broadcast::error::RecvError::Closed) => Heard::Closed,
    }
}

/// One of the user's sessions ended: was it this one? If the database doesn't answer, the page is
/// told to find out itself.
async fn still_signed_in(services: &Services, caller: &Caller) -> bool {
    services::sign_in::is_open(services, caller).await.unwrap_or(true)
}
