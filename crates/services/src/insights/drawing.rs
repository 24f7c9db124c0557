//! A feature over time: bars in an SVG, and the same as a table. Colours are the style sheet's, so it fits both
//! appearances; there is nothing in it that runs. All of it is drawn from rounded numbers.

use super::{date, texts};
use askama::Template;
use domain::{
    Error, Language, SafeHtml,
    insights::{Feature, Frequency},
    time::date_written,
};
use std::fmt::Write;

/// The height of the highest bar; the width of a day; the part of it that a bar takes.
const HEIGHT: u64 = 100;
const WIDTH: usize = 10;
const BAR: usize = 7;
/// The height of the mark of a day of which nothing is known.
const MARK: u64 = 2;

/// What is drawn.
pub(super) struct Drawn<'a> {
    pub(super) feature: Feature,
    /// A number for each day.
    pub(super) counts: &'a [Frequency],
    /// The highest of all features: bars of different features can be compared.
    pub(super) highest: Frequency,
    /// The first day, since 1970-01-01 in UTC.
    pub(super) from: i64,
    pub(super) language: Language,
}

#[derive(Template)]
#[template(path = "insights/line.html")]
struct Page {
    code: &'static str,
    label: &'static str,
    description: String,
    busiest: String,
    first: String,
    last: String,
    width: usize,
    bars: String,
    marks: String,
    words: &'static texts::Words,
    /// The newest first.
    rows: Vec<Row>,
}

struct Row {
    machine_readable: String,
    day: String,
    count: String,
}

/// # Errors
/// `Internal`, which a template that was compiled does not give.
#[expect(clippy::disallowed_methods, reason = "the template escapes what it writes, and has no script in it")]
pub(super) fn draw(drawn: &Drawn<'_>) -> Result<SafeHtml, Error> {
    let html = page(drawn).render().map_err(|_| Error::Internal { reference: "drawing".into() })?;
    Ok(SafeHtml::sanitised(html))
}

fn page(drawn: &Drawn<'_>) -> Page {
    let Drawn { feature, counts, from, language, .. } = *drawn;
    let words = texts::of(language);
    let write = |at: i64| date_written(date(from + at), language);
    let last = i64::try_from(counts.len()).unwrap_or_default() - 1;
    let (first, last) = (write(0), write(last));
    let known = counts.iter().filter(|count| count.rounded().is_some()).count();
    let busiest = (0..).zip(counts).max_by_key(|(_, count)| **count);
    let busiest = busiest.and_then(|(at, count)| Some((words.busiest)(count.rounded()?, &write(at))));
    let (bars, marks) = shapes(drawn);
    Page {
        code: feature.code(),
        label: texts::feature(feature, language),
        description: (words.description)(&first, &last, known, counts.len()),
        busiest: busiest.unwrap_or_default(),
        first,
        last,
        width: counts.len() * WIDTH,
        bars,
        marks,
        words,
        rows: rows(drawn),
    }
}

/// The bars of days that are known, and the marks of the others, as paths.
fn shapes(drawn: &Drawn<'_>) -> (String, String) {
    let highest = u64::from(drawn.highest.rounded().unwrap_or(1));
    let (mut bars, mut marks) = (String::new(), String::new());
    for (at, count) in drawn.counts.iter().enumerate() {
        let (path, height) = match count.rounded() {
            Some(count) => (&mut bars, (u64::from(count) * HEIGHT / highest).max(MARK)),
            None => (&mut marks, MARK),
        };
        let (x, y) = (at * WIDTH, HEIGHT - height);
        // Writing to a text doesn't fail.
        let _ = write!(path, "M{x} {y}h{BAR}v{height}h-{BAR}z");
    }
    (bars, marks)
}

fn rows(drawn: &Drawn<'_>) -> Vec<Row> {
    let row = |(at, count): (i64, &Frequency)| {
        let day = date(drawn.from + at);
        Row {
            machine_readable: day.machine_readable(),
            day: date_written(day, drawn.language),
            count: texts::frequency(*count, drawn.language),
        }
    };
    let mut rows: Vec<_> = (0..).zip(drawn.counts).map(row).collect();
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_a_bar_or_a_mark_and_a_row() {
        let counts = [Frequency::of(20), Frequency::of(3), Frequency::of(10)];
        let highest = Frequency::of(40);
        let drawn = Drawn {
            feature: Feature::Roles,
            counts: &counts,
            highest,
            from: 20_782,
            language: Language::German,
        };
        assert_eq!(shapes(&drawn), ("M0 50h7v50h-7zM20 75h7v25h-7z".to_owned(), "M10 98h7v2h-7z".to_owned()));
        let html = draw(&drawn).unwrap();
        let html = html.as_str();
        for words in [
            "role=\"img\"",
            "Rollen verwalten",
            "Stärkster Tag: etwa 20 am 25. Nov. 2026",
            "<td class=\"end num\">weniger als 10</td>",
            "<time datetime=\"2026-11-27\">27. Nov. 2026</time>",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert_eq!(html.matches("<tr>").count(), 4, "a head and three days");
        assert!(!html.contains("style="), "the content security policy refuses it");
    }

    #[test]
    fn the_largest_numbers_fit() {
        let counts = [Frequency::of(i64::MAX)];
        let drawn = Drawn {
            feature: Feature::Roles,
            counts: &counts,
            highest: counts[0],
            from: 0,
            language: Language::English,
        };
        assert_eq!(shapes(&drawn).0, "M0 0h7v100h-7z");
    }
}
