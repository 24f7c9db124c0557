//! Connections: accepted, served over HTTP/1.1, given up where a request doesn't come, and ended
//! with patience when the server is told to stop. `axum::serve` waits for a request's head for ever.

use crate::events::Shutdown;
use axum::{
    Router,
    extract::ConnectInfo,
    http::{Request, StatusCode},
    serve::{Listener, ListenerExt},
};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::time::Duration;
use tokio::net::TcpListener;
use tower::ServiceExt;
use tower_http::timeout::TimeoutLayer;

/// How long the other side may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the head of the next request on a connection. Longer than a proxy keeps an idle one, usually
    /// 60 seconds: else it would use one that is just being closed.
    pub head: Duration,
    /// For a request, from its head to that of the answer: an event stream goes on.
    pub request: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { head: Duration::from_secs(65), request: Duration::from_secs(30) }
    }
}

/// Serves until `shutdown` becomes true, then until every request has ended.
pub async fn serve(listener: TcpListener, router: Router, patience: Patience, mut shutdown: Shutdown) {
    let slow = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, patience.request);
    let router = router.layer(slow);
    let mut listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.head);
    let open = GracefulShutdown::new();
    loop {
        let (connection, peer) = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = shutdown.wait_for(|down| *down) => break,
        };
        let named = router.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        });
        let service = TowerToHyperService::new(named);
        let served = open.watch(http.serve_connection(TokioIo::new(connection), service));
        // How a connection ends is the other side's choice, and nobody else's concern.
        tokio::spawn(async move { drop(served.await) });
    }
    drop(listener);
    open.shutdown().await;
}
