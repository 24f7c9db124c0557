//! Newsletters: topics that a user switches on, and the issues that are sent to those who have.

use crate::{
    Field, FieldError, Fields, IssueId, Language, NewsletterId, Problem, SafeHtml,
    text::{line, optional_line, optional_paragraphs},
    time::LocalTime,
};
use serde::{Deserialize, Serialize};

/// The longest name of a newsletter, and subject of an issue, in characters.
const NAME: u32 = 100;
/// The longest text beside a switch.
const TEXT: u32 = 400;
/// The longest body of an issue. Both languages fit into one request.
pub const BODY: u32 = 10_000;

/// What a person fills in about newsletters, in one of the languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NewsletterField {
    /// The name of a newsletter.
    Name(Language),
    /// What stands beside its switch.
    Text(Language),
    /// The subject of an issue.
    Subject(Language),
    /// What an issue says, in Markdown.
    Body(Language),
}

/// The same in every language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translated {
    /// In English.
    pub en: String,
    /// In German.
    pub de: String,
}

impl Translated {
    /// In that language.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::German => &self.de,
        }
    }
}

/// The words of a newsletter, as they are typed and as they are stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The name.
    pub name: Translated,
    /// What stands beside the switch: what one agrees to.
    pub text: Translated,
}

impl Words {
    /// The words as they are to be stored: every language is there.
    ///
    /// # Errors
    /// What is missing, too long, or can't be seen.
    pub fn parse(&self) -> Result<Self, Vec<FieldError>> {
        use NewsletterField as F;
        let mut fields = Fields::default();
        let mut words = Self::default();
        for language in Language::ALL {
            let name = line(self.name.of(language), NAME);
            let text = optional_paragraphs(self.text.of(language), TEXT);
            let name = fields.take(Field::Newsletter(F::Name(language)), name);
            let text = text.and_then(|text| text.ok_or(Problem::Missing));
            let text = fields.take(Field::Newsletter(F::Text(language)), text);
            *words.name.of_mut(language) = name.unwrap_or_default();
            *words.text.of_mut(language) = text.unwrap_or_default();
        }
        let errors = fields.errors();
        if errors.is_empty() { Ok(words) } else { Err(errors) }
    }
}

impl Translated {
    fn of_mut(&mut self, language: Language) -> &mut String {
        match language {
            Language::English => &mut self.en,
            Language::German => &mut self.de,
        }
    }
}

/// What an issue says. A language may be missing, but not both, and none by half.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssueTexts {
    /// The subject.
    pub subject: Translated,
    /// What it says, in Markdown.
    pub body: Translated,
}

impl IssueTexts {
    /// The texts as they are to be stored; a draft may be unfinished.
    ///
    /// # Errors
    /// What is too long or can't be seen.
    pub fn parse(&self) -> Result<Self, Vec<FieldError>> {
        use NewsletterField as F;
        let mut fields = Fields::default();
        let mut texts = Self::default();
        for language in Language::ALL {
            let subject = optional_line(self.subject.of(language), NAME);
            let body = optional_paragraphs(self.body.of(language), BODY);
            let subject = fields.take(Field::Newsletter(F::Subject(language)), subject).flatten();
            let body = fields.take(Field::Newsletter(F::Body(language)), body).flatten();
            *texts.subject.of_mut(language) = subject.unwrap_or_default();
            *texts.body.of_mut(language) = body.unwrap_or_default();
        }
        let errors = fields.errors();
        if errors.is_empty() { Ok(texts) } else { Err(errors) }
    }

    /// Whether it can be sent.
    ///
    /// # Errors
    /// What is missing: a subject without a body or the other way round, or everything.
    pub fn complete(&self) -> Result<(), Vec<FieldError>> {
        use NewsletterField as F;
        let nothing = Language::ALL.into_iter().all(|language| !self.has_some(language));
        let mut errors = Vec::new();
        for language in Language::ALL.into_iter().filter(|language| nothing || self.has_some(*language)) {
            let parts = [
                (F::Subject(language), self.subject.of(language)),
                (F::Body(language), self.body.of(language)),
            ];
            let missing = parts.into_iter().filter(|(_, text)| text.is_empty());
            errors.extend(
                missing.map(|(field, _)| FieldError {
                    field: Field::Newsletter(field),
                    problem: Problem::Missing,
                }),
            );
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    fn has_some(&self, language: Language) -> bool {
        !self.subject.of(language).is_empty() || !self.body.of(language).is_empty()
    }

    /// The language that a reader of `language` gets it in: the own one if it is there.
    #[must_use]
    pub fn language_for(&self, language: Language) -> Language {
        let other = Language::ALL.into_iter().find(|other| !self.body.of(*other).is_empty());
        if self.body.of(language).is_empty() { other.unwrap_or(language) } else { language }
    }
}

/// Where an opt-in or opt-out came from. The code is what the database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The switch on one's profile.
    Profile,
    /// The link in a mail, by its page or by a mail programme (RFC 8058).
    MailLink,
    /// The organisation closed the newsletter.
    Closed,
}

impl Source {
    /// What the database and the record hold.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::MailLink => "mail_link",
            Self::Closed => "newsletter_closed",
        }
    }

    /// The source of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Profile, Self::MailLink, Self::Closed].into_iter().find(|source| source.code() == code)
    }
}

/// A switch on one's profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switch {
    /// Of which newsletter.
    pub id: NewsletterId,
    /// Its name in the reader's language.
    pub name: String,
    /// What stands beside it.
    pub text: String,
    /// Which version of the text that is.
    pub text_version: i64,
    /// Whether it is on.
    pub on: bool,
}

/// Turns a switch.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetSwitch {
    /// Of which newsletter.
    pub id: NewsletterId,
    /// The version of the text that stood beside it.
    pub text_version: i64,
    /// Whether it is to be on.
    pub on: bool,
}

/// A newsletter in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsletterEntry {
    /// Which.
    pub id: NewsletterId,
    /// Its name in the reader's language.
    pub name: String,
    /// What stands beside the switch.
    pub text: String,
    /// How many receive it now.
    pub subscribers: i64,
    /// Whether it was closed.
    pub closed: bool,
}

/// A newsletter with its issues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newsletter {
    /// Which.
    pub id: NewsletterId,
    /// The version of its words.
    pub version: i64,
    /// Its words.
    pub words: Words,
    /// How many receive it now.
    pub subscribers: i64,
    /// Whether it was closed.
    pub closed: bool,
    /// Its issues, the newest first.
    pub issues: Vec<IssueEntry>,
}

/// An issue in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueEntry {
    /// Which.
    pub id: IssueId,
    /// The subject in the reader's language, or in the one there is; may be empty in a draft.
    pub subject: String,
    /// How far sending is; nothing for a draft.
    pub sending: Option<Sending>,
}

/// How far the sending of an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// When it began.
    pub at: LocalTime,
    /// How many had agreed at that moment.
    pub recipients: i64,
    /// To how many it was sent.
    pub sent: i64,
    /// For how many it is still on its way.
    pub waiting: i64,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Which.
    pub id: IssueId,
    /// Of which newsletter.
    pub newsletter: NewsletterId,
    /// The name of the newsletter in the reader's language.
    pub name: String,
    /// Grows with each change.
    pub version: i64,
    /// What it says.
    pub texts: IssueTexts,
    /// How many receive the newsletter now.
    pub subscribers: i64,
    /// Whether the newsletter was closed.
    pub closed: bool,
    /// How far sending is; nothing for a draft.
    pub sending: Option<Sending>,
}

/// How an issue will look, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// In which.
    pub language: Language,
    /// The subject.
    pub subject: String,
    /// What it says.
    pub html: SafeHtml,
}

/// Names a newsletter: to see it, or to begin an issue of it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindNewsletter {
    /// Which.
    pub id: NewsletterId,
}

/// A new newsletter.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateNewsletter {
    /// Its words.
    pub words: Words,
}

/// Gives a newsletter new words.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateNewsletter {
    /// Which.
    pub id: NewsletterId,
    /// The version that was on the screen.
    pub version: i64,
    /// Its words from now on.
    pub words: Words,
}

/// Closes a newsletter for good.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseNewsletter {
    /// Which.
    pub id: NewsletterId,
    /// The version that was on the screen.
    pub version: i64,
}

/// Names an issue.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindIssue {
    /// Which.
    pub id: IssueId,
}

/// Saves a draft.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveIssue {
    /// Which.
    pub id: IssueId,
    /// The version that was on the screen.
    pub version: i64,
    /// What it says.
    pub texts: IssueTexts,
}

/// Shows how what was typed will look.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviewIssue {
    /// What was typed.
    pub texts: IssueTexts,
}

/// Sends an issue, or deletes a draft, as it was on the screen.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendIssue {
    /// Which.
    pub id: IssueId,
    /// The version that was on the screen.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translated(en: &str, de: &str) -> Translated {
        Translated { en: en.into(), de: de.into() }
    }

    #[test]
    fn words_are_there_in_every_language() {
        let mut words = Words { name: translated(" News ", "Neues"), text: translated("What's new", "") };
        let missing = Field::Newsletter(NewsletterField::Text(Language::German));
        assert_eq!(words.parse(), Err(vec![FieldError { field: missing, problem: Problem::Missing }]));
        words.text.de = "Was neu ist".into();
        assert_eq!(words.parse().expect("words").name.en, "News");
    }

    #[test]
    fn an_issue_has_one_language_or_both_and_none_by_half() {
        let issue = |subject, body| IssueTexts { subject, body };
        assert!(issue(translated("A", ""), translated("a", "")).complete().is_ok());
        assert!(issue(translated("A", "B"), translated("a", "b")).complete().is_ok());
        assert_eq!(issue(translated("A", "B"), translated("a", "")).complete().unwrap_err().len(), 1);
        assert_eq!(issue(translated("", "B"), translated("", "")).complete().unwrap_err().len(), 1);
        assert_eq!(IssueTexts::default().complete().unwrap_err().len(), 4);
        let german = issue(translated("", "B"), translated("", "b"));
        assert_eq!(german.language_for(Language::English), Language::German);
        assert!(issue(Translated::default(), translated(&"x".repeat(10_001), "")).parse().is_err());
    }

    #[test]
    fn sources_are_read_as_they_are_written() {
        for source in [Source::Profile, Source::MailLink, Source::Closed] {
            assert_eq!(Source::from_code(source.code()), Some(source));
        }
        assert_eq!(Source::from_code("elsewhere"), None);
    }
}
