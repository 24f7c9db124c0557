//! The privacy notice: its parts, its versions, and agreeing to one. An agreement says that somebody
//! goes on with an account under that version; it is never a consent (Art. 6(1)(a) GDPR).

use crate::{
    Field, FieldError, Fields, Language, Problem, SafeHtml, text::optional_paragraphs, time::LocalTime,
};
use serde::{Deserialize, Serialize};

/// The most characters of a part.
pub const MOST: u32 = 5000;

/// A part of the notice: what changed, and what Art. 13 GDPR asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticePart {
    /// What is different from the version before.
    Changes,
    /// Who is responsible: Art. 13(1)(a).
    Controller,
    /// How to reach the data protection officer: Art. 13(1)(b).
    Contact,
    /// What data is for, and what allows it: Art. 13(1)(c) and (d), 13(2)(e) and (f).
    Purposes,
    /// Who gets to see it: Art. 13(1)(e) and (f).
    Recipients,
    /// How long it is kept: Art. 13(2)(a).
    Periods,
    /// What one can ask for: Art. 13(2)(b) and (c).
    Rights,
    /// The right to complain to an authority: Art. 13(2)(d).
    Complaint,
}

impl NoticePart {
    /// Every part, in the order of reading.
    pub const ALL: [Self; 8] = [
        Self::Changes,
        Self::Controller,
        Self::Contact,
        Self::Purposes,
        Self::Recipients,
        Self::Periods,
        Self::Rights,
        Self::Complaint,
    ];

    /// What the database holds.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Changes => "changes",
            Self::Controller => "controller",
            Self::Contact => "contact",
            Self::Purposes => "purposes",
            Self::Recipients => "recipients",
            Self::Periods => "periods",
            Self::Rights => "rights",
            Self::Complaint => "complaint",
        }
    }

    /// The part of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// A part in one language, in Markdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartText {
    /// In which language.
    pub language: Language,
    /// Which part.
    pub part: NoticePart,
    /// Markdown.
    pub text: String,
}

/// All parts in both languages, each within its bounds; some may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(Vec<PartText>);

impl Texts {
    /// What was typed. A part that isn't there is empty.
    ///
    /// # Errors
    /// `TooLong` or `ControlCharacters`, for each part that is.
    pub fn parse(typed: &[PartText]) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let mut texts = Vec::new();
        for part in NoticePart::ALL {
            for language in Language::ALL {
                let text = typed.iter().find(|it| it.part == part && it.language == language);
                let text = optional_paragraphs(text.map_or("", |it| it.text.as_str()), MOST);
                let text = fields.take(Field::Notice(language, part), text);
                texts.push(PartText { language, part, text: text.flatten().unwrap_or_default() });
            }
        }
        let errors = fields.errors();
        if errors.is_empty() { Ok(Self(texts)) } else { Err(errors) }
    }

    /// Whether it can be published: no part is without words in either language. The first version
    /// needn't say what changed.
    ///
    /// # Errors
    /// `Missing`, for each part that is.
    pub fn complete(&self, first: bool) -> Result<(), Vec<FieldError>> {
        let empty = |it: &&PartText| !it.text.contains(char::is_alphanumeric);
        let needed = |it: &&PartText| !(first && it.part == NoticePart::Changes);
        let missing = |it: &PartText| FieldError {
            field: Field::Notice(it.language, it.part),
            problem: Problem::Missing,
        };
        let errors: Vec<_> = self.0.iter().filter(empty).filter(needed).map(missing).collect();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Whether it says the same as the other, whatever either says about what changed.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let said = |texts: &Self| -> Vec<PartText> {
            texts.0.iter().filter(|it| it.part != NoticePart::Changes).cloned().collect()
        };
        said(self) == said(other)
    }

    /// Each part in each language.
    #[must_use]
    pub fn as_slice(&self) -> &[PartText] {
        &self.0
    }
}

/// Asks for a notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindNotice {
    /// The current one without; an earlier one only for those who are signed in.
    pub version: Option<i64>,
    /// Whose, where nobody is signed in and the installation holds several organisations.
    pub organisation: String,
}

/// A version of the notice, to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Whose.
    pub organisation: String,
    /// Which version.
    pub version: i64,
    /// When it was published.
    pub published: LocalTime,
    /// It is the one that holds now.
    pub current: bool,
    /// When the reader agreed to it.
    pub agreed: Option<LocalTime>,
    /// Its parts that say something.
    pub parts: Vec<ShownPart>,
    /// All versions, the newest first; none where nobody is signed in.
    pub editions: Vec<Edition>,
    /// Whether the reader is the last platform admin, who can only go by handing over or closing.
    pub last_admin: bool,
}

/// A part, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPart {
    /// In which language.
    pub language: Language,
    /// Which.
    pub part: NoticePart,
    /// Its text.
    pub html: SafeHtml,
}

/// That there is a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Which.
    pub version: i64,
    /// Since when.
    pub published: LocalTime,
}

/// Agrees to the current version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agree {
    /// The version that was on the screen.
    pub version: i64,
    /// Where to go on.
    #[serde(default)]
    pub return_to: String,
}

/// The next version, as it is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The published version that it would follow.
    pub current: i64,
    /// Grows with each saving; 0 while nothing was saved.
    pub version: i64,
    /// Every part in every language; those of the current version while nothing was saved.
    pub texts: Vec<PartText>,
    /// What they look like.
    pub shown: Vec<ShownPart>,
    /// How many people would be asked.
    pub users: i64,
}

/// Saves or publishes a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveNotice {
    /// The published version that was current when the page was loaded.
    pub current: i64,
    /// The version of the draft that was on the screen.
    pub version: i64,
    /// Every part in every language.
    pub texts: Vec<PartText>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(language: Language, part: NoticePart, text: &str) -> PartText {
        PartText { language, part, text: text.into() }
    }

    #[test]
    fn every_empty_part_is_named_in_its_language() {
        let typed = [
            text(Language::English, NoticePart::Controller, "Us"),
            text(Language::German, NoticePart::Controller, " "),
            text(Language::German, NoticePart::Rights, "# \n***"),
        ];
        let texts = Texts::parse(&typed).unwrap();
        let missing = texts.complete(true).unwrap_err();
        let named = |language, part| missing.iter().any(|it| it.field == Field::Notice(language, part));
        assert_eq!(missing.len(), 13);
        assert!(named(Language::German, NoticePart::Controller));
        assert!(named(Language::German, NoticePart::Rights), "signs alone say nothing");
        assert!(!named(Language::English, NoticePart::Controller));
        assert!(!named(Language::English, NoticePart::Changes));
        assert_eq!(texts.complete(false).unwrap_err().len(), 15);
    }

    #[test]
    fn huge_and_unseen_texts_are_refused_by_name() {
        let typed = [
            text(Language::English, NoticePart::Periods, &"x".repeat(100_000)),
            text(Language::German, NoticePart::Periods, "a\u{202e}b"),
        ];
        let problems: Vec<_> = Texts::parse(&typed).unwrap_err().iter().map(|it| it.problem).collect();
        assert_eq!(problems, [Problem::TooLong { most: MOST }, Problem::ControlCharacters]);
    }
}
