//! The rule for text that people type: trimmed, of bounded length, and without characters that
//! can't be seen or that turn the direction of what stands beside them.

use crate::Problem;

/// One line of at least one and at most `most` characters.
///
/// # Errors
/// `Missing`, `TooLong` or `ControlCharacters`.
pub fn line(typed: &str, most: u32) -> Result<String, Problem> {
    optional_line(typed, most)?.ok_or(Problem::Missing)
}

/// One line of at most `most` characters; nothing but white space is `None`.
///
/// # Errors
/// `TooLong` or `ControlCharacters`.
pub fn optional_line(typed: &str, most: u32) -> Result<Option<String>, Problem> {
    let words: Vec<_> = typed.split_whitespace().collect();
    // Runs of white space look like one space, so they are one; what breaks a line is refused below.
    let line = if typed.trim().contains(char::is_control) { typed.to_owned() } else { words.join(" ") };
    let line = checked(&line, most, unseen)?;
    if line.as_deref().is_some_and(joins_nothing) { Err(Problem::ControlCharacters) } else { Ok(line) }
}

/// Several lines of at most `most` characters in all.
///
/// # Errors
/// `TooLong` or `ControlCharacters`.
pub fn optional_paragraphs(typed: &str, most: u32) -> Result<Option<String>, Problem> {
    checked(typed, most, |character| !matches!(character, '\n' | '\r' | '\t') && unseen(character))
}

fn checked(typed: &str, most: u32, refused: impl Fn(char) -> bool) -> Result<Option<String>, Problem> {
    let text = typed.trim();
    if text.chars().nth(most as usize).is_some() {
        return Err(Problem::TooLong { most });
    }
    if text.chars().any(refused) {
        return Err(Problem::ControlCharacters);
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// Control characters, bidirectional controls (UAX #9), line separators, tag characters, and fillers
/// that take no room, with which one name could pass for another.
fn unseen(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00ad}' | '\u{034f}' | '\u{115f}'..='\u{1160}' | '\u{180e}' | '\u{3164}' | '\u{ffa0}'
            | '\u{061c}' | '\u{2800}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a joiner stands first or after a plain letter. It is for scripts and pictures that join: elsewhere it
/// can't be seen either.
fn joins_nothing(line: &str) -> bool {
    let before = std::iter::once(' ').chain(line.chars());
    line.chars()
        .zip(before)
        .any(|(character, before)| matches!(character, '\u{200c}'..='\u{200d}') && before.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_bounded() {
        assert_eq!(line("  Ada  ", 3), Ok("Ada".into()));
        assert_eq!(line(" ", 3), Err(Problem::Missing));
        assert_eq!(line("Adam", 3), Err(Problem::TooLong { most: 3 }));
        assert_eq!(line("ÄÖÜ", 3), Ok("ÄÖÜ".into()));
        assert_eq!(line("a \u{00a0}  b", 9), Ok("a b".into()));
    }

    #[test]
    fn what_cannot_be_seen_is_refused() {
        for typed in ["a\0b", "a\nb", "a\u{202e}b", "a\u{2066}b", "a\u{200b}b", "a\u{00ad}b", "a\u{3164}b"] {
            assert_eq!(line(typed, 9), Err(Problem::ControlCharacters), "{typed:?}");
        }
        for typed in ["\u{200d}", "\u{200c}a", "admin\u{200d}", "ad\u{200c}min", "\u{2800}"] {
            assert_eq!(line(typed, 9), Err(Problem::ControlCharacters), "{typed:?}");
        }
        for typed in ["👩\u{200d}👧", "می\u{200c}خواهم", "അനില്\u{200d}"] {
            assert_eq!(line(typed, 9), Ok(typed.into()));
        }
        assert_eq!(optional_paragraphs("a\nb", 9), Ok(Some("a\nb".into())));
        assert_eq!(optional_paragraphs("a\u{202e}b", 9), Err(Problem::ControlCharacters));
    }
}
