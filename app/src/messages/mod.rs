//! Every text in every language. A file a feature, with the struct and both values side by side:
//! a text that is missing in one language does not compile.
//!
//! To add a text: a field in the feature's struct, and its words in `ENGLISH` and `GERMAN`. Texts
//! with something in them are functions. German says "Sie".

mod billing;
mod common;
mod failures;
mod fields;
mod frame;
mod history;
mod organisation;
mod overview;
mod partners;
mod permissions;
mod profile;
mod roles;
mod second_factor;
mod sign_in;
mod sign_ins;
mod users;

use domain::Language;
use leptos::prelude::*;

/// All texts of one language.
pub struct Messages {
    /// Words that every feature uses.
    pub common: common::Common,
    /// Navigation, switches, titles.
    pub frame: frame::Frame,
    /// What permissions are called and allow.
    pub permissions: permissions::Permissions,
    /// Labels of fields and what can be wrong with them.
    pub fields: fields::Fields,
    /// What can go wrong with a request.
    pub failures: failures::Failures,
    /// Signing in, links, set-up.
    pub sign_in: sign_in::SignIn,
    /// Where one is signed in, and the password.
    pub sign_ins: sign_ins::SignIns,
    /// One's own account.
    pub profile: profile::Profile,
    /// The organisation.
    pub organisation: organisation::Organisation,
    /// The first page.
    pub overview: overview::Overview,
    /// Partners.
    pub partners: partners::Partners,
    /// Billing details.
    pub billing: billing::Billing,
    /// The roles matrix.
    pub roles: roles::Roles,
    /// The second factor and passkeys.
    pub second_factor: second_factor::SecondFactor,
    /// Users.
    pub users: users::Users,
    /// The history.
    pub history: history::History,
}

macro_rules! catalogue {
    ($($name:ident = $value:ident;)*) => {$(
        static $name: Messages = Messages {
            common: common::$value,
            frame: frame::$value,
            permissions: permissions::$value,
            fields: fields::$value,
            failures: failures::$value,
            sign_in: sign_in::$value,
            sign_ins: sign_ins::$value,
            profile: profile::$value,
            organisation: organisation::$value,
            overview: overview::$value,
            partners: partners::$value,
            billing: billing::$value,
            roles: roles::$value,
            second_factor: second_factor::$value,
            users: users::$value,
            history: history::$value,
        };
    )*};
}

catalogue! {
    ENGLISH = ENGLISH;
    GERMAN = GERMAN;
}

/// The texts of a language.
#[must_use]
pub fn of(language: Language) -> &'static Messages {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
    }
}

/// Fixes the language for all components below: on the server that of the request, in the browser
/// that of the document.
pub fn provide_language() -> Language {
    #[cfg(feature = "ssr")]
    let language = crate::context::language();
    #[cfg(not(feature = "ssr"))]
    let language = document()
        .document_element()
        .and_then(|html| html.get_attribute("lang"))
        .and_then(|code| Language::from_code(&code))
        .unwrap_or_default();
    provide_context(language);
    language
}

/// The language of this page.
#[must_use]
pub fn language() -> Language {
    use_context().unwrap_or_default()
}

/// The texts of this page. Ask in the body of a component, not in a handler or after an `await`.
#[must_use]
pub fn messages() -> &'static Messages {
    of(language())
}
