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

#[test]
fn what_goes_with_an_account_is_counted_on_receipts() {
    use store::personal_data::{Fate, REGISTER, Whose};
    let goes = |column: &&store::personal_data::Column| {
        column.whose == Whose::User && column.fate == Fate::Erase && column.subject.is_some()
    };
    let registered: BTreeSet<_> = REGISTER.iter().filter(goes).map(|column| column.table).collect();
    let counted: BTreeSet<_> = store::receipts::TABLES.iter().map(|(table, _)| *table).collect();
    assert_eq!(counted, registered);
}
