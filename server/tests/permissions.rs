//! The permission table: every registered server function × every role of the demo × ids of one's
//! own and of a foreign organisation, over HTTP, as a committed picture in `permissions/table.txt`.
//! What is refused must change nothing. A function without a row here fails the test.
//!
//! After a wanted change: `ASSENT_UPDATE_SNAPSHOT=1 cargo test -p server --test permissions`.

mod support;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};
use services::Services;
use std::fmt::Write;
use store::testing::Throwaway;
use support::{
    PASSWORD, URL,
    bodies::{self, Ids, body, names_something, registered},
    cast::preview_as_platform_admin,
    expected::Least,
    ground::{Answer, Ground},
    open_router, sign_in,
    stage::EXPECTED,
};
use tower::ServiceExt;

const CALLERS: [&str; 5] = ["admin", "billing", "viewer", "external", "dpo"];
/// The functions that work for somebody who has not agreed to the current privacy notice.
const BEFORE_AGREEING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/permissions/before_agreeing.txt");
/// The functions that work in a preview.
const IN_PREVIEW: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/permissions/in_preview.txt");
const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/permissions/table.txt");

struct World {
    ground: Ground,
    tokens: Vec<String>,
    own: Ids,
    foreign: Ids,
}

impl World {
    async fn new() -> Self {
        let throwaway = Throwaway::sqlite().await;
        let services = Services::new(throwaway.store.clone(), URL);
        services::demo::fill(&services, PASSWORD).await.expect("the demo");
        services::demo::fill_another(&services, "Southwind", "south.test", PASSWORD).await.expect("another");
        let mut tokens = Vec::new();
        for local in CALLERS {
            tokens.push(sign_in(&services, "Northwind Partners", &format!("{local}@demo.test")).await);
        }
        let foreign_admin = sign_in(&services, "Southwind", "admin@south.test").await;
        let foreign_viewer = sign_in(&services, "Southwind", "viewer@south.test").await;
        let own = bodies::ids(&services, &tokens[0], &tokens[2]).await;
        let foreign = bodies::ids(&services, &foreign_admin, &foreign_viewer).await;
        Self { ground: Ground::new(throwaway, services).await, tokens, own, foreign }
    }

    async fn ask(&self, path: &str, body: &Value, token: Option<&str>) -> Answer {
        self.ground.ask(path, body, token).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_is_as_it_was_reviewed() {
    let world = World::new().await;
    assert!(registered().len() > 30, "server functions are not registered");
    let mut table = String::from("# status by caller; 'foreign' asks for ids of another organisation\n");
    let heads: Vec<_> = CALLERS.into_iter().chain(["anonymous"]).map(|head| format!("{head:>9}")).collect();
    let _ = writeln!(table, "{:<40}{}", "function", heads.join(" "));
    for path in registered() {
        assert!(body(path, &world.own).is_some(), "{path} has no row: give it a body in support/bodies.rs");
        row(&world, path, &world.own, "", &mut table).await;
        if names_something(path, &world.own) {
            row(&world, path, &world.foreign, " foreign", &mut table).await;
        }
    }
    is_as_committed(TABLE, &table);
}

fn is_as_committed(path: &str, text: &str) {
    if std::env::var_os("ASSENT_UPDATE_SNAPSHOT").is_some() {
        std::fs::write(path, text).expect("writing the picture");
    }
    let committed = std::fs::read_to_string(path).expect("the committed picture");
    assert_eq!(committed, text, "permissions changed: review, then see the top of this test");
}

/// All others are refused with words of their own, whatever the caller may do otherwise.
#[tokio::test(flavor = "multi_thread")]
async fn before_agreeing_only_what_must_never_depend_on_it_works() {
    let mut world = World::new().await;
    world.ground.execute("DELETE FROM notice_agreement").await;
    let admin = Some(world.tokens[0].as_str());
    let refusal = serde_json::to_vec(&app::Failure::from(domain::Error::NoticeNotAgreed)).expect("a refusal");
    let mut working = String::from("# what works for somebody who has not agreed to the current notice\n");
    for path in registered() {
        let (status, answer) = world.ask(path, &body(path, &world.own).expect("a body"), admin).await;
        if answer != refusal {
            assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
            let _ = writeln!(working, "{}", path.trim_start_matches("/fn/"));
        } else {
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    let mut off = body("/fn/newsletters/set", &world.own).expect("a body");
    off["request"]["on"] = json!(false);
    let (status, _) = world.ask("/fn/newsletters/set", &off, admin).await;
    let _ = writeln!(working, "newsletters/set, switching off: {}", status.as_u16());
    is_as_committed(BEFORE_AGREEING, &working);
}

/// Whatever is no reading, or anybody's own, is refused with words of its own. The picture of what works names what
/// takes no caller besides: signing in and out, links.
#[tokio::test(flavor = "multi_thread")]
async fn in_a_preview_only_reading_works_and_nothing_changes() {
    let mut world = World::new().await;
    let admin = Some(world.tokens[0].as_str());
    preview_as_platform_admin(&world.ground.services, &world.tokens[0]).await;
    world.ground.settle().await;
    let refusal = serde_json::to_vec(&app::Failure::from(domain::Error::InPreview)).expect("a refusal");
    let mut working = String::from("# what works in a preview\n");
    let mut refused = 0;
    for path in registered() {
        let body = body(path, &world.own).expect("a body");
        let ((status, answer), changed) = world.ground.ask_and_compare(path, &body, admin).await;
        if answer == refusal {
            assert_eq!((status, changed.len()), (StatusCode::FORBIDDEN, 0), "{path} changed {changed:?}");
            refused += 1;
            continue;
        }
        assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        let function = EXPECTED.functions.iter().find(|function| function.path() == path).expect("a line");
        let mark = if function.least == Least::Anybody { " (takes no caller)" } else { "" };
        let _ = writeln!(working, "{}{mark}", path.trim_start_matches("/fn/"));
        let may_change = match function.name {
            "preview/end" => "preview",
            // Whoever looks at somebody is noted, in a preview too.
            "users/find" => "profile_view",
            _ => "",
        };
        let nothing_else = changed.iter().all(|table| table == may_change);
        assert!(nothing_else || function.least == Least::Anybody, "{path} changed {changed:?}");
    }
    assert!(refused > 60, "only {refused} are refused");
    is_as_committed(IN_PREVIEW, &working);
}

async fn row(world: &World, path: &str, ids: &Ids, mark: &str, table: &mut String) {
    let body = body(path, ids).expect("a body");
    let mut cells = Vec::new();
    for token in world.tokens.iter().map(|token| Some(token.as_str())).chain([None]) {
        let (status, _) = world.ask(path, &body, token).await;
        cells.push(format!("{:>9}", status.as_u16()));
    }
    let name = format!("{}{mark}", path.trim_start_matches("/fn/"));
    let _ = writeln!(table, "{name:<40}{}", cells.join(" "));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_id_answers_with_the_bytes_of_one_that_does_not_exist() {
    let world = World::new().await;
    let nobody = bodies::nothing();
    let mut compared = 0;
    for path in registered().into_iter().filter(|path| names_something(path, &world.own)) {
        let token = Some(world.tokens[0].as_str());
        let foreign = world.ask(path, &body(path, &world.foreign).expect("a body"), token).await;
        let missing = world.ask(path, &body(path, &nobody).expect("a body"), token).await;
        assert_eq!(foreign, missing, "{path}");
        compared += 1;
    }
    assert!(compared >= 12, "only {compared} functions were compared");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_never_an_internal_error() {
    let world = World::new().await;
    let token = Some(world.tokens[0].as_str());
    for path in registered() {
        for bad in [
            json!({ "request": { "surprise": 1 } }),
            json!({ "more": 1 }),
            json!([]),
            json!({ "request": "\u{0}" }),
        ] {
            let (status, _) = world.ask(path, &bad, token).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {bad}");
        }
        let huge = json!({ "request": "x".repeat(600_000) });
        let (status, _) = world.ask(path, &huge, token).await;
        assert!(matches!(status.as_u16(), 413 | 422), "{path} {status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_from_other_origins_are_refused() {
    let world = World::new().await;
    let router = open_router(&world.ground.services);
    let post = |origin: &str| {
        Request::post("/fn/sign_in/sign_out")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::HOST, "localhost:3000")
            .header(header::ORIGIN, origin)
            .body(Body::from("{}"))
            .expect("a request")
    };
    let foreign = router.clone().oneshot(post("https://evil.example")).await.expect("an answer");
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    let own = router.oneshot(post("http://localhost:3000")).await.expect("an answer");
    assert_eq!(own.status(), StatusCode::OK);
}
