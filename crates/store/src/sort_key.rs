//! How names are ordered and searched: without case and accents, the same on both databases.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The key under which a text is sorted and found.
#[must_use]
pub fn sort_key(text: &str) -> String {
    text.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase).collect()
}

/// The pattern of LIKE that finds `text` anywhere, with the wildcards in it taken literally.
pub(crate) fn containing(text: &str) -> String {
    let key = sort_key(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{key}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(sort_key("Ärger Žižek"), "arger zizek");
        assert_eq!(containing("50%_a"), "%50\\%\\_a%");
    }
}
