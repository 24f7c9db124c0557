//! Data requests: what somebody asks about their data (Art. 15 to 21 GDPR), and what is answered.
//!
//! A request has a number of its own in the organisation and a day by which it has to be answered:
//! a month later (Art. 12(3)), which can be moved once by two months. Texts are `None` once they
//! were erased; that a request was made and answered, and when, stays.

use crate::{
    DataRequestId, Field, FieldError, Problem, UserId,
    history::Named,
    text::optional_paragraphs,
    time::{Date, LocalTime},
};
use serde::{Deserialize, Serialize};

/// Rows on one page of a list.
pub const PAGE: usize = 25;
/// The largest number of characters in a request, a reason or an answer.
pub const MOST_TEXT: u32 = 10_000;
/// Months until a request has to be answered (Art. 12(3) GDPR).
pub const MONTHS_TO_ANSWER: u8 = 1;
/// Months that can be added once, with a reason (Art. 12(3) GDPR).
pub const MONTHS_OF_EXTENSION: u8 = 2;
/// Full years that texts are kept after the year in which a request was closed.
pub const YEARS_KEPT: i16 = 3;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// What the database and addresses hold.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The one of that code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.code() == code)
            }
        }
    };
}

codes! {
    /// What is asked for.
    RequestKind {
        /// To see one's data (Art. 15).
        Access = "access",
        /// To have it corrected (Art. 16).
        Rectification = "rectification",
        /// To have it erased (Art. 17).
        Erasure = "erasure",
        /// To have its use restricted (Art. 18).
        Restriction = "restriction",
        /// To object to its use (Art. 21).
        Objection = "objection",
        /// Anything else about one's data.
        Question = "question",
    }
}

codes! {
    /// Where a request stands.
    RequestState {
        /// It waits for an answer.
        Open = "open",
        /// It was answered.
        Answered = "answered",
        /// Its author took it back, or left.
        Withdrawn = "withdrawn",
    }
}

/// Files a request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRequest {
    /// What is asked for.
    pub kind: RequestKind,
    /// In the author's words.
    pub text: String,
}

/// The words of a request, a reason or an answer: at least one character, at most [`MOST_TEXT`].
///
/// # Errors
/// `Missing`, `TooLong` or `ControlCharacters`, at `field`.
pub fn parse_text(field: Field, typed: &str) -> Result<String, FieldError> {
    let parsed = optional_paragraphs(typed, MOST_TEXT).and_then(|text| text.ok_or(Problem::Missing));
    parsed.map_err(|problem| FieldError { field, problem })
}

/// Asks for one request, or takes it back.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindRequest {
    /// Which.
    pub id: DataRequestId,
}

/// Answers a request, or gives the reason why it takes longer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyToRequest {
    /// Which.
    pub id: DataRequestId,
    /// The answer, or the reason.
    pub text: String,
}

/// Asks for a page of one's own requests, newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListOwnRequests {
    /// The last request of the page before.
    pub after: Option<DataRequestId>,
}

/// Asks for a page of the organisation's requests by the day they are due: open ones that are due
/// first come first, closed ones last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListRequests {
    /// Only those that stand there.
    pub state: RequestState,
    /// The last request of the page before.
    pub after: Option<DataRequestId>,
    /// The first request of the page after, to go back.
    pub before: Option<DataRequestId>,
}

/// A page of requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestPage {
    /// At most [`PAGE`].
    pub requests: Vec<RequestRow>,
    /// Whether there is a page before.
    pub has_previous: bool,
    /// Whether there is a page after.
    pub has_next: bool,
}

/// A row of a list: no text of a request is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRow {
    /// Which.
    pub id: DataRequestId,
    /// Its number in the organisation.
    pub number: i64,
    /// What is asked for.
    pub kind: RequestKind,
    /// Where it stands.
    pub state: RequestState,
    /// Who asks.
    pub author: Named<UserId>,
    /// When it was filed.
    pub filed: LocalTime,
    /// The last day to answer on.
    pub due: Date,
    /// It is open, and that day is over.
    pub overdue: bool,
    /// The day was moved.
    pub extended: bool,
}

/// A request with all its texts, for its author and for those who answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataRequest {
    /// What the lists show.
    pub row: RequestRow,
    /// It is the reader's own.
    pub own: bool,
    /// What was asked.
    pub text: Option<String>,
    /// When the day was moved.
    pub extended_at: Option<LocalTime>,
    /// Why.
    pub reason: Option<String>,
    /// When it was answered or taken back.
    pub closed: Option<LocalTime>,
    /// Who answered.
    pub answered_by: Option<Named<UserId>>,
    /// What was answered.
    pub answer: Option<String>,
    /// From which day on its texts are gone; only once it is closed and they are still there.
    pub erased_on: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_what_travels() {
        for kind in RequestKind::ALL {
            assert_eq!(RequestKind::from_code(kind.code()), Some(*kind));
            assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{}\"", kind.code()));
        }
        for state in RequestState::ALL {
            assert_eq!(RequestState::from_code(state.code()), Some(*state));
            assert_eq!(serde_json::to_string(state).unwrap(), format!("\"{}\"", state.code()));
        }
    }

    #[test]
    fn a_text_is_there_and_not_endless() {
        let problem = |typed: &str| parse_text(Field::RequestText, typed).map_err(|error| error.problem);
        assert_eq!(problem("  Why?\nTell me. "), Ok("Why?\nTell me.".into()));
        assert_eq!(problem(" \n "), Err(Problem::Missing));
        assert_eq!(problem(&"x".repeat(100_000)), Err(Problem::TooLong { most: MOST_TEXT }));
        assert!(problem(&"ä".repeat(10_000)).is_ok());
    }
}
