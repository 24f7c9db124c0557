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

/// To write the table anew: `ASSENT_UPDATE_SNAPSHOT=1 cargo test --package services --test schema`.
#[test]
fn the_table_of_periods_in_the_documentation_is_that_of_the_register() {
    const BEGIN: &str = "<!-- periods: begin -->\n";
    const END: &str = "<!-- periods: end -->";
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/PRIVACY.md");
    let text = std::fs::read_to_string(file).expect("docs/PRIVACY.md");
    let (before, rest) = text.split_once(BEGIN).expect("where the table begins");
    let (_, after) = rest.split_once(END).expect("where it ends");
    let written = format!("{before}{BEGIN}\n{}\n{END}{after}", services::privacy::written_periods());
    if std::env::var_os("ASSENT_UPDATE_SNAPSHOT").is_some() {
        std::fs::write(file, &written).expect("written");
    }
    let now = std::fs::read_to_string(file).expect("docs/PRIVACY.md");
    assert_eq!(now, written, "the register changed: review, then see above");
}
