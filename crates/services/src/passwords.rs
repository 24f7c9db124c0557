//! The one way to a new password: it has to be hard to guess (zxcvbn, Wheeler 2016), also for
//! somebody who knows whose it is. There are no rules about which characters (NIST SP 800-63B).

use crate::Services;
use domain::{
    Error, Field, FieldError, Problem,
    password::{Password, Weakness},
};
use zxcvbn::{Entropy, Score, feedback::Warning, matching::patterns::MatchPattern, zxcvbn};

/// The shortest part of a name that counts as one.
const SHORTEST_WORD: usize = 3;

/// The hash of a new password. `personal` is what would be tried first: names, and the part of the
/// address before the @.
///
/// # Errors
/// `Invalid` where it is guessed too easily, `TooManyRequests`.
pub(crate) async fn hash_new(
    services: &Services,
    password: &Password,
    personal: &[String],
) -> Result<String, Error> {
    let (typed, words) = (password.reveal().to_owned(), words(personal));
    let weakness = services.hashing().run(move || weakness(&typed, &words)).await?;
    if let Some(weakness) = weakness {
        let problem = Problem::GuessablePassword { weakness };
        return Err(FieldError { field: Field::Password, problem }.into());
    }
    services.hashing().hash(password.reveal()).await
}

/// Each text as a whole, and each word of it.
fn words(personal: &[String]) -> Vec<String> {
    let lower = personal.iter().map(|text| text.to_lowercase());
    let parts = lower.flat_map(|text| {
        let parts = text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
        parts.chain([text.clone(), text.replace(' ', "")]).collect::<Vec<_>>()
    });
    parts.filter(|word| word.chars().count() >= SHORTEST_WORD).collect()
}

/// What makes a password too easy to guess, if it is: one that fewer than 10^8 guesses find.
fn weakness(password: &str, words: &[String]) -> Option<Weakness> {
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let guessed = zxcvbn(password, &words);
    if guessed.score() >= Score::Three {
        return None;
    }
    if is_personal(&guessed, &words) {
        return Some(Weakness::Personal);
    }
    use Warning as W;
    Some(match guessed.feedback().and_then(zxcvbn::feedback::Feedback::warning) {
        None => Weakness::Short,
        Some(W::StraightRowsOfKeysAreEasyToGuess | W::ShortKeyboardPatternsAreEasyToGuess) => {
            Weakness::Keyboard
        }
        Some(W::RepeatsLikeAaaAreEasyToGuess | W::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess) => {
            Weakness::Repeats
        }
        Some(
            W::ThisIsATop10Password
            | W::ThisIsATop100Password
            | W::ThisIsACommonPassword
            | W::ThisIsSimilarToACommonlyUsedPassword,
        ) => Weakness::Common,
        Some(W::SequencesLikeAbcAreEasyToGuess) => Weakness::Sequences,
        Some(W::RecentYearsAreEasyToGuess | W::DatesAreOftenEasyToGuess) => Weakness::Dates,
        Some(W::AWordByItselfIsEasyToGuess) => Weakness::Word,
        Some(W::NamesAndSurnamesByThemselvesAreEasyToGuess | W::CommonNamesAndSurnamesAreEasyToGuess) => {
            Weakness::Names
        }
    })
}

fn is_personal(guessed: &Entropy, words: &[&str]) -> bool {
    guessed.sequence().iter().any(|found| match &found.pattern {
        MatchPattern::Dictionary(entry) => words.contains(&entry.matched_word.as_str()),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guessed_easily_is_named() {
        let personal = words(&["Alexandra Admin".into(), "Northwind Partners".into(), "alex.admin".into()]);
        for (password, expected) in [
            ("password1234", Some(Weakness::Common)),
            ("aaaaaaaaaaaaaa", Some(Weakness::Repeats)),
            ("asdfghjkl;'#", Some(Weakness::Keyboard)),
            ("northwindpartners", Some(Weakness::Personal)),
            ("alexandra2026", Some(Weakness::Personal)),
            ("abcdefghijklmnop", Some(Weakness::Sequences)),
            ("24-11-202600", Some(Weakness::Dates)),
            ("four words in a row", None),
            ("tram velvet oxide lantern", None),
            ("g7#kq!2mZp9w", None),
        ] {
            assert_eq!(weakness(password, &personal), expected, "{password}");
        }
        assert_eq!(weakness("alexandra2026 meadow", &[]), None);
    }
}
