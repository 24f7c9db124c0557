//! Over several servers: what ends or changes somebody's rights on one reaches the open pages and the next request
//! on another, within a second.

mod support;

use axum::{
    Router,
    body::{Body, BodyDataStream},
    http::{Request, StatusCode, header},
};
use domain::{
    PermissionSet, RoleId, UserId,
    roles::{DeleteRole, Role, SetPermissions},
    users::{AssignRole, ChangeUser, FindUser},
};
use futures::StreamExt;
use serde_json::json;
use server::{
    assets::Site,
    proxies::Proxies,
    router::{Parts, router},
};
use services::{Services, profile, roles, sign_in, users};
use std::time::Duration;
use store::{Caller, testing::Throwaway};
use support::{PASSWORD, URL, sign_in as enter};
use tokio::{sync::watch, time::timeout};
use tower::ServiceExt;

/// How long a change may take to get there.
const SECOND: Duration = Duration::from_secs(1);

/// Two servers on one database: the first is where things are done, the second where somebody looks.
struct Pair {
    first: Services,
    second: Router,
    admin: Caller,
    _stop: watch::Sender<bool>,
    database: Throwaway,
}

impl Pair {
    async fn new() -> Self {
        let database = Throwaway::postgres().await;
        let first = Services::new(database.store.clone(), URL);
        services::demo::fill(&first, PASSWORD).await.expect("the demo");
        let services = Services::new(database.second().await, URL);
        let site = Site { folder: std::env::temp_dir(), assets: app::Assets::default() };
        let (stop, shutdown) = watch::channel(false);
        let parts = Parts { services, site, shutdown, proxies: Proxies::default() };
        let second = router(parts).expect("a router");
        let admin = caller(&first, &enter(&first, "", "admin@demo.test").await).await;
        Self { first, second, admin, _stop: stop, database }
    }

    async fn role(&self, name: &str) -> Role {
        let matrix = roles::matrix(&self.first, &self.admin).await.expect("the matrix");
        matrix.roles.into_iter().find(|role| role.name == name).expect("the role")
    }

    async fn user(&self, id: UserId) -> ChangeUser {
        let user = users::find(&self.first, &self.admin, FindUser { id }).await.expect("a user");
        ChangeUser { id, version: user.version }
    }

    async fn page_of(&self, local: &str) -> OpenPage<'_> {
        let token = enter(&self.first, "", &format!("{local}@demo.test")).await;
        let request = Request::get("/events").header(header::COOKIE, format!("assent={token}"));
        let answer = self.second.clone().oneshot(request.body(Body::empty()).expect("a request")).await;
        let mut events = answer.expect("an answer").into_body().into_data_stream();
        assert!(events.next().await.is_some_and(|first| first.is_ok()), "the stream is open");
        let who = caller(&self.first, &token).await;
        let page = OpenPage { pair: self, token, who, events };
        assert_eq!(page.asks().await, StatusCode::OK, "{local} may at first");
        page
    }
}

async fn caller(services: &Services, token: &str) -> Caller {
    sign_in::resolve(services, token).await.expect("an answer").expect("somebody")
}

/// A page that is open on the second server.
struct OpenPage<'a> {
    pair: &'a Pair,
    token: String,
    who: Caller,
    events: BodyDataStream,
}

impl OpenPage<'_> {
    async fn asks(&self) -> StatusCode {
        let whole = json!({ "request": { "search": "", "status": "active", "sort": "name", "after": null,
            "before": null } });
        let request = Request::post("/fn/partners/list")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::COOKIE, format!("assent={}", self.token))
            .body(Body::from(whole.to_string()))
            .expect("a request");
        self.pair.second.clone().oneshot(request).await.expect("an answer").status()
    }

    /// What the page is told within a second, and what its next request comes to.
    async fn learns(mut self, event: &str, status: StatusCode) {
        let told = timeout(SECOND, async {
            while let Some(piece) = self.events.next().await {
                let text = String::from_utf8(piece.expect("bytes").to_vec()).expect("text");
                if text.contains(event) {
                    return true;
                }
            }
            false
        });
        assert_eq!(told.await, Ok(true), "{event}");
        assert_eq!(self.asks().await, status, "after {event}");
        if status == StatusCode::UNAUTHORIZED {
            let ended = timeout(SECOND, self.events.next()).await.expect("in time");
            assert!(ended.is_none(), "its stream ends");
        }
    }
}

const CHANGED: (&str, StatusCode) = ("rights-changed", StatusCode::FORBIDDEN);
const OUT: (&str, StatusCode) = ("signed-out", StatusCode::UNAUTHORIZED);

#[tokio::test(flavor = "multi_thread")]
async fn rights_that_go_on_one_server_go_on_the_other() {
    let pair = Pair::new().await;
    let (services, admin) = (&pair.first, &pair.admin);
    // Another permission set, a role taken, a role deleted.
    let page = pair.page_of("billing").await;
    let Role { id, version, .. } = pair.role("Billing manager").await;
    let nothing = SetPermissions { id, version, permissions: PermissionSet::EMPTY };
    roles::set_permissions(services, admin, nothing).await.expect("changed");
    page.learns(CHANGED.0, CHANGED.1).await;

    let page = pair.page_of("viewer").await;
    let role: RoleId = pair.role("Partner manager").await.id;
    let taken = AssignRole { role, users: vec![page.who.user()], held: false };
    users::assign_role(services, admin, taken).await.expect("taken");
    page.learns(CHANGED.0, CHANGED.1).await;

    let page = pair.page_of("external").await;
    let Role { id, version, .. } = pair.role("External agency").await;
    roles::delete(services, admin, DeleteRole { id, version }).await.expect("deleted");
    page.learns(CHANGED.0, CHANGED.1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_come_in_any_more_is_out_on_the_other_too() {
    let pair = Pair::new().await;
    let (services, admin) = (&pair.first, &pair.admin);
    let page = pair.page_of("viewer").await;
    users::suspend(services, admin, pair.user(page.who.user()).await).await.expect("suspended");
    page.learns(OUT.0, OUT.1).await;

    let page = pair.page_of("external").await;
    users::terminate(services, admin, pair.user(page.who.user()).await).await.expect("terminated");
    page.learns(OUT.0, OUT.1).await;

    let page = pair.page_of("billing").await;
    sign_in::sign_out(services, &page.who).await.expect("signed out");
    page.learns(OUT.0, OUT.1).await;

    let page = pair.page_of("billing").await;
    let other = caller(services, &enter(services, "", "billing@demo.test").await).await;
    profile::end_other_sign_ins(services, &other).await.expect("ended");
    page.learns(OUT.0, OUT.1).await;
}

/// Nobody tells of the end itself: every stream waits for it, and a change on another server moves it.
#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_external_access_is_the_end_on_the_other_too() {
    let pair = Pair::new().await;
    let page = pair.page_of("external").await;
    // A use case takes a day; this is sooner than any.
    pair.database.execute(SOON).await;
    let role = pair.role("Partner manager").await.id;
    let given = AssignRole { role, users: vec![page.who.user()], held: true };
    users::assign_role(&pair.first, &pair.admin, given).await.expect("given, which tells the page to look");
    page.learns(OUT.0, OUT.1).await;
}

const SOON: &str =
    "UPDATE account SET access_ends_at = EXTRACT(EPOCH FROM now()) * 1000 + 500 WHERE external";
