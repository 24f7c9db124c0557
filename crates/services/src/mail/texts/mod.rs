//! Every text of mails in every language, like the catalogue of the pages: a text that is missing in
//! one language does not compile.

mod english;
mod german;

use domain::{Language, mail::Message};

/// A text with the name of the organisation in it.
pub(super) type OfOrganisation = fn(&str) -> String;

/// The words of one message.
pub(super) struct Notice {
    pub(super) subject: OfOrganisation,
    pub(super) happened: OfOrganisation,
    pub(super) button: &'static str,
    /// What to do if it wasn't the reader.
    pub(super) not_you: OfOrganisation,
}

/// All texts of one language.
pub(super) struct Texts {
    pub(super) greeting: fn(&str) -> String,
    /// A moment and its time zone.
    pub(super) good_until: fn(&str, &str) -> String,
    pub(super) copy_hint: &'static str,
    pub(super) footer: OfOrganisation,
    /// Browser and system, where they are known.
    pub(super) device: fn(Option<&str>, Option<&str>) -> String,
    invitation: Notice,
    password_reset: Notice,
    address_confirmation: Notice,
    address_change: Notice,
    rights_changed: Notice,
    password_changed: Notice,
    passkey_added: Notice,
    passkey_removed: Notice,
    second_factor_on: Notice,
    second_factor_off: Notice,
    new_device: Notice,
    data_request_answered: Notice,
    data_request_extended: Notice,
    pub(super) newsletter: NewsletterTexts,
}

/// What stands around an issue of a newsletter.
pub(super) struct NewsletterTexts {
    /// What kind of mail it is.
    pub(super) kind: &'static str,
    /// The newsletter and the organisation.
    pub(super) why: fn(&str, &str) -> String,
    /// Leads to the page that stops it.
    pub(super) stop: &'static str,
    /// The subject of a test.
    pub(super) test_subject: fn(&str) -> String,
    /// What stands in a test in place of the link.
    pub(super) test: &'static str,
}

impl Texts {
    /// The words of a message; an issue of a newsletter brings its own.
    pub(super) const fn notice(&self, message: Message) -> Option<&Notice> {
        Some(match message {
            Message::Invitation => &self.invitation,
            Message::PasswordReset => &self.password_reset,
            Message::AddressConfirmation => &self.address_confirmation,
            Message::AddressChange => &self.address_change,
            Message::RightsChanged => &self.rights_changed,
            Message::PasswordChanged => &self.password_changed,
            Message::PasskeyAdded => &self.passkey_added,
            Message::PasskeyRemoved => &self.passkey_removed,
            Message::SecondFactorOn => &self.second_factor_on,
            Message::SecondFactorOff => &self.second_factor_off,
            Message::NewDevice(_) => &self.new_device,
            Message::DataRequestAnswered => &self.data_request_answered,
            Message::DataRequestExtended => &self.data_request_extended,
            Message::Newsletter | Message::NewsletterTest => return None,
        })
    }
}

/// The texts of a language.
pub(super) const fn of(language: Language) -> &'static Texts {
    match language {
        Language::English => &english::TEXTS,
        Language::German => &german::TEXTS,
    }
}
