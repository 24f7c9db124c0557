//! A page of the history costs the same however long the history is: SQLite finds it by an index, and
//! neither walks through the table nor sorts it.

use super::{COUNT, list_sql};
use crate::{database::Pools, testing::Throwaway};
use domain::{HistoryId, PartnerId, history::ListHistory, id::Uuid};
use sqlx::AssertSqlSafe;

/// The steps of a query of at most four parameters.
async fn plan(throwaway: &Throwaway, sql: &str) -> String {
    let Pools::Sqlite { readers, .. } = &throwaway.store.pools else { unreachable!("asked for SQLite") };
    let sql = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let rows: Vec<(i64, i64, i64, String)> = sqlx::query_as(sql).fetch_all(readers).await.unwrap();
    rows.into_iter().map(|(_, _, _, step)| step).collect::<Vec<_>>().join(" · ")
}

#[tokio::test]
async fn no_page_scans_or_sorts() {
    let throwaway = Throwaway::sqlite().await;
    let entry = Some(HistoryId(Uuid::nil()));
    let subject = Some(PartnerId(Uuid::nil()));
    for (partner, after) in [(None, None), (None, entry), (subject, None), (subject, entry)] {
        let request = ListHistory { partner, after };
        let plan = plan(&throwaway, &list_sql(&request)).await;
        assert!(plan.contains("SEARCH h USING INDEX history_"), "{request:?}: {plan}");
        assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{request:?}: {plan}");
        assert_eq!(plan.contains("id<?"), after.is_some(), "{request:?}: {plan}");
        assert_eq!(plan.contains("subject_id=?"), partner.is_some(), "{request:?}: {plan}");
    }
}

#[tokio::test]
async fn counting_somebodys_entries_looks_at_no_others() {
    let throwaway = Throwaway::sqlite().await;
    let plan = plan(&throwaway, COUNT).await;
    assert!(plan.contains("SEARCH history USING INDEX history_of_actor (actor_id=?)"), "{plan}");
}
