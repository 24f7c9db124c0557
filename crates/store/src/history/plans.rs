//! A page of the history costs the same however long the history is: SQLite finds it by an index, and
//! neither walks through the table nor sorts it.

use super::{COUNT, LATER, Wanted, exports, list_sql, names};
use crate::{database::Pools, testing::Throwaway};
use domain::{HistoryId, UserId, history::Topic, id::Uuid};
use sqlx::AssertSqlSafe;

/// The steps of a query of the history.
async fn plan(throwaway: &Throwaway, sql: &str) -> String {
    let Pools::Sqlite { readers, .. } = &throwaway.store.pools else { unreachable!("asked for SQLite") };
    let sql = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let rows: Vec<(i64, i64, i64, String)> = sqlx::query_as(sql).fetch_all(readers).await.unwrap();
    rows.into_iter().map(|(_, _, _, step)| step).collect::<Vec<_>>().join(" · ")
}

#[tokio::test]
async fn no_page_scans_or_sorts_and_each_goes_by_the_index_of_what_is_wanted() {
    let throwaway = Throwaway::sqlite().await;
    let (person, about, topic) = (Some(UserId(Uuid::nil())), Some(Uuid::nil()), Some(Topic::Rights));
    let all = Wanted::default();
    for (wanted, index) in [
        (all, "history_of_organisation (organisation_id=?"),
        (Wanted { person, ..all }, "history_of_person (organisation_id=? AND actor_id=?"),
        (Wanted { topic, ..all }, "history_of_topic (organisation_id=? AND topic=?"),
        (
            Wanted { person, topic, ..all },
            "history_of_person_and_topic (organisation_id=? AND actor_id=? AND topic=?",
        ),
        (Wanted { about, ..all }, "history_of_subject (organisation_id=? AND subject_id=?"),
        (Wanted { about, person, topic, ..all }, "history_of_subject (organisation_id=? AND subject_id=?"),
    ] {
        let after = Some(HistoryId(Uuid::nil()));
        for (wanted, bounds) in [
            (wanted, ""),
            (Wanted { after, ..wanted }, " AND id<?"),
            (Wanted { since: Some(0), ..wanted }, " AND id>?"),
            (Wanted { since: Some(0), until: Some(1), after, ..wanted }, " AND id>? AND id<?"),
        ] {
            let plan = plan(&throwaway, &list_sql(&wanted, Some(wanted.index()))).await;
            assert!(plan.contains(&format!("SEARCH h USING INDEX {index}{bounds})")), "{wanted:?}: {plan}");
            assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{wanted:?}: {plan}");
        }
    }
}

#[tokio::test]
async fn counting_somebodys_entries_looks_at_no_others() {
    let throwaway = Throwaway::sqlite().await;
    let plan = plan(&throwaway, COUNT).await;
    let found = plan.contains("SEARCH history USING COVERING INDEX history_of_person");
    assert!(found && plan.contains("(organisation_id=? AND actor_id=?)"), "{plan}");
}

#[tokio::test]
async fn looking_for_people_walks_through_those_of_the_organisation_and_through_no_entries() {
    let throwaway = Throwaway::sqlite().await;
    for (sql, index) in [
        (names::HERE, "SEARCH a USING INDEX account_by_name (organisation_id=?)"),
        (names::GONE, "SEARCH p USING INDEX person_with_kept_name (organisation_id=? AND terminated_at>?)"),
    ] {
        let plan = plan(&throwaway, sql).await;
        assert!(plan.starts_with(index) && !plan.contains("TEMP B-TREE"), "{plan}");
        let of_person = plan.contains("USING COVERING INDEX history_of_person");
        assert!(of_person && plan.contains("(organisation_id=? AND actor_id=?)"), "{plan}");
    }
}

#[tokio::test]
async fn what_happened_to_somebody_since_is_found_among_that_alone() {
    let throwaway = Throwaway::sqlite().await;
    let plan = plan(&throwaway, LATER).await;
    let index = "SEARCH history USING INDEX history_of_subject (organisation_id=? AND subject_id=? AND id>?)";
    assert!(plan.contains(index), "{plan}");
}

#[tokio::test]
async fn how_far_a_file_is_is_looked_up_and_not_counted() {
    let throwaway = Throwaway::sqlite().await;
    for (sql, bound) in [(exports::OLDEST, "id>?"), (exports::NEWEST, "id<?")] {
        let plan = plan(&throwaway, sql).await;
        let found =
            plan.starts_with("SEARCH history USING INDEX history_of_organisation (organisation_id=? AND");
        assert!(found && plan.contains(bound) && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}
