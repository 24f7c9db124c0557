//! One's own values, for every table the same way: the register says which rows are one's own, which
//! columns are read and what they are. So a column can't be stored and not be shown.

use crate::{
    Error, Grant, Own, Read, Result, Store,
    connection::on_db,
    keys::{TextPlace, UserKey},
    personal_data::{Column, Group, Shape},
};
use sqlx::{AssertSqlSafe, Column as _, ColumnIndex, Decode, Row, Type, TypeInfo, Value as _, ValueRef};
use uuid::Uuid;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Empty.
    Nothing,
    /// Text, a name or a code.
    Text(String),
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// A moment, in unix milliseconds.
    Moment(i64),
    /// A day, since 1970-01-01.
    Day(i64),
    /// A number that the program made.
    Id(Uuid),
}

/// One row: a value for each column of its group that is shown, in the order of the register.
pub type Record = Vec<(&'static Column, Value)>;

/// Some rows of a group, the newest first where they have an order.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The rows.
    pub records: Vec<Record>,
    /// Where to go on, if there may be more.
    pub next: Option<Uuid>,
}

/// Reads what is stored about one user.
pub struct Records {
    grant: Grant<Own>,
    key: UserKey,
}

impl Records {
    /// With the key of the user.
    ///
    /// # Errors
    /// `NotFound` if the key is gone, or the database failed.
    pub async fn open(store: &Store, grant: &Grant<Own>) -> Result<Self> {
        let key = store.keys().find(grant.user()).await?.ok_or(domain::Error::NotFound)?;
        Ok(Self { grant: grant.clone(), key })
    }

    /// At most `limit` rows of a group, after those that were read before.
    ///
    /// # Errors
    /// The database failed, or a value isn't what the register says.
    pub async fn page(&self, read: &mut Read, group: Group, after: Option<Uuid>, limit: i64) -> Result<Page> {
        if group.table == "user_key" {
            // It lies in the store of the keys, and there is one: it was just read.
            return Ok(Page { records: vec![Record::new()], next: None });
        }
        let columns: Vec<_> = shown(group).collect();
        let sql = query(group, &columns);
        let user = self.grant.user().0;
        let after = after.unwrap_or(Uuid::max());
        // Put together of the register's own words only.
        let rows: Vec<(Vec<Cell>, Option<Uuid>)> = on_db!(read, c => {
            let rows = sqlx::query(AssertSqlSafe(sql)).bind(user).bind(after).bind(limit).fetch_all(c).await?;
            rows.iter().map(|row| cells(row, columns.len(), group.has_id())).collect::<Result<_>>()
        })?;
        let full = i64::try_from(rows.len()).is_ok_and(|count| count >= limit);
        let next = rows.last().and_then(|(_, id)| *id).filter(|_| full);
        let records =
            rows.into_iter().map(|(cells, id)| self.record(&columns, cells, id)).collect::<Result<_>>()?;
        Ok(Page { records, next })
    }

    fn record(&self, columns: &[&'static Column], cells: Vec<Cell>, id: Option<Uuid>) -> Result<Record> {
        let value = |(column, cell): (&&'static Column, Cell)| Ok((*column, self.value(column, cell, id)?));
        columns.iter().zip(cells).map(value).collect()
    }

    fn value(&self, column: &Column, cell: Cell, id: Option<Uuid>) -> Result<Value> {
        Ok(match (cell, column.shape()) {
            (Cell::Nothing, _) => Value::Nothing,
            (Cell::Bytes(sealed), Shape::Sealed(content)) => {
                let text = self.key.open(content, &sealed)?;
                Value::Text(std::str::from_utf8(&text).map_err(|_| Error::Corrupt("sealed text"))?.to_owned())
            }
            (Cell::Bytes(sealed), Shape::Placed(part)) => {
                let of = id.ok_or(Error::Corrupt("sealed text"))?;
                Value::Text(self.key.decrypt_text(TextPlace { of, part }, &sealed)?)
            }
            (_, Shape::Sealed(_) | Shape::Placed(_)) => return Err(Error::Corrupt("sealed value")),
            (Cell::Text(text), _) => Value::Text(text),
            (Cell::Flag(flag), _) => Value::Flag(flag),
            (Cell::Number(number), _) if column.is_moment() => Value::Moment(number),
            (Cell::Number(number), _) if column.is_day() => Value::Day(number),
            (Cell::Number(number), _) => Value::Number(number),
            (Cell::Bytes(bytes), _) => {
                let id = Uuid::from_slice(&bytes);
                Value::Id(id.map_err(|_| Error::Corrupt("bytes that the register says nothing about"))?)
            }
        })
    }
}

/// The columns that are read: what is withheld does not even leave the database.
fn shown(group: Group) -> impl Iterator<Item = &'static Column> {
    group.columns().filter(|column| !matches!(column.shape(), Shape::Withheld(_)))
}

/// What a newsletter is called today.
const NEWSLETTER: &str =
    "SELECT COALESCE(NULLIF(o.name_en, ''), o.name_de) FROM newsletter_text o WHERE o.newsletter_id";

fn query(group: Group, columns: &[&Column]) -> String {
    let Group { table, key } = group;
    let mut sql = String::from("SELECT ");
    for column in columns {
        let name = column.column;
        match column.shape() {
            Shape::Named(other) => sql += &format!("(SELECT o.name FROM {other} o WHERE o.id = t.{name}), "),
            Shape::Newsletter => {
                sql += &format!("({NEWSLETTER} = t.{name} ORDER BY o.version DESC LIMIT 1), ");
            }
            _ => sql += &format!("t.{name}, "),
        }
    }
    let id = if group.has_id() { "id" } else { key };
    sql += &format!("t.{id} FROM {table} t WHERE t.{key} = $1");
    for earlier in group.earlier() {
        sql += &format!(" AND (t.{earlier} IS NULL OR t.{earlier} <> $1)");
    }
    // Each place is always bound.
    sql += if group.has_id() { " AND t.id < $2 ORDER BY t.id DESC" } else { " AND $2 IS NOT NULL" };
    sql + " LIMIT $3"
}

/// A value as the database gives it.
enum Cell {
    Nothing,
    Text(String),
    Number(i64),
    Flag(bool),
    Bytes(Vec<u8>),
}

fn cells<R>(row: &R, count: usize, has_id: bool) -> Result<(Vec<Cell>, Option<Uuid>)>
where
    R: Row,
    usize: ColumnIndex<R>,
    for<'a> String: Decode<'a, R::Database> + Type<R::Database>,
    for<'a> i64: Decode<'a, R::Database> + Type<R::Database>,
    for<'a> bool: Decode<'a, R::Database> + Type<R::Database>,
    for<'a> Vec<u8>: Decode<'a, R::Database> + Type<R::Database>,
    for<'a> Uuid: Decode<'a, R::Database> + Type<R::Database>,
{
    let cells = (0..count).map(|index| cell(row, index)).collect::<Result<_>>()?;
    let id = if has_id { Some(row.try_get(count)?) } else { None };
    Ok((cells, id))
}

fn cell<R>(row: &R, index: usize) -> Result<Cell>
where
    R: Row,
    usize: ColumnIndex<R>,
    for<'a> String: Decode<'a, R::Database> + Type<R::Database>,
    for<'a> i64: Decode<'a, R::Database> + Type<R::Database>,
    for<'a> bool: Decode<'a, R::Database> + Type<R::Database>,
    for<'a> Vec<u8>: Decode<'a, R::Database> + Type<R::Database>,
    for<'a> Uuid: Decode<'a, R::Database> + Type<R::Database>,
{
    let raw = row.try_get_raw(index)?;
    if raw.is_null() {
        return Ok(Cell::Nothing);
    }
    // SQLite knows a yes or no only by the type that the column was declared with.
    let declared = row.column(index).type_info().name().to_owned();
    let stored = raw.to_owned().type_info().name().to_owned();
    Ok(match (declared.as_str(), stored.as_str()) {
        ("BOOL" | "BOOLEAN", _) => Cell::Flag(row.try_get(index)?),
        (_, "INT8" | "INTEGER") => Cell::Number(row.try_get(index)?),
        (_, "TEXT") => Cell::Text(row.try_get(index)?),
        (_, "UUID") => Cell::Bytes(row.try_get::<Uuid, _>(index)?.as_bytes().to_vec()),
        (_, "BYTEA" | "BLOB") => Cell::Bytes(row.try_get(index)?),
        _ => return Err(Error::Corrupt("a type that isn't read")),
    })
}
