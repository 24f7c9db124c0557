//! Fields of forms and what can be wrong with them, both closed, so that the words live in the
//! catalogue.

use crate::{
    Language, billing::BillingField, newsletters::NewsletterField, notice::NoticePart, password::Weakness,
    support::ChannelKind,
};
use serde::{Deserialize, Serialize};

/// A field that a person fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Field {
    /// The name of a person, partner, role or organisation.
    Name,
    /// An e-mail address.
    Email,
    /// A password: the only one of a form, or the new one.
    Password,
    /// The current password, beside a new one.
    CurrentPassword,
    /// The short name of the organisation at sign-in.
    Organisation,
    /// A language of the pages.
    Language,
    /// An IANA time zone.
    TimeZone,
    /// The roles of a user.
    Roles,
    /// The permissions of a role.
    Permissions,
    /// What kind of business a partner is.
    Kind,
    /// Whether a user is from outside the organisation.
    External,
    /// The last day of an external user's access.
    AccessEnds,
    /// A partner's web site.
    Website,
    /// A partner's country.
    Country,
    /// The person to talk to at a partner.
    ContactPerson,
    /// A note about a partner.
    Note,
    /// What is looked for.
    Search,
    /// The place in a list from where to go on.
    Cursor,
    /// One of the billing details.
    Billing(BillingField),
    /// Of a newsletter, in one of the languages.
    Newsletter(NewsletterField),
    /// A code of an app, or a recovery code.
    Code,
    /// The password or a code, to prove again who one is.
    Proof,
    /// Whether those who may change a lot need a second factor.
    SecondFactor,
    /// For how many years a name stays after billing details were last saved.
    NameYearsBilling,
    /// For how many years a name stays otherwise.
    NameYearsOther,
    /// A part of the privacy notice, in one language.
    Notice(Language, NoticePart),
    /// A way to reach the organisation.
    Channel(ChannelKind),
    /// When somebody is there.
    Hours(ChannelKind),
    /// Who the contact for data protection is.
    ProtectionContact,
    /// The e-mail address of the contact for data protection.
    ProtectionEmail,
    /// What a data request asks for.
    RequestKind,
    /// The words of a data request.
    RequestText,
    /// Why answering a data request takes longer.
    Reason,
    /// What is answered to a data request.
    Answer,
    /// A head of the history that was written down.
    HistoryHead,
    /// The request as a whole.
    Request,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// Nothing was given.
    Missing,
    /// More than `most` characters.
    TooLong {
        /// How many there may be.
        most: u32,
    },
    /// Fewer than `least` characters.
    TooShort {
        /// How many there must be.
        least: u32,
    },
    /// Invisible or direction-changing characters.
    ControlCharacters,
    /// Not an e-mail address.
    NotAnAddress,
    /// Not a web address.
    NotAWebsite,
    /// Not a web address that begins with https.
    NotAnHttpsAddress,
    /// Not a telephone number.
    NotAPhoneNumber,
    /// Not a day such as 2026-11-24.
    NotADate,
    /// A day that is over.
    InThePast,
    /// Not in the list of what there is.
    Unknown,
    /// Not an IBAN (ISO 13616): shape or check digits.
    NotAnIban,
    /// Not a BIC (ISO 9362).
    NotABic,
    /// Not a VAT identification number.
    NotAVatId,
    /// Not an amount of money in that currency.
    NotAnAmount,
    /// An amount without its currency.
    NeedsCurrency,
    /// Not a whole number from 0 to `most`.
    OutOfRange {
        /// The largest number.
        most: u32,
    },
    /// A permission without what it implies.
    NotClosed,
    /// Not readable at all: a field too many, too few, or of the wrong kind.
    Malformed,
    /// A password that is guessed too easily.
    GuessablePassword {
        /// What makes it so.
        weakness: Weakness,
    },
    /// The password that was given is not the current one.
    WrongPassword,
    /// The code is not right, or was used already.
    WrongCode,
    /// Not the name that has to be typed.
    AnotherName,
}

/// A field and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Which field.
    pub field: Field,
    /// What is wrong.
    pub problem: Problem,
}

/// Collects the problems of a form, so that all of them are shown at once.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldError>);

impl Fields {
    /// The value, or `None` and the problem is noted.
    pub fn take<T>(&mut self, field: Field, parsed: Result<T, Problem>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(problem) => {
                self.0.push(FieldError { field, problem });
                None
            }
        }
    }

    /// All that is wrong.
    #[must_use]
    pub fn errors(self) -> Vec<FieldError> {
        self.0
    }
}
