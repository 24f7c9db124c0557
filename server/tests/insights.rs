//! Anonymous usage over HTTP: what is counted, what is not, and what nobody sees of it.

mod support;

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use serde_json::json;
use support::World;

#[tokio::test(flavor = "multi_thread")]
async fn each_opening_counts_once_whether_loaded_or_followed() {
    let world = World::new().await;
    let viewer = world.browser("viewer").await;
    for _ in 0..9 {
        assert_eq!(viewer.open("/partners").await.0, StatusCode::OK);
        assert_eq!(viewer.follow("profile").await, "true");
    }
    assert!(world.rows().await.is_empty());
    for _ in 0..3 {
        viewer.open("/partners?search=a").await;
        viewer.follow("profile").await;
        // What pages load by themselves, and whatever is no page, is no use of anything.
        viewer
            .call(
                "partners/list",
                json!({ "search": "", "status": "active", "sort": "name", "after": null, "before": null }),
            )
            .await;
        viewer.ask(Request::head("/partners").body(Body::empty()).expect("a request")).await;
        viewer.open("/profile/newsletters.json").await;
        viewer.open("/nowhere").await;
    }
    assert_eq!(world.rows().await, ["'partners' 20781 12", "'profile' 20781 12"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_not_to_be_counted_is_not() {
    let world = World::new().await;
    let (gpc, dnt) = (
        world.browser("viewer").await.saying("sec-gpc", "1"),
        world.browser("viewer").await.saying("dnt", "1"),
    );
    for browser in [&gpc, &dnt] {
        for _ in 0..12 {
            assert_eq!(browser.open("/partners").await.0, StatusCode::OK);
            assert_eq!(browser.follow("partners").await, "false");
        }
        let (_, page) = browser.open("/privacy").await;
        assert!(page.contains("Your browser asks not to be counted"), "{page}");
        assert!(!page.contains("This page added 1"));
    }
    assert!(world.rows().await.is_empty());
    // `DNT: 0` says that counting is fine, and so does saying nothing.
    let willing = world.browser("viewer").await.saying("dnt", "0");
    for _ in 0..10 {
        willing.open("/partners").await;
    }
    assert_eq!(world.rows().await, ["'partners' 20781 10"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_counted_who_has_not_agreed_or_is_not_signed_in() {
    let world = World::new().await;
    let viewer = world.browser("viewer").await;
    world.throwaway.execute("DELETE FROM notice_agreement").await;
    let nobody = world.nobody();
    for _ in 0..12 {
        for path in ["/privacy", "/notice", "/support", "/partners"] {
            viewer.open(path).await;
            nobody.open(path).await;
        }
        assert_eq!(viewer.follow("privacy").await, "false");
        assert_eq!(
            nobody.call("insights/count", json!({ "feature": "privacy" })).await.0,
            StatusCode::UNAUTHORIZED
        );
    }
    let (_, page) = viewer.open("/privacy").await;
    assert!(page.contains("You have not agreed to the privacy notice. So nothing"), "{page}");
    assert!(world.rows().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_says_which_counters_this_one_and_the_one_before_added_to() {
    let world = World::new().await;
    let came = async |from: &'static str| {
        world.browser("viewer").await.saying("referer", from).open("/privacy").await.1
    };
    let page = came("http://localhost:3000/partners?search=secret").await;
    assert!(page.contains("The page before it added 1 to “List of partners”."), "{page}");
    assert!(page.contains("This page added 1 to “What we store”."));
    for from in [
        "https://elsewhere.example/partners",
        "http://localhost:3000/sign-in",
        "http://localhost:3000/notice",
    ] {
        let page = came(from).await;
        assert!(page.contains("What the page before it added is not known"), "{from}");
        assert!(page.contains("over all organisations of this installation"), "{from}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_uses_by_one_user_or_by_another_give_the_same_rows() {
    let mut all = Vec::new();
    for (local, agent, range) in
        [("admin", "Mozilla/5.0 Firefox/140.0", "203.0.113.9"), ("dpo", "curl/8", "198.51.100.1")]
    {
        let world = World::new().await;
        let browser = world.browser(local).await.saying("user-agent", agent).saying("x-forwarded-for", range);
        for at in 0..40_usize {
            let path = ["/", "/users", "/insights"][at * at % 3];
            assert_eq!(browser.open(path).await.0, StatusCode::OK, "{local} {path}");
            browser.follow(["support", "history"][at % 2]).await;
        }
        all.push(world.rows().await);
    }
    assert!(all[0].len() > 3, "{all:?}");
    assert_eq!(all[0], all[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_shape_of_an_answer_has_an_exact_count() {
    let world = World::new().await;
    let (admin, viewer) = (world.browser("admin").await, world.browser("viewer").await);
    for _ in 0..4813 {
        services::insights::count(&world.services, domain::insights::Feature::Partners);
    }
    assert_eq!(world.rows().await, ["'partners' 20781 4813"], "it is there");
    for period in ["month", "quarter", "year"] {
        for (status, shown) in [
            admin.open(&format!("/insights?period={period}")).await,
            admin.open(&format!("/insights.csv?period={period}")).await,
            admin.call("insights/find", json!({ "period": period })).await,
            viewer.open("/privacy").await,
            viewer.call("insights/own", json!({ "before": null })).await,
        ] {
            assert_eq!(status, StatusCode::OK);
            assert!(shown.contains("4815"), "{shown}");
            assert!(!shown.contains("4813"), "{shown}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_right_there_is_no_page_no_answer_and_no_file() {
    let world = World::new().await;
    for (local, expected) in
        [("dpo", StatusCode::OK), ("viewer", StatusCode::FORBIDDEN), ("external", StatusCode::FORBIDDEN)]
    {
        let browser = world.browser(local).await;
        assert_eq!(browser.open("/insights").await.0, expected, "{local}");
        assert_eq!(browser.open("/insights.csv").await.0, expected, "{local}");
        assert_eq!(browser.call("insights/find", json!({ "period": "year" })).await.0, expected, "{local}");
    }
    let dpo = world.browser("dpo").await;
    let (_, page) = dpo.open("/insights").await;
    assert!(page.contains("Fewer than 10 uses on each day"), "{page}");
    world.throwaway.execute("DELETE FROM notice_agreement").await;
    assert_eq!(dpo.open("/insights.csv").await.0, StatusCode::FORBIDDEN, "before agreeing");
}
