//! The worker that sends mail, and the demo's inbox.

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use domain::{
    mail::Message,
    sign_in::{SignIn, Visitor},
};
use server::{
    assets::Site,
    proxies::Proxies,
    router::{Parts, router},
    workers,
};
use services::{Services, mail::Mailer};
use std::time::Duration;
use store::{Caller, Grant, mail, testing::Throwaway};
use tokio::sync::watch;
use tower::ServiceExt;

const PASSWORD: &str = "a password for tests";

async fn demo(throwaway: &Throwaway, mailer: Mailer) -> (Services, Caller) {
    let services = Services::with_mailer(throwaway.store.clone(), "http://localhost:3000", mailer);
    services::demo::fill(&services, PASSWORD).await.expect("the demo");
    let request = SignIn { email: "admin@demo.test".into(), password: PASSWORD.into(), ..blank() };
    let entry = services::sign_in::sign_in(&services, Visitor::default(), request).await.expect("signing in");
    let signed_in = entry.session().expect("no second factor");
    let caller = services::sign_in::resolve(&services, &signed_in.token).await.expect("an answer");
    (services, caller.expect("somebody"))
}

fn blank() -> SignIn {
    SignIn {
        email: String::new(),
        password: String::new(),
        organisation: String::new(),
        return_to: String::new(),
    }
}

async fn queue(services: &Services, to: &Caller) {
    let (grant, user) = (Grant::system(to.organisation()), to.user());
    let message = Message::PasswordReset;
    let queued = services.store().write(async move |tx| mail::queue(tx, &grant, user, message).await);
    queued.await.expect("queued");
}

async fn get(services: &Services, language: &str) -> (StatusCode, String) {
    let assets = app::Assets { css: "a.css".into(), ..app::Assets::default() };
    let site = Site { folder: std::env::temp_dir(), assets };
    let shutdown = watch::channel(false).1;
    let parts = Parts { services: services.clone(), site, shutdown, proxies: Proxies::default() };
    let request = Request::get("/demo/mail").header(header::ACCEPT_LANGUAGE, language);
    let request = request.body(Body::empty()).expect("a request");
    let response = router(parts).expect("a router").oneshot(request).await.expect("an answer");
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
    (status, String::from_utf8(body.to_vec()).expect("text"))
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_of_the_demo_is_sent_at_once_and_shown() {
    let throwaway = Throwaway::sqlite().await;
    let (services, admin) = demo(&throwaway, Mailer::inbox()).await;
    let (status, page) = get(&services, "en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("No mail yet"), "{page}");

    let (stop, shutdown) = watch::channel(false);
    let worker = tokio::spawn(workers::mail::run(services.clone(), shutdown));
    for expected in [1, 2] {
        queue(&services, &admin).await;
        let inbox = services.inbox().expect("an inbox");
        let arrived = async {
            while inbox.all().len() < expected {
                tokio::task::yield_now().await;
            }
        };
        // Sooner than it would look by itself: the transaction woke it.
        tokio::time::timeout(Duration::from_secs(4), arrived).await.expect("sent at once");
    }
    stop.send(true).expect("a worker that listens");
    tokio::time::timeout(Duration::from_secs(4), worker).await.expect("an end").expect("a good one");

    let (_, page) = get(&services, "de").await;
    for part in [
        "E-Mails der Demo",
        "admin@demo.test",
        "<a href=\"http://localhost:3000/set-password?token=",
        "/pkg/a.css",
    ] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_demo_there_is_no_inbox() {
    let throwaway = Throwaway::sqlite().await;
    let (services, _) = demo(&throwaway, Mailer::Off).await;
    assert_eq!(get(&services, "en").await.0, StatusCode::NOT_FOUND);
}
