//! Over HTTP: a request is asked for its rights when all of it is here, so that none can be begun with rights and
//! be ended without them.

mod support;

use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode, header},
};
use serde_json::json;
use std::convert::Infallible;
use support::World;
use tokio::sync::oneshot;

/// The status of a request whose second half is sent after `change`.
async fn meanwhile(world: &World, change: &'static str) -> StatusCode {
    let whole = json!({ "request": { "search": "", "after": null, "before": null } }).to_string();
    let (first, second) = whole.split_at(9);
    let halves = [first, second].map(|half| Bytes::from(half.to_owned()));
    let (begun, has_begun) = oneshot::channel();
    let (go_on, may_go_on) = oneshot::channel::<()>();
    let body = async_stream::stream! {
        let [first, second] = halves;
        yield Ok::<_, Infallible>(first);
        begun.send(()).expect("somebody waits");
        may_go_on.await.expect("told to go on");
        yield Ok(second);
    };
    let request = Request::post("/fn/users/list").header(header::CONTENT_TYPE, "application/json");
    let request = request.body(Body::from_stream(body)).expect("a request");
    let admin = world.browser("admin").await;
    let between = async {
        has_begun.await.expect("begun");
        world.throwaway.execute(change).await;
        go_on.send(()).expect("a request");
    };
    tokio::join!(admin.ask(request), between).0.0
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_are_those_of_the_moment_when_a_request_is_whole() {
    let world = World::new().await;
    for (change, expected) in [
        ("UPDATE account SET version = version", StatusCode::OK),
        ("DELETE FROM session", StatusCode::UNAUTHORIZED),
        ("UPDATE account SET status = 'suspended'", StatusCode::UNAUTHORIZED),
        ("UPDATE account SET status = 'active'", StatusCode::OK),
        ("DELETE FROM role_assignment", StatusCode::FORBIDDEN),
    ] {
        if change.contains("'active'") {
            world.throwaway.execute(change).await;
        }
        assert_eq!(meanwhile(&world, change).await, expected, "{change}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_of_no_said_length_has_an_end_too() {
    let world = World::new().await;
    let piece = Bytes::from(vec![b' '; 64 * 1024]);
    let body = Body::from_stream(futures::stream::repeat_with(move || Ok::<_, Infallible>(piece.clone())));
    let request = Request::post("/fn/users/list").header(header::CONTENT_TYPE, "application/json");
    let request = request.body(body).expect("a request");
    assert_eq!(world.browser("admin").await.ask(request).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}
