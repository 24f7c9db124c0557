//! A server in this process whose database is set back after each request, so that every request meets the
//! same state; and the rule that a refusal changes nothing.

use super::open_router;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use serde_json::Value;
use services::Services;
use std::collections::{BTreeMap, BTreeSet};
use store::testing::Throwaway;
use tower::ServiceExt;

/// Attempts are counted, also those that are refused: that is what limits are made of.
const REFUSALS_WRITE: &str = "attempt";
/// It goes on after its answer, so it is asked on a copy that nothing is set back in.
const GOES_ON: &str = "/fn/organisation/close";

type Dump = BTreeMap<String, Vec<String>>;

/// The server and its database.
pub struct Ground {
    pub services: Services,
    pub throwaway: Throwaway,
    router: Router,
    before: Throwaway,
    dump: Dump,
}

/// The status, and the body.
pub type Answer = (StatusCode, Vec<u8>);

impl Ground {
    /// What is in the database now is what it is set back to.
    pub async fn new(throwaway: Throwaway, services: Services) -> Self {
        let router = open_router(&services);
        let (before, dump) = (throwaway.copy().await, throwaway.dump().await);
        Self { services, throwaway, router, before, dump }
    }

    /// From now on it is set back to what it is now.
    pub async fn settle(&mut self) {
        (self.before, self.dump) = (self.throwaway.copy().await, self.throwaway.dump().await);
    }

    /// Runs one statement and settles.
    pub async fn execute(&mut self, sql: &'static str) {
        self.throwaway.execute(sql).await;
        self.settle().await;
    }

    /// Asks, makes sure that a refusal changed nothing, and sets the database back.
    pub async fn ask(&self, path: &str, body: &Value, token: Option<&str>) -> Answer {
        self.ask_and_compare(path, body, token).await.0
    }

    /// The same, and says which tables it changed.
    pub async fn ask_and_compare(
        &self,
        path: &str,
        body: &Value,
        token: Option<&str>,
    ) -> (Answer, BTreeSet<String>) {
        if path == GOES_ON {
            return self.ask_on_a_copy(path, body, token).await;
        }
        let answer = send(&self.router, path, body, token).await;
        let changed = differences(&self.dump, &self.throwaway.dump().await);
        check(path, &answer, &changed);
        if !changed.is_empty() {
            self.throwaway.set_back(&self.before, &changed).await;
        }
        (answer, changed)
    }

    async fn ask_on_a_copy(
        &self,
        path: &str,
        body: &Value,
        token: Option<&str>,
    ) -> (Answer, BTreeSet<String>) {
        let copy = self.before.copy().await;
        let store = copy.at(self.services.store().clock().clone()).await;
        let router = open_router(&Services::new(store, self.services.public_url()));
        let answer = send(&router, path, body, token).await;
        if answer.0.is_success() {
            return (answer, BTreeSet::new());
        }
        let changed = differences(&self.dump, &copy.dump().await);
        check(path, &answer, &changed);
        (answer, changed)
    }
}

fn check(path: &str, (status, _): &Answer, changed: &BTreeSet<String>) {
    let untouched = changed.iter().all(|table| table == REFUSALS_WRITE);
    assert!(status.is_success() || untouched, "{path} answered {status} and changed {changed:?}");
}

/// The tables whose rows are others. The order that they lie in is nobody's business.
pub fn differences(before: &Dump, after: &Dump) -> BTreeSet<String> {
    let sorted = |dump: &Dump, table: &String| {
        let mut rows = dump.get(table).cloned().unwrap_or_default();
        rows.sort();
        rows
    };
    let other =
        |table: &&String| before[*table] != after[*table] && sorted(before, table) != sorted(after, table);
    before.keys().filter(other).cloned().collect()
}

async fn send(router: &Router, path: &str, body: &Value, token: Option<&str>) -> Answer {
    let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
    if let Some(token) = token {
        request = request.header(header::COOKIE, format!("assent={token}"));
    }
    let request = request.body(Body::from(body.to_string())).expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    let status = response.status();
    (status, to_bytes(response.into_body(), 1 << 20).await.expect("a body").to_vec())
}
