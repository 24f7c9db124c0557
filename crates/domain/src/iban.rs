//! Bank identifiers: IBAN (ISO 13616) and BIC (ISO 9362).

use crate::Problem;

/// An international bank account number whose check digits are right. Held without spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Iban(String);

impl Iban {
    /// The number in what was typed; spaces and case don't matter.
    ///
    /// # Errors
    /// `NotAnIban`.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let number = compact(typed);
        let shape = (15..=34).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && number.bytes().take(2).all(|byte| byte.is_ascii_alphabetic())
            && number.bytes().skip(2).take(2).all(|byte| byte.is_ascii_digit());
        if shape && remainder(&number) == 1 { Ok(Self(number)) } else { Err(Problem::NotAnIban) }
    }

    /// Without spaces, as it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups of four, as it is printed.
    #[must_use]
    pub fn grouped(&self) -> String {
        let groups: Vec<_> = self.0.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
        groups.join(" ")
    }
}

/// ISO 7064, MOD 97-10, over the number with its first four characters moved to the end.
fn remainder(number: &str) -> u32 {
    let (head, tail) = number.split_at(4);
    tail.chars().chain(head.chars()).filter_map(|character| character.to_digit(36)).fold(0, |sum, digit| {
        let shift = if digit > 9 { 100 } else { 10 };
        (sum * shift + digit) % 97
    })
}

/// A business identifier code: 8 or 11 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bic(String);

impl Bic {
    /// The code in what was typed; spaces and case don't matter.
    ///
    /// # Errors
    /// `NotABic`.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let code = compact(typed);
        let good = matches!(code.len(), 8 | 11)
            && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && code.bytes().skip(4).take(2).all(|byte| byte.is_ascii_alphabetic());
        if good { Ok(Self(code)) } else { Err(Problem::NotABic) }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A VAT identification number: two letters of the country and 2 to 13 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VatId(String);

impl VatId {
    /// The number in what was typed; spaces, dots, dashes and case don't matter.
    ///
    /// # Errors
    /// `NotAVatId`.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let number: String = compact(typed).chars().filter(|c| !matches!(c, '.' | '-')).collect();
        let good = (4..=15).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'*'))
            && number.bytes().take(2).all(|byte| byte.is_ascii_alphabetic());
        if good { Ok(Self(number)) } else { Err(Problem::NotAVatId) }
    }

    /// The number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn compact(typed: &str) -> String {
    typed.chars().filter(|character| !character.is_whitespace()).collect::<String>().to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked() {
        let iban = Iban::parse("se45 5000 0000 0583 9825 7466").unwrap();
        assert_eq!(iban.as_str(), "SE4550000000058398257466");
        assert_eq!(iban.grouped(), "SE45 5000 0000 0583 9825 7466");
        for bad in ["", "SE45 5000 0000 0583 9825 7467", "SE", "ÄÖ45 5000 0000 0583", "1245500000000583982"]
        {
            assert_eq!(Iban::parse(bad), Err(Problem::NotAnIban), "{bad}");
        }
    }

    #[test]
    fn other_identifiers_have_a_shape() {
        assert!(Bic::parse("ESSESESS").is_ok());
        assert_eq!(Bic::parse("ESSE1ESS"), Err(Problem::NotABic));
        assert_eq!(VatId::parse("SE 5566.7788-9901").unwrap().as_str(), "SE556677889901");
        assert_eq!(VatId::parse("12"), Err(Problem::NotAVatId));
    }
}
