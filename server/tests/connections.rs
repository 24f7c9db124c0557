//! Slow connections, over a real socket.

use axum::{
    Router,
    body::Body,
    http::StatusCode,
    routing::{get, post},
};
use server::connections::{Patience, serve};
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
    task::JoinHandle,
};
use tokio_stream::wrappers::ReceiverStream;

const PATIENCE: Patience = Patience { head: Duration::from_millis(200), request: Duration::from_millis(200) };

/// A server whose `/stream` answers what is put into the channel, piece by piece.
struct World {
    address: SocketAddr,
    pieces: Option<mpsc::Sender<Result<&'static str, std::io::Error>>>,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

impl World {
    async fn start() -> Self {
        let (pieces, receiver) = mpsc::channel(1);
        let receiver = Arc::new(Mutex::new(Some(receiver)));
        let stream = move || {
            let receiver = receiver.lock().expect("a connection").take();
            async move {
                receiver.map_or(Err(StatusCode::GONE), |it| Ok(Body::from_stream(ReceiverStream::new(it))))
            }
        };
        let router = Router::new()
            .route("/", get(async || "here\n"))
            .route("/", post(async |body: String| body))
            .route("/stream", get(stream));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a connection");
        let address = listener.local_addr().expect("a connection");
        let (stop, shutdown) = watch::channel(false);
        let serving = tokio::spawn(serve(listener, router, PATIENCE, shutdown));
        Self { address, pieces: Some(pieces), stop, serving }
    }

    async fn connect(&self, words: &str) -> TcpStream {
        let mut connection = TcpStream::connect(self.address).await.expect("a connection");
        connection.write_all(words.as_bytes()).await.expect("a connection");
        connection
    }

    async fn say(&self, piece: &'static str) {
        self.pieces.as_ref().expect("a connection").send(Ok(piece)).await.expect("a connection");
    }
}

/// What comes until these words do.
async fn read_until(connection: &mut TcpStream, words: &str) {
    let mut text = Vec::new();
    while !String::from_utf8_lossy(&text).contains(words) {
        let read = in_time(connection.read_buf(&mut text)).await.expect("a connection");
        assert!(read > 0, "closed after {}", String::from_utf8_lossy(&text));
    }
}

/// Waits until the other side closes the connection. A reset is an end too.
async fn closed(mut connection: TcpStream) {
    drop(in_time(connection.read_to_end(&mut Vec::new())).await);
}

/// What takes for ever fails.
async fn in_time<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), work).await.expect("still waiting")
}

#[tokio::test]
async fn a_head_that_never_ends_is_given_up_and_a_long_answer_is_not() {
    let world = World::start().await;
    let mut long = world.connect("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n").await;
    world.say("first").await;
    read_until(&mut long, "first").await;
    closed(world.connect("").await).await;
    closed(world.connect("GET / HTTP/1.1\r\nHost: ").await).await;
    let mut again = world.connect("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    read_until(&mut again, "here").await;
    closed(again).await;
    // Three times as long as a head may take.
    world.say("second").await;
    read_until(&mut long, "second").await;
}

#[tokio::test]
async fn what_is_being_answered_ends_before_the_server_does() {
    let mut world = World::start().await;
    let mut long = world.connect("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n").await;
    world.say("first").await;
    read_until(&mut long, "first").await;
    world.stop.send(true).expect("a connection");
    while TcpStream::connect(world.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!world.serving.is_finished(), "one answer is on its way");
    world.say("last").await;
    world.pieces = None;
    read_until(&mut long, "last").await;
    world.serving.await.expect("a connection");
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    let world = World::start().await;
    let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n";
    let mut whole = world.connect(&format!("{head}the_ends_on")).await;
    read_until(&mut whole, "the_ends_on").await;
    let mut half = world.connect(&format!("{head}the")).await;
    read_until(&mut half, "408 Request Timeout").await;
    closed(half).await;
}
