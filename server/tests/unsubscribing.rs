//! Opting out by the link in a mail, with raw requests (RFC 8058), and one's own record as a file.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header, request::Builder},
};
use domain::{
    newsletters::{FindNewsletter, IssueTexts, SaveIssue, SendIssue, SetSwitch, Translated},
    profile::Terminate,
    sign_in::{Prove, SignIn, Visitor},
};
use server::{
    assets::Site,
    proxies::Proxies,
    router::{Parts, router},
};
use services::{
    Services,
    mail::{Delivery, Mailer, deliver_next},
    newsletters::{self, issues, switches},
};
use store::{Caller, testing::Throwaway};
use tokio::sync::watch;
use tower::ServiceExt;

const PASSWORD: &str = "a password for tests";
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

struct World {
    services: Services,
    router: Router,
    carla: Caller,
    carlas_session: String,
    /// Path and query of the link in a mail to Carla.
    link: String,
    _throwaway: Throwaway,
}

impl World {
    /// Carla has switched a newsletter on and got an issue.
    async fn new() -> Self {
        let throwaway = Throwaway::sqlite().await;
        let url = "https://assent.example.org";
        let services = Services::with_mailer(throwaway.store.clone(), url, Mailer::inbox());
        services::demo::fill(&services, PASSWORD).await.expect("the demo");
        let assets = app::Assets::default();
        let site = Site { folder: std::env::temp_dir(), assets };
        let (shutdown, proxies) = (watch::channel(false).1, Proxies::default());
        let router = router(Parts { services: services.clone(), site, shutdown, proxies }).expect("a router");
        let (carla, carlas_session) = sign_in(&services, "carla@demo.test").await;
        let link = issue_to(&services, &carla).await;
        Self { services, router, carla, carlas_session, link, _throwaway: throwaway }
    }

    async fn is_on(&self) -> bool {
        let all = switches::list(&self.services, &self.carla).await.expect("switches");
        all.iter().any(|switch| switch.on)
    }

    /// Status, headers and page. The link is no better for who brings it: there is never a cookie.
    async fn ask(&self, request: Builder, body: Body) -> (StatusCode, String) {
        let request = request.body(body).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        assert!(!response.headers().contains_key(header::SET_COOKIE));
        assert!(!response.headers().contains_key(header::LOCATION));
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        (status, String::from_utf8(body.to_vec()).expect("text"))
    }

    async fn post(&self, link: &str, body: &'static str) -> (StatusCode, String) {
        self.ask(Request::post(link), Body::from(body)).await
    }
}

async fn sign_in(services: &Services, email: &str) -> (Caller, String) {
    let (email, password, organisation) = (email.to_owned(), PASSWORD.to_owned(), String::new());
    let request = SignIn { email, password, organisation, return_to: String::new() };
    let entry = services::sign_in::sign_in(services, Visitor::default(), request).await.expect("signing in");
    let token = entry.session().expect("no second factor").token;
    let caller = services::sign_in::resolve(services, &token).await.expect("an answer").expect("somebody");
    (caller, token)
}

async fn issue_to(services: &Services, reader: &Caller) -> String {
    let (admin, _) = sign_in(services, "admin@demo.test").await;
    let id = newsletters::list(services, &admin).await.expect("newsletters")[0].id;
    let on = SetSwitch { id, text_version: 1, on: true };
    switches::set(services, reader, on).await.expect("on");
    let draft = issues::write(services, &admin, FindNewsletter { id }).await.expect("a draft");
    let words = |en: &str| Translated { en: en.into(), de: String::new() };
    let texts = IssueTexts { subject: words("Hello"), body: words("Hello") };
    let save = SaveIssue { id: draft.id, version: draft.version, texts };
    let draft = issues::save(services, &admin, save).await.expect("saved");
    let send = SendIssue { id: draft.id, version: draft.version };
    issues::send(services, &admin, send).await.expect("sent");
    assert_eq!(deliver_next(services).await, Ok(Delivery::Sent));
    let url = services.inbox().expect("an inbox").all()[0].letter.unsubscribe.clone().expect("a link");
    url.strip_prefix("https://assent.example.org").expect("a link to us").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_from_anywhere_with_any_body_opts_out() {
    let world = World::new().await;
    let bodies: [(&str, Body); 4] = [
        ("application/x-www-form-urlencoded", Body::from(ONE_CLICK)),
        (
            "multipart/form-data; boundary=x",
            Body::from(
                "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n",
            ),
        ),
        ("text/plain", Body::empty()),
        ("application/octet-stream", Body::from(vec![0; 200_000])),
    ];
    for (media_type, body) in bodies {
        let id = switches::list(&world.services, &world.carla).await.expect("switches")[0].id;
        let on = SetSwitch { id, text_version: 1, on: true };
        switches::set(&world.services, &world.carla, on).await.expect("on");
        assert!(world.is_on().await);
        let request = Request::post(&world.link)
            .header(header::CONTENT_TYPE, media_type)
            .header(header::ORIGIN, "https://mail.example.com")
            .header("sec-fetch-site", "cross-site");
        let (status, page) = world.ask(request, body).await;
        assert_eq!(status, StatusCode::OK, "{media_type}");
        assert!(page.contains("This newsletter is off"), "{page}");
        assert!(!world.is_on().await, "{media_type}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_may_be_done_again_and_is_recorded_once() {
    let world = World::new().await;
    let answers = [world.post(&world.link, ONE_CLICK).await, world.post(&world.link, ONE_CLICK).await];
    assert_eq!(answers[0], answers[1]);
    let record = newsletters::record::csv(&world.services, &world.carla).await.expect("a record");
    assert_eq!(record.matches("mail_link").count(), 1, "{record}");
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_the_link_changes_nothing() {
    let world = World::new().await;
    for method in ["GET", "HEAD"] {
        let request = Request::builder().method(method).uri(&world.link);
        let (status, page) = world.ask(request.header(header::ACCEPT_LANGUAGE, "de"), Body::empty()).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(page.contains("<form method=\"post\"><button"), method == "GET");
        assert!(method == "HEAD" || page.contains("Diesen Newsletter abbestellen?"), "{page}");
        assert!(world.is_on().await);
    }
    let (status, _) = world.ask(Request::put(&world.link), Body::empty()).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(world.is_on().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_token_gets_the_same_answer() {
    let world = World::new().await;
    let mut links = vec!["/unsubscribe".to_owned(), "/unsubscribe?token=".to_owned()];
    links.push(format!("/unsubscribe?token={}", "0".repeat(64)));
    links.push(format!("{}0", world.link));
    links.push(world.link[..world.link.len() - 1].to_owned());
    let mut forged = Vec::new();
    for link in &links {
        forged.push((world.post(link, ONE_CLICK).await, world.ask(Request::get(link), Body::empty()).await));
        assert!(world.is_on().await, "{link}");
    }
    let shown = world.ask(Request::get(&world.link), Body::empty()).await;
    let good = (world.post(&world.link, ONE_CLICK).await, shown);
    assert!(!world.is_on().await);
    let end = Terminate { proof: Prove::Typed { proof: PASSWORD.into() } };
    services::profile::terminate(&world.services, &world.carla, end).await.expect("terminated");
    let gone =
        (world.post(&world.link, ONE_CLICK).await, world.ask(Request::get(&world.link), Body::empty()).await);
    assert_eq!(gone, good);
    for answer in forged {
        assert_eq!(answer, good);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_opens_nothing_else() {
    let world = World::new().await;
    let token = world.link.split_once('=').expect("a token").1;
    let request =
        Request::get("/profile/newsletters.json").header(header::COOKIE, format!("__Host-assent={token}"));
    assert_eq!(world.ask(request, Body::empty()).await.0, StatusCode::UNAUTHORIZED);
    // Only this very path is open to other origins.
    for path in ["/fn/newsletters/own", "/unsubscribe/", "/fn/sign_in/sign_out"] {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::HOST, "assent.example.org")
            .header(header::ORIGIN, "https://mail.example.com");
        assert_eq!(world.ask(request, Body::from("{}")).await.0, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_is_a_file_for_its_owner() {
    let world = World::new().await;
    let (_, admins_session) = sign_in(&world.services, "admin@demo.test").await;
    for (path, media_type) in [
        ("/profile/newsletters.json", "application/json"),
        ("/profile/newsletters.csv", "text/csv; charset=utf-8"),
    ] {
        assert_eq!(world.ask(Request::get(path), Body::empty()).await.0, StatusCode::UNAUTHORIZED);
        for (session, is_carlas) in [(&world.carlas_session, true), (&admins_session, false)] {
            let request = Request::get(path).header(header::COOKIE, format!("__Host-assent={session}"));
            let request = request.body(Body::empty()).expect("a request");
            let response = world.router.clone().oneshot(request).await.expect("an answer");
            assert_eq!(response.status(), StatusCode::OK);
            assert_eq!(response.headers()[header::CONTENT_TYPE], media_type);
            assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
            let disposition = response.headers()[header::CONTENT_DISPOSITION].to_str().expect("text");
            assert!(disposition.starts_with("attachment; filename=\"newsletters."), "{disposition}");
            let body = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
            let text = String::from_utf8(body.to_vec()).expect("text");
            assert_eq!(text.contains("Once a month"), is_carlas, "{text}");
        }
    }
}
