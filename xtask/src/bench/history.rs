//! The history at 10,000,000 entries: every page of it has to come as fast as from a short one. By a command of
//! its own, since filling takes minutes and some gigabytes.

use super::{figures::Figure, http::Request, programs::Programs, server::Server, taken, tell};
use crate::problem::Result;
use crate::progress::spoken_step;
use crate::workspace::Workspace;
use serde_json::{Value, json};

const FEW: i64 = 10_000;
const MANY: i64 = 10_000_000;
const READER: &str = "admin";

/// Measures, prints every figure with its limit, and fails where one doesn't hold.
pub fn bench_history(workspace: &Workspace) -> Result<()> {
    let programs = Programs::build(workspace)?;
    drop(Server::start(&programs)?);
    let few = spoken_step("A short history", || pages(&programs, FEW))?;
    let many = spoken_step("A long history", || pages(&programs, MANY))?;
    programs.forget_data()?;
    for ((what, few), (_, many)) in few.iter().zip(&many) {
        println!("  {what}: {few:.1} ms of {FEW} entries, {many:.1} ms of {MANY}");
    }
    let figures: Vec<_> = many
        .into_iter()
        .map(|(what, taken)| {
            Figure::at_most(format!("{what} of {MANY} entries (median of 9)"), taken, 100.0, "ms")
        })
        .collect();
    tell(&figures)
}

/// How long pages take, in milliseconds, where there are so many entries.
fn pages(programs: &Programs, count: i64) -> Result<Vec<(&'static str, f64)>> {
    programs.fill_history(count)?;
    let marks = programs.marks_of_history()?;
    let server = Server::start(programs)?;
    let token = server.sign_in(READER)?;
    let mark = |name: &str| marks.get(name).cloned().unwrap_or(Value::Null);
    let (middle, last, person, about) = (mark("middle"), mark("last"), mark("person"), mark("about"));
    let asked = [
        ("first page", json!({ "after": null })),
        ("page in the middle", json!({ "after": middle })),
        ("last page", json!({ "after": last })),
        ("one person", json!({ "person": person, "after": middle })),
        ("one topic", json!({ "topic": "rights", "after": middle })),
        ("one person and a rare topic", json!({ "person": person, "topic": "newsletters" })),
        ("one person and nothing of a topic", json!({ "person": person, "topic": "privacy" })),
        ("one thing", json!({ "about": about })),
        (
            "one day",
            json!({
                "from": { "year": 2026, "month": 1, "day": 1 },
                "to": { "year": 2026, "month": 1, "day": 1 },
            }),
        ),
    ];
    let measure = |(what, request): (&'static str, Value)| {
        Ok((what, taken(&server, &Request::function("history/list", &token, &request))?))
    };
    asked.into_iter().map(measure).collect()
}
