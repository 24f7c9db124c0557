//! What lists share: what is looked for in them, and their pages.

use domain::{Error, Field, FieldError, text};

/// What is looked for, trimmed; nothing is fine.
pub(crate) fn parse_search(typed: &str) -> Result<String, Error> {
    let search = text::optional_line(typed, 200);
    search
        .map(Option::unwrap_or_default)
        .map_err(|problem| FieldError { field: Field::Search, problem }.into())
}

/// Rows were read one past the page, and in reverse when going back: makes a page of them and says
/// whether there are pages before and after.
pub(crate) fn turn_page<T>(rows: &mut Vec<T>, page: usize, after: bool, before: bool) -> (bool, bool) {
    let more = rows.len() > page;
    rows.truncate(page);
    if before {
        rows.reverse();
        (more, true)
    } else {
        (after, more)
    }
}
