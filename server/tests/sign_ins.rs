//! Over HTTP: limits follow the address that a request really comes from, and the end of one
//! sign-in reaches its own browser alone.

use axum::{
    Router,
    body::{Body, BodyDataStream},
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use domain::{
    profile::EndSignIn,
    sign_in::{SignIn, Visitor},
};
use futures::StreamExt;
use serde_json::json;
use server::{
    assets::Site,
    proxies::Proxies,
    router::{Parts, router},
};
use services::Services;
use std::{
    net::SocketAddr,
    sync::{Arc, atomic::AtomicI64},
};
use store::{Clock, testing::Throwaway};
use tokio::sync::watch;
use tower::ServiceExt;

const PASSWORD: &str = "a password for tests";
/// 24 November 2026, noon, UTC.
const NOON: i64 = 1_795_521_600_000;
const PROXY: &str = "10.0.0.1:1000";
const STRANGER: &str = "203.0.113.9:1000";

/// The router, and what ends its streams when it is dropped.
fn serve(services: &Services) -> (Router, watch::Sender<bool>) {
    let assets = app::Assets::default();
    let site = Site { folder: std::env::temp_dir(), assets };
    let proxies = Proxies::new(vec!["10.0.0.1".parse().expect("a proxy")]);
    let (stop, shutdown) = watch::channel(false);
    let parts = Parts { services: services.clone(), site, shutdown, proxies };
    (router(parts).expect("a router"), stop)
}

/// The status and `Retry-After` of a sign-in that can't be right.
async fn attempt(router: &Router, peer: &str, forwarded: &str, number: u32) -> (StatusCode, Option<String>) {
    let email = format!("user{number}@demo.test");
    let body = json!({ "request": { "email": email, "password": "wrong" } });
    let mut request = Request::post("/fn/sign_in/sign_in")
        .header(header::CONTENT_TYPE, "application/json")
        .header("x-forwarded-for", forwarded)
        .body(Body::from(body.to_string()))
        .expect("a request");
    let peer: SocketAddr = peer.parse().expect("an address");
    request.extensions_mut().insert(ConnectInfo(peer));
    let response = router.clone().oneshot(request).await.expect("an answer");
    let wait =
        response.headers().get(header::RETRY_AFTER).map(|value| value.to_str().expect("text").to_owned());
    (response.status(), wait)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_that_was_made_up_evades_no_limit() {
    let throwaway = Throwaway::sqlite().await;
    // A clock that stands still, so that nothing is forgotten however long the test takes.
    let store = throwaway.at(Clock::Fixed(Arc::new(AtomicI64::new(NOON)))).await;
    let (router, _stop) = serve(&Services::new(store, "http://localhost:3000"));
    let refused = (StatusCode::UNAUTHORIZED, None);
    for number in 0..60 {
        assert_eq!(attempt(&router, STRANGER, &format!("192.0.{number}.1"), number).await, refused);
    }
    let too_many = (StatusCode::TOO_MANY_REQUESTS, Some("10".to_owned()));
    assert_eq!(attempt(&router, STRANGER, "198.51.100.1", 60).await, too_many);

    // Behind the proxy each visitor is one of their own, and what they write themselves is not read.
    assert_eq!(attempt(&router, PROXY, "198.51.100.1", 61).await, refused);
    assert_eq!(attempt(&router, PROXY, "198.51.100.1, 203.0.113.200", 62).await, too_many);
}

async fn sign_in(services: &Services, local: &str) -> String {
    let request = SignIn {
        email: format!("{local}@demo.test"),
        password: PASSWORD.into(),
        organisation: String::new(),
        return_to: String::new(),
    };
    let entry = services::sign_in::sign_in(services, Visitor::default(), request).await.expect("signing in");
    entry.session().expect("no second factor").token
}

async fn stream(router: &Router, token: &str) -> BodyDataStream {
    let request = Request::get("/events").header(header::COOKIE, format!("assent={token}"));
    let request = request.body(Body::empty()).expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    let mut stream = response.into_body().into_data_stream();
    assert_eq!(next(&mut stream).await.as_deref(), Some(": open\n\n"));
    stream
}

async fn next(stream: &mut BodyDataStream) -> Option<String> {
    let bytes = stream.next().await?.expect("bytes");
    Some(String::from_utf8(bytes.to_vec()).expect("text"))
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_browser_whose_sign_in_ended_is_told_so() {
    let throwaway = Throwaway::sqlite().await;
    let services = Services::new(throwaway.store.clone(), "http://localhost:3000");
    services::demo::fill(&services, PASSWORD).await.expect("the demo");
    let (router, _stop) = serve(&services);
    let (mine, other) = (sign_in(&services, "billing").await, sign_in(&services, "billing").await);
    let (mut my_stream, mut other_stream) = (stream(&router, &mine).await, stream(&router, &other).await);
    let me = services::sign_in::resolve(&services, &mine).await.expect("an answer").expect("somebody");
    let list = services::profile::sign_ins(&services, &me).await.expect("a list");
    let id = list.iter().find(|entry| !entry.current).expect("the other").id;
    services::profile::end_sign_in(&services, &me, EndSignIn { id }).await.expect("ended");
    let told = next(&mut other_stream).await.expect("an event");
    assert!(told.contains("event: signed-out"), "{told}");
    assert_eq!(next(&mut other_stream).await, None, "its stream ends");
    let told = next(&mut my_stream).await.expect("an event");
    assert!(told.contains("event: rights-changed"), "{told}");
}
