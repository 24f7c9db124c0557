//! The words for what is stored, in both languages: as many as there are personal columns, so they
//! stay on the server, and page and export share them.
//!
//! To add a column: a row in the register (`store::personal_data`), whose purpose is the English why,
//! and one in `items`. A period or a table that is new to the register has its words in `common`. A
//! test misses each.

pub(super) mod actions;
mod common;
mod items;
mod permissions;

pub(super) use common::{ExportWords, of};
pub use permissions::permission;

use domain::{Language, retention::NamePeriods};
use store::personal_data::{Column, Group, KEPT_NAMES};

/// One column in words.
pub(super) struct ItemText {
    pub(super) label: &'static str,
    pub(super) why: &'static str,
}

/// The words for a column, if there are any.
pub(super) fn item(language: Language, column: &Column) -> Option<ItemText> {
    let found = items::ITEMS.iter().find(|item| item.0 == column.table && item.1 == column.column);
    found.map(|(_, _, english, german, why)| match language {
        Language::English => ItemText { label: english, why: column.purpose },
        Language::German => ItemText { label: german, why },
    })
}

/// What the rows of a table are called, if that is known.
pub(super) fn section(language: Language, group: Group) -> Option<&'static str> {
    let found = common::SECTIONS.iter().find(|section| section.0 == group.table && section.1 == group.key);
    found.map(|(_, _, english, german)| match language {
        Language::English => *english,
        Language::German => *german,
    })
}

/// A period of the register in a language; names stay for as long as the organisation has set.
pub(super) fn period(language: Language, registered: &str, names: NamePeriods) -> String {
    if registered == KEPT_NAMES {
        return (of(language).kept_names)(names);
    }
    either(language, common::PERIODS, registered).unwrap_or(registered).to_owned()
}

/// An article of the register in a language, and what it says.
pub(super) fn ground(language: Language, registered: &str) -> Option<&'static str> {
    either(language, common::GROUNDS, registered)
}

type Translated = (&'static str, &'static str, &'static str);

fn either(language: Language, list: &[Translated], registered: &str) -> Option<&'static str> {
    list.iter().find(|(name, ..)| *name == registered).map(|(_, english, german)| match language {
        Language::English => *english,
        Language::German => *german,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::personal_data::{Shape, users};

    #[test]
    fn whatever_is_personal_has_its_words() {
        for language in [Language::English, Language::German] {
            for column in users().filter(|column| column.shape() != Shape::Key) {
                let name = format!("{}.{}", column.table, column.column);
                assert!(item(language, column).is_some_and(|text| !text.why.is_empty()), "{name}");
                let words = either(language, common::PERIODS, column.period);
                assert!(words.is_some() || column.period == KEPT_NAMES, "{name}: {}", column.period);
                assert!(ground(language, column.ground).is_some(), "{name}: {}", column.ground);
                assert!(column.readers().is_some(), "{name}: {}", column.readers);
            }
            for group in Group::all() {
                assert!(section(language, group).is_some(), "{group:?}");
            }
        }
    }

    #[test]
    fn there_are_no_words_for_what_is_not_stored() {
        for (table, column, ..) in items::ITEMS {
            assert!(users().any(|it| it.table == *table && it.column == *column), "{table}.{column}");
        }
        for (table, key, ..) in common::SECTIONS {
            assert!(Group::all().any(|it| it.table == *table && it.key == *key), "{table}.{key}");
        }
    }
}
