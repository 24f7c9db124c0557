//! The history as a file: how far it is, for whoever downloads it and nobody else.

mod support;

use domain::{
    Error,
    history::{ExportState, HistoryExport, ListHistory},
    time::Date,
};
use services::history::{
    export::{Format, piece},
    progress::{self, Progress},
};
use std::sync::atomic::Ordering::Relaxed;
use store::Caller;
use support::World;

/// 24 November 2026, 22:30 UTC.
const EVENING: i64 = 1_795_559_400_000;
const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

fn everything() -> ListHistory {
    ListHistory::default()
}

/// 2500 entries of long ago, and a place for each entry there is; how many those are.
async fn fill(world: &World) -> i64 {
    let filler = "INSERT INTO history (id, organisation_id, at, actor_id, subject_kind, action, topic)
        SELECT $ID, h.organisation_id, h.at, h.actor_id, 'organisation', '\"support_changed\"', 'organisation'
        FROM (SELECT * FROM history WHERE actor_id IS NOT NULL ORDER BY id LIMIT 1) h, $NUMBERS";
    let (id, numbers) = if world.throwaway.is_sqlite() {
        (
            "unhex('00e800000000' || '7000' || '8000' || printf('%012x', n))",
            "(WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2500)
              SELECT n FROM number)",
        )
    } else {
        ("('00e80000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid", "generate_series(1, 2500) n")
    };
    world.throwaway.execute_text(&filler.replace("$ID", id).replace("$NUMBERS", numbers)).await;
    store::chain::seal_all(world.services.store()).await.expect("sealed");
    i64::try_from(world.throwaway.dump().await["history"].len()).expect("a number")
}

async fn found(world: &World, caller: &Caller) -> Option<HistoryExport> {
    progress::find(&world.services, caller).await.expect("an answer")
}

on_both!(how_far_a_file_is_grows_to_the_whole, async |world: World| {
    let (world, hand) = world.at(EVENING).await;
    let (services, admin, dpo) = (&world.services, world.caller("admin").await, world.caller("dpo").await);
    let all = fill(&world).await;
    assert_eq!(found(&world, &admin).await, None);
    let begun = progress::begin(services, &admin, everything()).await.expect("begun");
    let expected =
        HistoryExport { entries: 0, percent: 0, state: ExportState::Running, expected: Some(all), ..begun };
    assert_eq!((begun, found(&world, &admin).await), (expected, Some(begun)));

    let mut told = Progress::of(services, &admin, (begun.id, &everything())).await.expect("known");
    let (mut request, mut seen) = (everything(), vec![begun]);
    loop {
        let piece = piece(services, &admin, &request, Format::Csv).await.expect("a piece");
        told.sent(&piece).await.expect("told");
        seen.extend(found(&world, &admin).await);
        hand.fetch_add(SECOND, Relaxed);
        match piece.next {
            Some(after) => request.after = Some(after),
            None => break,
        }
    }
    let far: Vec<_> = seen.iter().map(|it| (it.entries, it.percent)).collect();
    let share = |entries: i64| entries * 100 / all;
    assert_eq!(far, [(0, 0), (1000, share(1000)), (2000, share(2000)), (2000, share(2000))]);
    told.end(ExportState::Whole).await.expect("told");
    let whole = HistoryExport { entries: all, percent: 100, state: ExportState::Whole, ..begun };
    assert_eq!(found(&world, &admin).await, Some(whole));

    assert_eq!(found(&world, &dpo).await, None, "nobody else's");
    let mut theirs = Progress::of(services, &dpo, (begun.id, &everything())).await.expect("allowed");
    let first = piece(services, &dpo, &everything(), Format::Csv).await.expect("a piece");
    theirs.sent(&first).await.expect("of no use");
    assert_eq!(found(&world, &admin).await, Some(whole), "somebody else can't change it");
    let external = world.caller("external").await;
    let refused = progress::begin(services, &external, everything()).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    let refused = progress::find(services, &external).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
});

on_both!(what_an_older_file_says_is_not_about_the_newer, async |world: World| {
    let (world, hand) = world.at(EVENING).await;
    let (services, admin) = (&world.services, world.caller("admin").await);
    fill(&world).await;
    let first = progress::begin(services, &admin, everything()).await.expect("begun");
    let second = progress::begin(services, &admin, everything()).await.expect("begun");
    let of = async |id| Progress::of(services, &admin, (id, &everything())).await.expect("known");
    of(first.id).await.end(ExportState::Broken).await.expect("told");
    assert_eq!(found(&world, &admin).await, Some(second));

    hand.fetch_add(2 * MINUTE, Relaxed);
    let silent = found(&world, &admin).await.expect("known");
    assert_eq!(silent.state, ExportState::Broken, "nothing was heard for a minute");
    let part = piece(services, &admin, &everything(), Format::Csv).await.expect("a piece");
    of(second.id).await.sent(&part).await.expect("told");
    let slow = found(&world, &admin).await.expect("known");
    assert_eq!((slow.state, slow.entries), (ExportState::Running, 1000), "it was only slow");
    of(second.id).await.end(ExportState::Broken).await.expect("told");
    of(second.id).await.end(ExportState::Whole).await.expect("told");
    assert_eq!(found(&world, &admin).await.expect("known").state, ExportState::Broken, "ended is ended");

    hand.fetch_add(DAY, Relaxed);
    assert_eq!(found(&world, &world.caller("admin").await).await, None, "a day later");
    store::housekeeping::tidy_up(services.store()).await.expect("tidied");
    assert!(world.throwaway.dump().await["history_export"].is_empty());
});

on_both!(how_many_entries_come_is_said_where_it_need_not_be_counted, async |world: World| {
    let (services, admin) = (&world.services, world.caller("admin").await);
    let all = fill(&world).await;
    let day = |year| Some(Date { year, month: 7, day: 1 });
    let expected = async |request: ListHistory| {
        progress::begin(services, &admin, request).await.expect("begun").expected
    };
    assert_eq!(expected(everything()).await, Some(all));
    assert_eq!(expected(ListHistory { to: day(2010), ..everything() }).await, Some(2500), "the old ones");
    assert_eq!(expected(ListHistory { from: day(2010), ..everything() }).await, Some(all - 2500));
    assert_eq!(
        expected(ListHistory { from: day(2010), to: day(2099), ..everything() }).await,
        Some(all - 2500)
    );
    assert_eq!(expected(ListHistory { from: day(2099), ..everything() }).await, Some(0));
    assert_eq!(expected(ListHistory { to: day(2000), ..everything() }).await, Some(0));
    assert_eq!(expected(ListHistory { person: Some(admin.user()), ..everything() }).await, None);
});
