//! Tables as CSV (RFC 4180), for people who open them with a table programme.

use csv::{QuoteStyle, Terminator, WriterBuilder};
use domain::Error;

/// The columns' names and the rows. What a table programme would take for a formula gets a mark before it.
///
/// # Errors
/// `Internal`, which writing to memory does not give.
pub(crate) fn csv<const N: usize>(
    columns: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<String, Error> {
    Ok(lines([columns.map(str::to_owned)])? + &lines(rows)?)
}

/// The rows alone, for a table that is written in pieces.
///
/// # Errors
/// `Internal`, which writing to memory does not give.
pub(crate) fn lines<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> Result<String, Error> {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    let failed = || Error::Internal { reference: "table".into() };
    for row in rows {
        writer.write_record(row.map(no_formula)).map_err(|_| failed())?;
    }
    let bytes = writer.into_inner().map_err(|_| failed())?;
    String::from_utf8(bytes).map_err(|_| failed())
}

/// Some table programmes take the wide forms for the narrow ones.
fn no_formula(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::csv;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        let row = ["a \"b\", c", "=HYPERLINK(1)", "＝1+1", "one = 1"].map(str::to_owned);
        let table = csv(["a", "b", "c", "d"], [row]).unwrap();
        let (names, cells) = table.split_once("\r\n").unwrap();
        assert_eq!(names, "\"a\",\"b\",\"c\",\"d\"");
        assert_eq!(cells, "\"a \"\"b\"\", c\",\"'=HYPERLINK(1)\",\"'＝1+1\",\"one = 1\"\r\n");
    }
}
