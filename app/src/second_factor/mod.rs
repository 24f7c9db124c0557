//! The second factor: on the profile, after the password, and passkeys in the browser.

#[cfg(feature = "hydrate")]
mod browser;
mod confirmation;
pub mod functions;
pub mod note;
pub mod page_code;
mod passkey_list;
pub mod passkey_sign_in;
mod recovery_codes;
pub mod reset;
pub mod section;
mod totp;

use crate::Failure;
use domain::second_factor::PasskeyQuestion;

/// Lets the browser answer a question about a passkey.
///
/// # Errors
/// `PasskeyRefused` if it has none, knows none, or somebody changed their mind.
pub(crate) async fn ask_browser(question: &PasskeyQuestion, adds: bool) -> Result<String, Failure> {
    #[cfg(feature = "hydrate")]
    let answer = browser::answer(&question.options, adds).await;
    #[cfg(not(feature = "hydrate"))]
    let answer: Option<String> = (question.options.is_empty() && adds).then(String::new);
    answer.ok_or_else(|| domain::Error::from(domain::Conflict::PasskeyRefused).into())
}
