//! Amounts of money: whole minor units and a currency; written the reader's way.

use crate::{Language, Problem, currency::Currency};

/// An amount in minor units (cents for EUR, yen for JPY).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// Minor units, never negative here.
    pub minor: i64,
    /// Of this currency.
    pub currency: Currency,
}

impl Money {
    /// The largest amount in minor units.
    pub const MOST: i64 = 1_000_000_000_000;

    /// The amount in what was typed: `1,234.50` in English, `1.234,50` in German.
    ///
    /// # Errors
    /// `NotAnAmount`: other characters, too many digits after the mark, or more than [`Self::MOST`].
    pub fn parse(typed: &str, currency: Currency, language: Language) -> Result<Self, Problem> {
        let (mark, group) = marks(language);
        let (whole, fraction) = typed.trim().split_once(mark).unwrap_or((typed.trim(), ""));
        let digits = currency.digits() as usize;
        let whole = ungrouped(whole, group).ok_or(Problem::NotAnAmount)?;
        if whole.is_empty() || fraction.len() > digits || !fraction.bytes().all(|byte| byte.is_ascii_digit())
        {
            return Err(Problem::NotAnAmount);
        }
        format!("{whole}{fraction:0<digits$}")
            .parse()
            .ok()
            .filter(|minor| *minor <= Self::MOST)
            .map(|minor| Self { minor, currency })
            .ok_or(Problem::NotAnAmount)
    }

    /// The amount without its currency, as it is typed in that language.
    #[must_use]
    pub fn written(self, language: Language) -> String {
        let (mark, group) = marks(language);
        let digits = self.currency.digits() as usize;
        let all = format!("{:0>width$}", self.minor, width = digits + 1);
        let (whole, fraction) = all.split_at(all.len() - digits);
        let mut text = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(group);
            }
            text.push(digit);
        }
        if digits > 0 {
            text.push(mark);
            text.push_str(fraction);
        }
        text
    }
}

const fn marks(language: Language) -> (char, char) {
    match language {
        Language::English => ('.', ','),
        Language::German => (',', '.'),
    }
}

/// The digits without their group marks; groups, where there are any, have three digits.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let mut groups = whole.split(group);
    let first = groups.next()?;
    let even = groups.all(|digits| digits.len() == 3) && (first.len() <= 3 || !whole.contains(group));
    let digits: String = whole.chars().filter(|character| *character != group).collect();
    (even && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(typed: &str, code: &str, language: Language) -> Option<i64> {
        Money::parse(typed, Currency::parse(code).unwrap(), language).ok().map(|money| money.minor)
    }

    #[test]
    fn each_language_has_its_marks() {
        assert_eq!(parse("1,234.5", "EUR", Language::English), Some(123_450));
        assert_eq!(parse("1.234,5", "EUR", Language::German), Some(123_450));
        assert_eq!(parse("1.234", "EUR", Language::English), None);
        assert_eq!(parse("1,23,4", "EUR", Language::English), None);
        assert_eq!(parse("500", "JPY", Language::English), Some(500));
        assert_eq!(parse("5.0", "JPY", Language::English), None);
        assert_eq!(parse("-5", "EUR", Language::English), None);
        assert_eq!(parse("99999999999999999999", "EUR", Language::English), None);
    }

    #[test]
    fn what_is_written_can_be_typed() {
        for language in Language::ALL {
            for (minor, code) in
                [(0, "EUR"), (5, "EUR"), (123_456_789, "EUR"), (7, "JPY"), (1_234_567, "KWD")]
            {
                let currency = Currency::parse(code).unwrap();
                let money = Money { minor, currency };
                assert_eq!(Money::parse(&money.written(language), currency, language), Ok(money));
            }
        }
    }
}
