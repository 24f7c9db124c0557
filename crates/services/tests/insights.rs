//! Anonymous usage: what is written, when, and what nobody can know.

mod support;

use domain::insights::{Feature, FindInsights, FindOwnUse, Frequency, Period};
use services::{
    Services,
    insights::{count, csv, find, find_own, write},
};
use std::sync::atomic::Ordering;
use store::Caller;
use support::World;

/// 24 November 2026, noon, UTC; and how many days that is after 1970-01-01.
const NOON: i64 = 1_795_521_600_000;
const TODAY: i64 = 20_781;
const DAY: i64 = 24 * 60 * 60 * 1000;

fn open(services: &Services, feature: Feature, times: usize) {
    for _ in 0..times {
        count(services, feature);
    }
}

async fn flush(services: &Services) {
    write(services).await.expect("written");
}

/// The rows as they are in the database, in order.
async fn rows(world: &World) -> Vec<String> {
    let mut rows = world.throwaway.dump().await["usage_count"].clone();
    rows.sort();
    rows
}

/// A row as either database dumps it.
fn is_row(row: &str, feature: &str, day: i64, count: i64) -> bool {
    row == format!("'{feature}' {day} {count}")
        || row == format!("{{\"day\": {day}, \"count\": {count}, \"feature\": \"{feature}\"}}")
}

async fn expect_row(world: &World, feature: &str, day: i64, count: i64) {
    let rows = rows(world).await;
    assert!(rows.len() == 1 && is_row(&rows[0], feature, day, count), "{feature} {day} {count}: {rows:?}");
}

on_both!(a_day_is_written_once_it_has_ten_and_not_before, async |world: World| {
    let (world, _) = world.at(NOON).await;
    let server = &world.services;
    open(server, Feature::Partners, 9);
    open(server, Feature::Roles, 9);
    flush(server).await;
    assert!(rows(&world).await.is_empty());
    open(server, Feature::Partners, 1);
    assert!(rows(&world).await.is_empty(), "only a worker writes");
    flush(server).await;
    expect_row(&world, "partners", TODAY, 10).await;
    flush(server).await;
    expect_row(&world, "partners", TODAY, 10).await;
    open(server, Feature::Partners, 3);
    flush(server).await;
    expect_row(&world, "partners", TODAY, 13).await;
});

on_both!(the_table_itself_refuses_fewer_than_ten, async |world: World| {
    let uses = store::insights::Uses { feature: Feature::Roles, day: TODAY, count: 10 };
    let store = world.services.store();
    assert_eq!(store::insights::add(store, vec![uses]).await.expect("added"), [uses]);
    let fewer = store::insights::Uses { feature: Feature::Roles, day: TODAY, count: -1 };
    assert!(store::insights::add(store, vec![fewer]).await.is_err(), "it would leave nine");
    expect_row(&world, "roles", TODAY, 10).await;
});

on_both!(several_servers_add_to_the_same_row, async |world: World| {
    let (world, hand) = world.at(NOON).await;
    let (first, second) = (&world.services, &world.server_at(&hand).await);
    open(first, Feature::Partners, 9);
    open(second, Feature::Partners, 9);
    flush(first).await;
    flush(second).await;
    assert!(rows(&world).await.is_empty(), "neither knows of the other's nine");
    open(first, Feature::Partners, 1);
    flush(first).await;
    expect_row(&world, "partners", TODAY, 10).await;
    flush(second).await;
    expect_row(&world, "partners", TODAY, 19).await;
    // Both at once, many times: nothing is lost and nothing is added twice.
    for _ in 0..20 {
        open(first, Feature::Partners, 2);
        open(second, Feature::Partners, 3);
        let (one, other) = tokio::join!(write(first), write(second));
        one.and(other).expect("written");
    }
    expect_row(&world, "partners", TODAY, 119).await;
});

on_both!(a_day_that_is_over_is_written_if_it_had_ten_and_else_forgotten, async |world: World| {
    let (world, hand) = world.at(NOON).await;
    let server = &world.services;
    open(server, Feature::Partners, 10);
    open(server, Feature::Roles, 9);
    hand.store(NOON + DAY, Ordering::Relaxed);
    flush(server).await;
    expect_row(&world, "partners", TODAY, 10).await;
    // Nine of yesterday and one of today make no ten, and yesterday's are gone.
    open(server, Feature::Roles, 1);
    flush(server).await;
    hand.store(NOON, Ordering::Relaxed);
    open(server, Feature::Roles, 1);
    flush(server).await;
    expect_row(&world, "partners", TODAY, 10).await;
});

on_both!(a_day_ends_at_midnight_utc_wherever_the_organisation_is, async |world: World| {
    let midnight = (TODAY + 1) * DAY;
    let (world, hand) = world.at(midnight - 1).await;
    let server = &world.services;
    open(server, Feature::Partners, 10);
    hand.store(midnight, Ordering::Relaxed);
    open(server, Feature::Partners, 11);
    flush(server).await;
    let rows = rows(&world).await;
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows.iter().any(|row| is_row(row, "partners", TODAY, 10)), "{rows:?}");
    assert!(rows.iter().any(|row| is_row(row, "partners", TODAY + 1, 11)), "{rows:?}");
});

on_both!(what_a_restart_loses_is_lost, async |world: World| {
    let (world, hand) = world.at(NOON).await;
    open(&world.services, Feature::Partners, 15);
    let restarted = world.server_at(&hand).await;
    flush(&restarted).await;
    assert!(rows(&world).await.is_empty());
    flush(&world.services).await;
    expect_row(&world, "partners", TODAY, 15).await;
});

on_both!(a_row_has_a_feature_a_day_and_a_count_and_nothing_else, async |world: World| {
    let mut columns = world.throwaway.store.columns().await.expect("the schema");
    columns.retain(|(table, _)| table == "usage_count");
    columns.sort();
    let names: Vec<_> = columns.iter().map(|(_, column)| column.as_str()).collect();
    assert_eq!(names, ["count", "day", "feature"]);
});

on_both!(old_counts_go_and_young_ones_stay, async |world: World| {
    let (world, hand) = world.at(NOON).await;
    open(&world.services, Feature::Partners, 10);
    flush(&world.services).await;
    hand.store(NOON + 400 * DAY, Ordering::Relaxed);
    store::housekeeping::tidy_up(world.services.store()).await.expect("tidied");
    expect_row(&world, "partners", TODAY, 10).await;
    hand.store(NOON + 401 * DAY, Ordering::Relaxed);
    store::housekeeping::tidy_up(world.services.store()).await.expect("tidied");
    assert!(rows(&world).await.is_empty());
});

/// All that anybody can read about usage.
async fn everything_shown(services: &Services, caller: &Caller) -> String {
    let mut shown = String::new();
    for period in Period::ALL {
        let request = FindInsights { period };
        let insights = find(services, caller, request).await.expect("shown");
        shown.push_str(&serde_json::to_string(&insights).expect("an answer"));
        shown.push_str(&csv(services, caller, request).await.expect("a file"));
    }
    let own = find_own(services, caller, false, FindOwnUse { before: None }).await.expect("shown");
    shown + &serde_json::to_string(&own).expect("an answer")
}

on_both!(nothing_exact_leaves, async |world: World| {
    let caller = world.caller("admin").await;
    let (world, _) = world.at(NOON).await;
    open(&world.services, Feature::Partners, 4813);
    flush(&world.services).await;
    expect_row(&world, "partners", TODAY, 4813).await;
    let shown = everything_shown(&world.services, &caller).await;
    assert!(!shown.contains("4813"), "{shown}");
    assert_eq!(
        shown.matches("4815").count(),
        3 * 3 + 1,
        "in the drawing, its table and the file of each period"
    );
    assert!(shown.contains("fewer than 10"));
});

on_both!(each_day_of_a_period_is_there, async |world: World| {
    let caller = world.caller("dpo").await;
    let (world, hand) = world.at(NOON - 29 * DAY).await;
    let server = &world.services;
    open(server, Feature::Partners, 17);
    flush(server).await;
    hand.store(NOON, Ordering::Relaxed);
    open(server, Feature::Partners, 12);
    flush(server).await;
    let request = FindInsights { period: Period::Month };
    let file = csv(server, &caller, request).await.expect("a file");
    let lines: Vec<_> = file.lines().collect();
    assert_eq!(lines.len(), 1 + 30 * Feature::ALL.len());
    assert_eq!(lines[0], "\"feature\",\"name\",\"day_utc\",\"count\"");
    let of_partners: Vec<_> = lines.iter().filter(|line| line.starts_with("\"partners\",")).collect();
    assert_eq!(*of_partners[0], "\"partners\",\"List of partners\",\"2026-10-26\",\"15\"");
    assert_eq!(*of_partners[1], "\"partners\",\"List of partners\",\"2026-10-27\",\"fewer than 10\"");
    assert_eq!(*of_partners[29], "\"partners\",\"List of partners\",\"2026-11-24\",\"10\"");
    let insights = find(server, &caller, request).await.expect("shown");
    assert_eq!(insights.lines.len(), 1);
    assert_eq!(insights.quiet.len(), Feature::ALL.len() - 1);
    assert_eq!(insights.lines[0].drawing.as_str().matches("fewer than 10</td>").count(), 28);
    // A day later the first one is out of sight.
    hand.store(NOON + DAY, Ordering::Relaxed);
    let later = csv(server, &caller, request).await.expect("a file");
    assert!(!later.contains("\"15\"") && later.contains("\"10\""));
});

on_both!(everybody_sees_the_rows_of_a_week_and_what_they_added, async |world: World| {
    let viewer = world.caller("viewer").await;
    let (world, hand) = world.at(NOON).await;
    let server = &world.services;
    open(server, Feature::Partners, 13);
    flush(server).await;
    let own = async |refused| {
        let request = FindOwnUse { before: Some(Feature::Partners) };
        find_own(server, &viewer, refused, request).await.expect("shown")
    };
    let shown = own(false).await;
    assert_eq!((shown.here.as_str(), shown.before.as_deref()), ("What we store", Some("List of partners")));
    assert_eq!(shown.counting, domain::insights::Counting::Counted);
    assert_eq!(shown.rows.len(), 1);
    assert_eq!(shown.rows[0].count, Frequency::of(15));
    assert_eq!(own(true).await.counting, domain::insights::Counting::Refused);
    hand.store(NOON + 7 * DAY, Ordering::Relaxed);
    assert!(own(false).await.rows.is_empty());
    assert_eq!(
        find(server, &viewer, FindInsights::default()).await.err(),
        Some(domain::Error::Forbidden { needs: Some(domain::Permission::InsightsView) })
    );
});
