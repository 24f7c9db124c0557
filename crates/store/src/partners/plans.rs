//! A page of the list is found by an index, whichever page it is: SQLite neither walks through the
//! table nor sorts it.

use super::list_sql;
use crate::{database::Pools, testing::Throwaway};
use domain::{
    PartnerId,
    id::Uuid,
    partners::{ListPartners, PartnerSort, StatusFilter},
};
use sqlx::AssertSqlSafe;

async fn plan(throwaway: &Throwaway, request: &ListPartners) -> String {
    let Pools::Sqlite { readers, .. } = &throwaway.store.pools else { unreachable!("asked for SQLite") };
    let sql = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", list_sql(request, true)));
    let id = Uuid::nil();
    let rows: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sql).bind(id).bind(id).bind("%").bind(26).fetch_all(readers).await.unwrap();
    rows.into_iter().map(|(_, _, _, step)| step).collect::<Vec<_>>().join(" · ")
}

#[tokio::test]
async fn no_page_scans_or_sorts() {
    let throwaway = Throwaway::sqlite().await;
    let from = Some(PartnerId(Uuid::nil()));
    for status in StatusFilter::ALL {
        for sort in PartnerSort::ALL {
            for (after, before) in [(None, None), (from, None), (None, from)] {
                let request = ListPartners { search: String::new(), status, sort, after, before };
                let plan = plan(&throwaway, &request).await;
                assert!(plan.contains("SEARCH p USING INDEX partner_"), "{request:?}: {plan}");
                assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{request:?}: {plan}");
                let jumps = [",id)>(", ",id)<(", " id>?", " id<?"].iter().any(|jump| plan.contains(jump));
                assert_eq!(jumps, after.or(before).is_some(), "{request:?}: {plan}");
            }
        }
    }
}
