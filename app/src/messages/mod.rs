//! Every text in every language. A file a feature, with the struct and both values side by side:
//! a text that is missing in one language does not compile.
//!
//! To add a text: a field in the feature's struct, and its words in `ENGLISH` and `GERMAN`. Texts
//! with something in them are functions. German says "Sie".

mod billing;
mod chain;
mod closing;
mod common;
mod explain;
mod failures;
mod fields;
mod frame;
mod history;
mod insights;
pub mod newsletters;
mod notice;
mod organisation;
mod overview;
mod partners;
mod permissions;
mod preview;
mod privacy;
mod profile;
mod receipts;
mod requests;
mod roles;
mod second_factor;
mod sign_in;
mod sign_ins;
mod support;
mod users;

use domain::Language;
use leptos::prelude::*;
use std::{marker::PhantomData, ops::Deref};

/// The texts of one feature in one language. It holds none of them, so that a browser that has not opened the
/// feature's pages need not have its texts: only reading one asks for them.
pub struct Texts<T> {
    language: Language,
    all: PhantomData<fn() -> T>,
}

/// The texts of a feature, in each language.
pub trait Written: Sized + 'static {
    /// Those in this language.
    fn of(language: Language) -> &'static Self;
}

impl<T: Written> Deref for Texts<T> {
    type Target = T;

    fn deref(&self) -> &T {
        T::of(self.language)
    }
}

macro_rules! catalogue {
    ($($(#[$what:meta])* $feature:ident: $Type:ident;)*) => {
        /// All texts of one language.
        pub struct Messages {
            $($(#[$what])* pub $feature: Texts<$feature::$Type>,)*
        }

        impl Messages {
            const fn of(language: Language) -> Self {
                Self { $($feature: Texts { language, all: PhantomData },)* }
            }
        }

        $(impl Written for $feature::$Type {
            fn of(language: Language) -> &'static Self {
                static ENGLISH: $feature::$Type = $feature::ENGLISH;
                static GERMAN: $feature::$Type = $feature::GERMAN;
                match language {
                    Language::English => &ENGLISH,
                    Language::German => &GERMAN,
                }
            }
        })*
    };
}

catalogue! {
    /// Words that every feature uses.
    common: Common;
    /// Navigation, switches, titles.
    frame: Frame;
    /// What permissions are called and allow.
    permissions: Permissions;
    /// Labels of fields and what can be wrong with them.
    fields: Fields;
    /// Why something can't be done, and asking for a right.
    explain: Explain;
    /// What can go wrong with a request.
    failures: Failures;
    /// Signing in, links, set-up.
    sign_in: SignIn;
    /// Where one is signed in, and the password.
    sign_ins: SignIns;
    /// One's own account.
    profile: Profile;
    /// The end of an account.
    receipts: Receipts;
    /// The organisation.
    organisation: Organisation;
    /// The history as a hash chain.
    chain: Chain;
    /// Closing the organisation.
    closing: Closing;
    /// The first page.
    overview: Overview;
    /// Partners.
    partners: Partners;
    /// Billing details.
    billing: Billing;
    /// The roles matrix.
    roles: Roles;
    /// The second factor and passkeys.
    second_factor: SecondFactor;
    /// Users.
    users: Users;
    /// The history.
    history: History;
    /// Anonymous usage.
    insights: Insights;
    /// The privacy notice.
    notice: Notice;
    /// Newsletters.
    newsletters: Newsletters;
    /// What is stored about oneself.
    privacy: Privacy;
    /// Preview: the app as a role or a user would see it.
    preview: Preview;
    /// How to reach the organisation.
    support: Support;
    /// Data requests.
    requests: Requests;
}

/// Names in the quotation marks of a language, one after the other.
fn quoted<T: AsRef<str>>(names: &[T], open: char, close: char) -> String {
    names.iter().map(|name| format!("{open}{}{close}", name.as_ref())).collect::<Vec<_>>().join(", ")
}

static ENGLISH: Messages = Messages::of(Language::English);
static GERMAN: Messages = Messages::of(Language::German);

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
