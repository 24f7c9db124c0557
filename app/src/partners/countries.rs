//! Countries as the values of a select.

use crate::messages::language;
use domain::country::Country;

/// Every country by its name, after `none`.
#[must_use]
pub fn country_options(none: &str) -> Vec<(String, String)> {
    let language = language();
    let mut countries: Vec<_> = Country::all().collect();
    countries.sort_by_cached_key(|country| sort_key(country.name(language)));
    let countries =
        countries.into_iter().map(|country| (country.code().to_owned(), country.name(language).to_owned()));
    std::iter::once((String::new(), none.to_owned())).chain(countries).collect()
}

/// The name of the country of that code; the code itself if there is none.
#[must_use]
pub fn country_name(code: &str) -> String {
    Country::parse(code).map_or(code, |country| country.name(language())).to_owned()
}

/// Accents don't count.
fn sort_key(name: &str) -> String {
    let plain = |letter| match letter {
        'Ä' | 'Å' => 'A',
        'ä' | 'å' | 'ã' | 'á' => 'a',
        'Ö' => 'O',
        'ö' | 'ô' | 'ó' => 'o',
        'Ü' => 'U',
        'ü' => 'u',
        'é' | 'è' => 'e',
        'í' => 'i',
        'ç' => 'c',
        other => other,
    };
    name.chars().map(plain).collect()
}
