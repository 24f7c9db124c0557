//! All periods for what is stored of users, by the register: for those who manage the organisation, and for
//! `docs/PRIVACY.md`.

use super::texts;
use domain::{Language, organisation::PeriodRow, retention::NamePeriods};
use std::fmt::Write;
use store::personal_data::{Group, Shape};

/// A row for each period and ground, in the order of the register.
#[must_use]
pub fn periods(language: Language, names: NamePeriods) -> Vec<PeriodRow> {
    let mut rows: Vec<PeriodRow> = Vec::new();
    for group in Group::all() {
        let what = texts::section(language, group).unwrap_or(group.table);
        for column in group.columns().filter(|column| column.shape() != Shape::Key) {
            let period = texts::period(language, column.period, names);
            let ground = texts::ground(language, column.ground).unwrap_or(column.ground);
            match rows.iter_mut().find(|row| row.period == period && row.ground == ground) {
                Some(row) if row.what.iter().any(|known| known == what) => {}
                Some(row) => row.what.push(what.to_owned()),
                None => {
                    let (what, ground) = (vec![what.to_owned()], ground.to_owned());
                    rows.push(PeriodRow { what, period, ground });
                }
            }
        }
    }
    rows
}

/// The same as a table in Markdown, in English and with the periods that are set at the beginning.
#[must_use]
pub fn written() -> String {
    let mut table = String::from("| what | how long | on which ground |\n|---|---|---|\n");
    for PeriodRow { what, period, ground } in periods(Language::English, NamePeriods::default()) {
        // Writing into a text does not fail.
        let _ = writeln!(table, "| {} | {period} | {ground} |", what.join("; "));
    }
    table
}
