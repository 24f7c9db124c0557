//! What is stored about somebody, in words and with their values: for the page and for the readable
//! part of the export. Everything comes out of the register, a group of rows after the other.

use super::{Reader, texts, words};
use crate::Services;
use domain::{
    Error,
    privacy::{Item, Section, Withheld},
};
use store::{
    Grant, Own, Read,
    personal_data::{Column, Group, Reader as Who, Reason, Shape, users},
    privacy::records::{Record, Records},
};

/// All that is stored, in words.
#[derive(Debug, Default)]
pub(super) struct Described {
    pub(super) sections: Vec<Section>,
    pub(super) absent: Vec<String>,
    pub(super) withheld: Vec<Withheld>,
}

/// Reads it, with at most so many values of an item.
pub(super) async fn describe(
    services: &Services,
    grant: &Grant<Own>,
    reader: &Reader,
    most: usize,
) -> Result<Described, Error> {
    let records = Records::open(services.store(), grant).await?;
    let mut read = services.store().read().await?;
    let mut described = Described::default();
    for group in Group::all() {
        described.add(reader, group, &newest(&records, &mut read, group, most + 1).await?, most);
    }
    let shared = users().filter(|column| column.subject.is_none());
    described.withheld.extend(shared.filter_map(|column| withheld(reader, column)));
    Ok(described)
}

async fn newest(records: &Records, read: &mut Read, group: Group, most: usize) -> Result<Vec<Record>, Error> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    Ok(records.page(read, group, None, limit).await?.records)
}

impl Described {
    fn add(&mut self, reader: &Reader, group: Group, records: &[Record], most: usize) {
        let title = texts::section(reader.language, group).unwrap_or(group.table).to_owned();
        if records.is_empty() {
            self.absent.push(title);
            return;
        }
        self.withheld.extend(group.columns().filter_map(|column| withheld(reader, column)));
        let columns = group.columns().filter(|column| !matches!(column.shape(), Shape::Withheld(_)));
        let items: Vec<_> = columns
            .map(|column| {
                let values = records.iter().flatten().filter(|(of, _)| *of == column);
                let values = values.filter_map(|(_, value)| words::value(reader, column, value));
                let mut values: Vec<_> = values.collect();
                let more = values.len() > most;
                values.truncate(most);
                Item { values, more, ..item(reader, column) }
            })
            .collect();
        if !items.is_empty() {
            self.sections.push(Section { title, items });
        }
    }
}

fn withheld(reader: &Reader, column: &Column) -> Option<Withheld> {
    let reason: Reason = match column.shape() {
        Shape::Withheld(reason) => reason,
        _ => return None,
    };
    Some(Withheld {
        item: item(reader, column),
        reason: (texts::of(reader.language).reason)(reason).to_owned(),
    })
}

/// A column in words, still without values.
pub(super) fn item(reader: &Reader, column: &Column) -> Item {
    let language = reader.language;
    let text = texts::item(language, column);
    let (label, why) = text.map_or((column.column, column.purpose), |text| (text.label, text.why));
    Item {
        label: label.to_owned(),
        values: Vec::new(),
        more: false,
        why: sentence(why),
        ground: texts::ground(language, column.ground).unwrap_or(column.ground).to_owned(),
        period: texts::period(language, column.period, reader.name_periods),
        readers: readers(reader, column),
    }
}

/// With a capital letter at its beginning.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Who can read it, and how many they are.
fn readers(reader: &Reader, column: &Column) -> String {
    let common = texts::of(reader.language);
    let named = column.readers().unwrap_or_default().into_iter().map(|who| match who {
        Who::Nobody => common.nobody.to_owned(),
        Who::TheUser => common.you_only.to_owned(),
        Who::Holders(permission) => {
            let count = reader.holders.get(&permission).copied().unwrap_or_default();
            let only_you = count == 0 || (count == 1 && reader.held.contains(permission));
            match only_you {
                true => common.you_only.to_owned(),
                false => (common.holders)(texts::permission(reader.language, permission), count),
            }
        }
    });
    let mut named: Vec<_> = named.collect();
    named.dedup();
    // Where others can read it, "only" the reader would be wrong.
    if named.iter().any(|name| name != common.you_only) {
        named.retain(|name| name != common.you_only);
    }
    named.join("; ")
}
