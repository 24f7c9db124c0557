//! `cargo xtask bench`: the numbers of running that have to hold, on this machine. What is measured
//! takes a few minutes and wants the machine for itself, so it is no part of `cargo xtask test`.

mod figures;
mod history;
mod http;
mod programs;
mod server;
mod wrk;

use crate::problem::{Problem, Result};
use crate::progress::spoken_step;
use crate::system;
use crate::workspace::Workspace;
pub use history::bench_history;

use figures::Figure;
use http::Request;
use programs::Programs;
use serde_json::json;
use server::Server;
use std::path::Path;
use std::time::{Duration, Instant};
use wrk::Wrk;

const MANY: i64 = 1_000_000;
const FEW: i64 = 10;
/// Users of one organisation.
const USERS: i64 = 100_000;
/// Who the users are listed for.
const MANAGER: &str = "admin";
/// Who the partners are listed for: a demo account, by the first part of its address.
const READER: &str = "viewer";
/// Who leave, the first of each pair with a short history and the second with a long one.
const LEAVERS: [(&str, &str); 3] = [("billing", "carla"), ("external", "tom"), ("dpo", "mina")];

/// Measures, prints every figure with its limit, and fails where one doesn't hold.
pub fn bench(workspace: &Workspace) -> Result<()> {
    let wrk = Wrk::new(system::need(workspace, "wrk", || system::in_path(&["wrk"]))?);
    let programs = Programs::build(workspace)?;
    let mut figures = spoken_step("Start and rest", || starts(&programs))?;
    figures.extend(spoken_step("Terminations", || terminations(&programs))?);
    programs.forget_data()?;
    figures.extend(spoken_step("Partner list", || lists(&programs, &wrk))?);
    programs.forget_data()?;
    figures.extend(spoken_step("User list", || users(&programs))?);
    programs.forget_data()?;
    tell(&figures)
}

/// Prints every figure with its limit, and fails where one doesn't hold.
fn tell(figures: &[Figure]) -> Result<()> {
    for figure in figures {
        println!("{figure}");
    }
    let broken = figures.iter().filter(|figure| !figure.holds).count();
    if broken == 0 {
        return Ok(());
    }
    Err(Problem::new(format!("{broken} of {} numbers do not hold.", figures.len()))
        .fix("measure again on a machine that does nothing else, then look for what has become slower"))
}

/// How long a start takes where the demo data is there already, and the memory of a server at rest.
fn starts(programs: &Programs) -> Result<Vec<Figure>> {
    drop(Server::start(programs)?);
    let mut taken = Vec::new();
    for _ in 0..5 {
        let begun = Instant::now();
        let server = Server::start(programs)?;
        taken.push(begun.elapsed().as_secs_f64() * 1000.0);
        drop(server);
    }
    let server = Server::start(programs)?;
    // What the start itself needed is given back meanwhile.
    std::thread::sleep(Duration::from_secs(3));
    let idle = server.memory()?;
    Ok(vec![
        Figure::at_most("start to ready, demo data present (median of 5)", median(taken), 300.0, "ms"),
        Figure::at_most("resident memory, idle with demo data", idle, 40.0, "MiB"),
    ])
}

/// Ends accounts with a short and with a long history in turn, since a disk has better and worse moments.
fn terminations(programs: &Programs) -> Result<Vec<Figure>> {
    let server = Server::start(programs)?;
    let sign_in = |(few, many)| Ok((server.sign_in(few)?, server.sign_in(many)?));
    let pairs: Result<Vec<(String, String)>> = LEAVERS.into_iter().map(sign_in).collect();
    let (mut few, mut many) = (f64::INFINITY, f64::INFINITY);
    for (with_few, with_many) in pairs? {
        few = few.min(programs.terminate(&with_few, FEW)?);
        many = many.min(programs.terminate(&with_many, MANY)?);
    }
    println!("  with {FEW} rows {few:.1} ms, with {MANY} rows {many:.1} ms (best of 3)");
    let what = "termination of a user with 1,000,000 history rows against 10";
    Ok(vec![Figure::at_most(what, many / few, 1.5, "times")])
}

/// The partner list through the server function and on the bare route, and the memory of a loaded server.
fn lists(programs: &Programs, wrk: &Wrk) -> Result<Vec<Figure>> {
    let server = Server::start(programs)?;
    programs.fill_partners(MANY)?;
    let bare = programs.bare()?;
    let token = server.sign_in(READER)?;
    let (first, last) =
        (Request::list(None, &token), Request::list(Some(&programs.last_of_page_before_last()?), &token));
    for page in [&first, &last] {
        if http::send(server.address, page)?.body != http::send(bare.address, page)?.body {
            return Err(Problem::new("The server function and the bare route answer differently."));
        }
    }
    let seconds = 10;
    let rate = |address, page: &Request| wrk.rate(address, std::slice::from_ref(page), seconds);
    let (ours_first, bare_first) = (rate(server.address, &first)?, rate(bare.address, &first)?);
    let (ours_last, bare_last) = (rate(server.address, &last)?, rate(bare.address, &last)?);
    println!("  first page: {ours_first:.0} requests/s, bare {bare_first:.0}");
    println!("  last page:  {ours_last:.0} requests/s, bare {bare_last:.0}");
    drop(bare);
    let pages = [first, last, Request::page("/partners", &token), Request::page("/", &token)];
    let mixed = wrk.rate(server.address, &pages, 60)?;
    println!("  60 s of lists and pages: {mixed:.0} requests/s");
    let share = "list of 25 of 1,000,000 partners against a bare route";
    Ok(vec![
        Figure::at_least(format!("{share}, first page"), 100.0 * ours_first / bare_first, 60.0, "%"),
        Figure::at_least(format!("{share}, last page"), 100.0 * ours_last / bare_last, 60.0, "%"),
        Figure::at_most("last page against first", ours_first / ours_last, 1.5, "times"),
        Figure::at_most("resident memory, after 60 s of load", server.memory()?, 120.0, "MiB"),
    ])
}

/// The pages, searches and filters of a list of 100,000 users.
fn users(programs: &Programs) -> Result<Vec<Figure>> {
    let server = Server::start(programs)?;
    programs.fill_users(USERS)?;
    let token = server.sign_in(MANAGER)?;
    let roles = http::send(server.address, &Request::users("search", &json!(""), &token))?;
    let roles: serde_json::Value = serde_json::from_slice(&roles.body)
        .map_err(|error| Problem::new(format!("The list of users is not JSON: {error}.")))?;
    let Some(role) = roles["roles"].as_array().and_then(|roles| roles.get(1)) else {
        return Err(Problem::new("The list of users names no role to filter by."));
    };
    let asked = [
        ("first page", "search", json!("")),
        ("last page", "after", json!(programs.last_user_of_page_before_last()?)),
        ("search of a name", "search", json!("099990")),
        ("search of nobody", "search", json!("nobody is called so")),
        ("those who hold a role", "role", role["id"].clone()),
        ("those from outside", "external", json!(true)),
        ("those who are suspended", "status", json!("suspended")),
    ];
    let measure = |(what, field, value)| {
        let taken = taken(&server, &Request::users(field, &value, &token))?;
        Ok(Figure::at_most(format!("{what} of 100,000 users (median of 9)"), taken, 100.0, "ms"))
    };
    asked.into_iter().map(measure).collect()
}

/// How long a request takes, in milliseconds: the median of nine.
fn taken(server: &Server, request: &Request) -> Result<f64> {
    let mut taken = Vec::new();
    for _ in 0..9 {
        let begun = Instant::now();
        let status = http::send(server.address, request)?.status;
        taken.push(begun.elapsed().as_secs_f64() * 1000.0);
        if status != 200 {
            return Err(Problem::new(format!("A request is answered with {status}.")));
        }
    }
    Ok(median(taken))
}

/// The value in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A path as a word of a command line.
fn word(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
