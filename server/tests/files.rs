//! What is read as a file, over HTTP: who gets it, who gets it before agreeing to the privacy notice, and who in a
//! preview. The expected statuses are written by hand.

mod support;

use domain::privacy::Export;
use services::privacy;
use support::{
    Browser, World,
    cast::{preview_as_platform_admin, resolve},
};

const CALLERS: [&str; 5] = ["admin", "billing", "viewer", "external", "dpo"];

/// Statuses.
struct File {
    path: &'static str,
    /// For each of the callers.
    callers: [u16; 5],
    anonymous: u16,
    /// For the admin.
    before_agreeing: u16,
    /// For the admin, who looks at what a platform admin sees.
    in_preview: u16,
}

const HISTORY: File = File {
    path: "",
    callers: [200, 200, 403, 403, 200],
    anonymous: 401,
    before_agreeing: 403,
    in_preview: 200,
};
/// What is one's own never depends on agreeing, and no preview shows it.
const OWN: File = File { path: "", callers: [200; 5], anonymous: 401, before_agreeing: 200, in_preview: 403 };

const FILES: [File; 6] = [
    File { path: "/history.csv", ..HISTORY },
    File { path: "/history.jsonl", ..HISTORY },
    File { path: "/insights.csv", callers: [200, 403, 403, 403, 200], ..HISTORY },
    File { path: "/profile/newsletters.json", ..OWN },
    File { path: "/profile/newsletters.csv", ..OWN },
    // There is none of that id; whoever may not ask is led to the sign-in page.
    File {
        path: "/privacy/export/00000000-0000-7000-8000-000000000000",
        callers: [404; 5],
        anonymous: 303,
        before_agreeing: 404,
        in_preview: 303,
    },
];

async fn expect(browser: &Browser<'_>, who: &str, expected: impl Fn(&File) -> u16) {
    for file in &FILES {
        assert_eq!(browser.status(file.path).await, expected(file), "{} for {who}", file.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_for_those_who_may_read_them() {
    let world = World::new().await;
    for (at, local) in CALLERS.into_iter().enumerate() {
        expect(&world.browser(local).await, local, |file| file.callers[at]).await;
    }
    expect(&world.nobody(), "nobody", |file| file.anonymous).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_agreeing_there_is_only_what_is_ones_own() {
    let world = World::new().await;
    let admin = world.browser("admin").await;
    world.throwaway.execute("DELETE FROM notice_agreement").await;
    expect(&admin, "whoever has not agreed", |file| file.before_agreeing).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_preview_there_is_only_what_is_nobodys_own() {
    let world = World::new().await;
    let browser = world.browser("admin").await;
    preview_as_platform_admin(&world.services, &browser.token).await;
    expect(&browser, "whoever previews", |file| file.in_preview).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_for_nobody_but_whom_it_is_about() {
    let world = World::new().await;
    let dpo = world.browser("dpo").await;
    let caller = resolve(&world.services, &dpo.token).await;
    privacy::start_export(&world.services, &caller).await.expect("begun");
    assert!(privacy::make_next(&world.services).await.expect("made"));
    let export = privacy::export(&world.services, &caller).await.expect("found");
    let Export::Ready { id, .. } = export else { panic!("{export:?}") };
    let path = format!("/privacy/export/{id}");
    assert_eq!(dpo.status(&path).await, 200);
    assert_eq!(world.browser("admin").await.status(&path).await, 404);
    assert_eq!(world.nobody().status(&path).await, 303);
}
