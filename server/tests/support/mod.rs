//! A server in this process, and browsers that talk to it.

#![allow(dead_code, reason = "each test binary uses a part of it")]

pub mod bodies;
pub mod cast;
pub mod expected;
pub mod ground;
pub mod stage;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
    response::Response,
};
use domain::sign_in::{SignIn, Visitor};
use serde_json::{Value, json};
use server::{
    assets::Site,
    proxies::Proxies,
    router::{Parts, router},
};
use services::Services;
use std::sync::{Arc, atomic::AtomicI64};
use store::{Clock, testing::Throwaway};
use tokio::sync::{Mutex, MutexGuard, watch};
use tower::ServiceExt;

/// The password of all accounts here.
pub const PASSWORD: &str = "a password for tests";
/// Noon, UTC.
pub const NOON: i64 = 1_795_521_600_000;
pub const URL: &str = "http://localhost:3000";

/// A server with the demo organisation, on 24 November 2026.
pub struct World {
    pub services: Services,
    router: Router,
    pub throwaway: Throwaway,
    _turn: MutexGuard<'static, ()>,
}

/// Pages are rendered by one runtime at a time, as in a server. With one for each test, side by side, a page was
/// never finished now and then.
static TURN: Mutex<()> = Mutex::const_new(());

impl World {
    pub async fn new() -> Self {
        let turn = TURN.lock().await;
        let throwaway = Throwaway::sqlite().await;
        let store = throwaway.at(Clock::Fixed(Arc::new(AtomicI64::new(NOON)))).await;
        let services = Services::new(store, URL);
        services::demo::fill(&services, PASSWORD).await.expect("the demo");
        let router = open_router(&services);
        Self { services, router, throwaway, _turn: turn }
    }

    pub async fn browser(&self, local: &str) -> Browser<'_> {
        let token = sign_in(&self.services, "", &format!("{local}@demo.test")).await;
        Browser { world: self, token, headers: HeaderMap::new() }
    }

    /// Nobody who is signed in.
    pub fn nobody(&self) -> Browser<'_> {
        Browser { world: self, token: String::new(), headers: HeaderMap::new() }
    }

    /// The rows, after the worker's turn.
    pub async fn rows(&self) -> Vec<String> {
        services::insights::write(&self.services).await.expect("written");
        let mut rows = self.throwaway.dump().await["usage_count"].clone();
        rows.sort();
        rows
    }
}

/// All routes over these services.
pub fn open_router(services: &Services) -> Router {
    let site = Site { folder: std::env::temp_dir(), assets: app::Assets::default() };
    let (shutdown, proxies) = (watch::channel(false).1, Proxies::default());
    router(Parts { services: services.clone(), site, shutdown, proxies }).expect("a router")
}

/// The token of somebody who signs in with the password of all.
pub async fn sign_in(services: &Services, organisation: &str, email: &str) -> String {
    let request = SignIn {
        email: email.into(),
        password: PASSWORD.into(),
        organisation: organisation.into(),
        return_to: String::new(),
    };
    let entry = services::sign_in::sign_in(services, Visitor::default(), request).await.expect("signing in");
    entry.session().expect("a session").token
}

/// Somebody who is signed in.
pub struct Browser<'a> {
    world: &'a World,
    pub token: String,
    headers: HeaderMap,
}

impl Browser<'_> {
    pub fn saying(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.insert(name, value.parse().expect("a header"));
        self
    }

    pub async fn ask(&self, request: Request<Body>) -> (StatusCode, String) {
        let response = self.send(request).await;
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 24).await.expect("a body");
        (status, String::from_utf8(body.to_vec()).expect("text"))
    }

    async fn send(&self, mut request: Request<Body>) -> Response {
        request.headers_mut().extend(self.headers.clone());
        let cookie = format!("assent={}", self.token).parse().expect("a header");
        request.headers_mut().insert(header::COOKIE, cookie);
        self.world.router.clone().oneshot(request).await.expect("an answer")
    }

    /// The status of what may be no text.
    pub async fn status(&self, path: &str) -> u16 {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await.status().as_u16()
    }

    pub async fn open(&self, path: &str) -> (StatusCode, String) {
        self.ask(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    pub async fn call(&self, function: &str, request: Value) -> (StatusCode, String) {
        let body = json!({ "request": request }).to_string();
        let request =
            Request::post(format!("/fn/{function}")).header(header::CONTENT_TYPE, "application/json");
        self.ask(request.body(Body::from(body)).expect("a request")).await
    }

    /// Opens a page as a link in an open page does.
    pub async fn follow(&self, feature: &str) -> String {
        let (status, answer) = self.call("insights/count", json!({ "feature": feature })).await;
        assert_eq!(status, StatusCode::OK);
        answer
    }
}
