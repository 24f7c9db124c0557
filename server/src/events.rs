//! `GET /events`: server-sent events (WHATWG HTML, 9.2). An event says that something changed, never
//! what. The stream ends by itself when its session does, and when the server shuts down.

use crate::identify::SignedIn;
use axum::{
    Extension,
    http::{StatusCode, header::RETRY_AFTER},
    response::{
        IntoResponse, Response,
        sse::{Event as Sent, KeepAlive, Sse},
    },
};
use domain::{
    Error, UserId,
    event::{Event, EventKind},
    preview::Target,
};
use futures::Stream;
use services::Services;
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use store::{Caller, Signal};
use tokio::{
    sync::{broadcast, watch},
    time::Instant,
};

/// Becomes true when the server shuts down.
pub type Shutdown = watch::Receiver<bool>;

/// How many streams one user may hold open. A browser opens at most six connections to an origin.
const MOST_OF_ONE: usize = 24;
/// How many there may be on this server.
const MOST: usize = 4096;

/// The streams that are open on this server, by user.
#[derive(Clone, Debug, Default)]
pub struct Streams(Arc<Mutex<HashMap<UserId, usize>>>);

impl Streams {
    fn open(&self, user: UserId) -> Option<Place> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = open.get(&user).copied().unwrap_or_default();
        if own >= MOST_OF_ONE || open.values().sum::<usize>() >= MOST {
            return None;
        }
        open.insert(user, own + 1);
        Some(Place { streams: self.clone(), user })
    }
}

/// A place among the open streams, given back when the stream ends, however it ends.
struct Place {
    streams: Streams,
    user: UserId,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        match open.get_mut(&self.user) {
            Some(own) if *own > 1 => *own -= 1,
            _ => drop(open.remove(&self.user)),
        }
    }
}

/// The stream of whoever is signed in.
pub async fn events(
    Extension(services): Extension<Services>,
    Extension(shutdown): Extension<Shutdown>,
    Extension(streams): Extension<Streams>,
    SignedIn(caller): SignedIn,
) -> Response {
    let Some(place) = streams.open(caller.user()) else {
        return (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "10")]).into_response();
    };
    let stream = follow(services, caller, shutdown, place);
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response()
}

fn follow(
    services: Services,
    mut caller: Caller,
    mut shutdown: Shutdown,
    place: Place,
) -> impl Stream<Item = Result<Sent, Infallible>> {
    async_stream::stream! {
        let _place = place;
        let mut signals = services::sign_in::subscribe(&services);
        // Sends the headers, so that the browser knows that the stream is open.
        yield Ok(Sent::default().comment("open"));
        let expiry = tokio::time::sleep_until(when(&services, caller.expires_at()));
        tokio::pin!(expiry);
        loop {
            let kind = tokio::select! {
                () = &mut expiry => Some(EventKind::SignedOut),
                () = told_to_stop(&mut shutdown) => return,
                signal = signals.recv() => match concerns(&caller, signal) {
                    Heard::Closed => return,
                    Heard::Nothing => None,
                    Heard::Kind(kind) => match services::sign_in::again(&services, &caller).await {
                        Ok(now) => {
                            expiry.as_mut().reset(when(&services, now.expires_at()));
                            caller = now;
                            Some(of_another_session(kind))
                        }
                        Err(Error::Unauthenticated) => Some(EventKind::SignedOut),
                        // The page is told to find out itself.
                        Err(_) => Some(of_another_session(kind)),
                    },
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
            let concerned = |user| user == caller.user() || Some(user) == previewed(caller);
            let mine = organisation == caller.organisation() && user.is_none_or(concerned);
            if mine { Heard::Kind(kind) } else { Heard::Nothing }
        }
        // Something was missed: ask for everything.
        Ok(Signal::Gap) | Err(broadcast::error::RecvError::Lagged(_)) => {
            Heard::Kind(EventKind::RightsChanged)
        }
        Err(broadcast::error::RecvError::Closed) => Heard::Closed,
    }
}

/// Whose view the caller looks at, if it is a user's.
fn previewed(caller: &Caller) -> Option<UserId> {
    match caller.preview()?.of.as_ref()?.target {
        Target::User(user) => Some(user),
        Target::Role(_) => None,
    }
}

/// What a page is told whose own session goes on: that another one ended may have changed a list.
fn of_another_session(kind: EventKind) -> EventKind {
    if kind == EventKind::SignedOut { EventKind::RightsChanged } else { kind }
}

/// The moment, on the clock of the timers, that the clock of the database calls so.
fn when(services: &Services, moment: i64) -> Instant {
    let left = u64::try_from(moment - services.store().clock().now()).unwrap_or(0);
    Instant::now() + Duration::from_millis(left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::Uuid;

    #[test]
    fn one_user_holds_so_many_streams_and_no_more() {
        let streams = Streams::default();
        let (one, other) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let mut held: Vec<_> = (0..MOST_OF_ONE).filter_map(|_| streams.open(one)).collect();
        assert_eq!(held.len(), MOST_OF_ONE);
        assert!(streams.open(one).is_none());
        assert!(streams.open(other).is_some());
        held.pop();
        assert!(streams.open(one).is_some());
    }
}
