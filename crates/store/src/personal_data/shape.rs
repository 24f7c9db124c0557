//! How a personal column is read for the person it is about: what its value is, and whether it can be
//! shown at all. A new row of the register needs a word here only where the default doesn't fit.
//!
//! By default the type of the column says it, and the name of a number: `at`, `…_at` and `…_until` are
//! moments (unix milliseconds), `…_on` are days (since 1970-01-01). What leads to the person is a [`Shape::Key`].
//! Bytes always need a word: [`Column::sealed`] where they are encrypted under the user's key,
//! [`Column::withheld`] where nobody can read anything in them.

use super::{Column, REGISTER, Whose};
use crate::keys::Content;
use domain::Permission;

/// What the value of a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// As the type and the name of the column say.
    Plain,
    /// Leads to the person. Their number is shown once, with their name.
    Key,
    /// Text that is encrypted under the user's key.
    Sealed(Content),
    /// Text that is encrypted under the user's key and bound to the row and this part of it.
    Placed(&'static [u8]),
    /// The id of a row of that table, whose name says more.
    Named(&'static str),
    /// The id of a newsletter, whose name is in its words of today.
    Newsletter,
    /// Not shown.
    Withheld(Reason),
}

/// Why something isn't shown to the person whom it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Whoever had it could get in, or try to.
    Secret,
    /// A keyed hash, to find something by: nothing can be read in it.
    Hash,
    /// A keyed hash that leads to nobody, so that nobody can say whose it is.
    LeadsToNobody,
    /// The file of the export itself.
    Export,
}

/// Who can read a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Only the program.
    Nobody,
    /// The person concerned.
    TheUser,
    /// Whoever holds this permission, and the person concerned on the page that says what is stored.
    Holders(Permission),
}

impl Column {
    /// What the value is.
    #[must_use]
    pub fn shape(&self) -> Shape {
        match self.shape {
            Shape::Plain if self.is_key() && self.column != "id" => Shape::Key,
            shape => shape,
        }
    }

    /// Whether this is the column of its table that leads to the person.
    #[must_use]
    pub fn is_key(&self) -> bool {
        self.subject == Some(self.column)
    }

    /// Whether the number in it is a moment, in unix milliseconds.
    #[must_use]
    pub fn is_moment(&self) -> bool {
        self.column == "at" || self.column.ends_with("_at") || self.column.ends_with("_until")
    }

    /// Whether the number in it is a day, counted from 1970-01-01.
    #[must_use]
    pub fn is_day(&self) -> bool {
        self.column.ends_with("_on")
    }

    /// Who can read it; nothing if the row names somebody who isn't known.
    #[must_use]
    pub fn readers(&self) -> Option<Vec<Reader>> {
        let reader = |name: &str| match name {
            "nobody" => Some(Reader::Nobody),
            "the user" => Some(Reader::TheUser),
            code => Permission::from_code(code).map(Reader::Holders),
        };
        self.readers.split(", ").map(reader).collect()
    }

    /// Led to by this column in place of `user_id`.
    pub(super) const fn of(self, subject: &'static str) -> Self {
        Self { subject: Some(subject), ..self }
    }

    /// Encrypted under the user's key, as what it is.
    pub(super) const fn sealed(self, content: Content) -> Self {
        Self { shape: Shape::Sealed(content), ..self }
    }

    /// Encrypted under the user's key, as this part of its row.
    pub(super) const fn placed(self, part: &'static [u8]) -> Self {
        Self { shape: Shape::Placed(part), ..self }
    }

    /// The id of a row of `table`, which has a column `name`.
    pub(super) const fn named(self, table: &'static str) -> Self {
        Self { shape: Shape::Named(table), ..self }
    }

    /// The id of a newsletter.
    pub(super) const fn newsletter(self) -> Self {
        Self { shape: Shape::Newsletter, ..self }
    }

    /// Not shown, for this reason.
    pub(super) const fn withheld(self, reason: Reason) -> Self {
        Self { shape: Shape::Withheld(reason), ..self }
    }
}

/// The rows of one table that one of its columns leads to: what is read with one query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The table.
    pub table: &'static str,
    /// The column that leads to the person.
    pub key: &'static str,
}

impl Group {
    /// All groups, in the order of the register.
    pub fn all() -> impl Iterator<Item = Self> {
        users()
            .filter(|column| column.is_key())
            .map(|column| Self { table: column.table, key: column.column })
    }

    /// The personal columns of the table, but for those that lead to the person. What is encrypted under
    /// somebody's key is read for them alone.
    pub fn columns(self) -> impl Iterator<Item = &'static Column> {
        users().filter(move |column| {
            let readable = match column.shape() {
                Shape::Key => false,
                Shape::Sealed(_) | Shape::Placed(_) => column.subject == Some(self.key),
                _ => true,
            };
            column.table == self.table && readable
        })
    }

    /// Other columns of the table that lead to the person and come before this one: their rows are
    /// not shown twice.
    pub(crate) fn earlier(self) -> impl Iterator<Item = &'static str> {
        Self::all()
            .take_while(move |group| *group != self)
            .filter(move |group| group.table == self.table)
            .map(|group| group.key)
    }

    /// Whether rows have an id that rises with time.
    pub(crate) fn has_id(self) -> bool {
        REGISTER.iter().any(|column| column.table == self.table && column.column == "id")
    }
}

/// Every column that is about users.
pub fn users() -> impl Iterator<Item = &'static Column> {
    REGISTER.iter().filter(|column| column.whose == Whose::User)
}
