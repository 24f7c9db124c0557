//! The personal-data register and the schemas account for the same columns.

mod support;

use std::collections::BTreeSet;
use support::World;

on_both!(every_column_is_registered, async |world: World| {
    let real: BTreeSet<_> = world.throwaway.store.columns().await.expect("columns").into_iter().collect();
    let registered: BTreeSet<_> = store::personal_data::REGISTER
        .iter()
        .map(|row| (row.table.to_owned(), row.column.to_owned()))
        .collect();
    assert!(real.len() > 60, "the schema was not read");
    assert_eq!(real, registered);
});
