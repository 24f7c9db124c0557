//! Server functions: the session, signing in and out, links, the first set-up.
//!
//! Those that a form sends where no JavaScript runs take forms as well, and lead on by themselves.

use crate::{
    Failure,
    codec::{Answer, JsonOrForm, Secret, StrictJson},
};
use domain::sign_in;
use leptos::prelude::*;

/// Who is signed in, and what they may do now. Nobody is an answer too.
#[server(endpoint = "sign_in/current", input = StrictJson, output = Answer)]
pub async fn current() -> Result<Option<sign_in::Session>, Failure> {
    Ok(crate::context::session())
}

/// What the sign-in page needs to know.
#[server(endpoint = "sign_in/options", input = StrictJson, output = Answer)]
pub async fn options() -> Result<sign_in::SignInOptions, Failure> {
    Ok(services::sign_in::options(&crate::context::services()?).await?)
}

/// Signs in, and answers how to go on.
#[server(endpoint = "sign_in/sign_in", input = JsonOrForm, output = Answer)]
pub async fn sign_in(request: Secret<sign_in::SignIn>) -> Result<sign_in::Next, Failure> {
    let services = crate::context::services()?;
    let entry = services::sign_in::sign_in(&services, crate::context::visitor(), request.0).await?;
    Ok(crate::context::go_on(&services, &entry))
}

/// Ends the session, if there is one.
#[server(endpoint = "sign_in/sign_out", input = JsonOrForm, output = Answer)]
pub async fn sign_out() -> Result<(), Failure> {
    let services = crate::context::services()?;
    if let Some(caller) = crate::context::caller() {
        services::sign_in::sign_out(&services, &caller).await?;
    }
    crate::context::leave(&services);
    Ok(())
}

/// Changes the language of the pages, for this browser and for the account.
#[server(endpoint = "sign_in/set_language", input = StrictJson, output = Answer)]
pub async fn set_language(request: sign_in::SetLanguage) -> Result<(), Failure> {
    let services = crate::context::services()?;
    let language = request.language;
    services::sign_in::set_language(&services, crate::context::caller().as_ref(), request).await?;
    crate::context::set_language_cookie(&services, language);
    Ok(())
}

/// Whose password a link sets.
#[server(endpoint = "sign_in/check_link", input = StrictJson, output = Answer)]
pub async fn check_link(request: Secret<sign_in::CheckLink>) -> Result<sign_in::LinkOwner, Failure> {
    Ok(services::sign_in::check_link(&crate::context::services()?, request.0).await?)
}

/// Sets the password by link, signs in, and answers how to go on.
#[server(endpoint = "sign_in/set_password", input = JsonOrForm, output = Answer)]
pub async fn set_password(request: Secret<sign_in::SetPassword>) -> Result<sign_in::Next, Failure> {
    let services = crate::context::services()?;
    let entry = services::sign_in::set_password(&services, crate::context::visitor(), request.0).await?;
    Ok(crate::context::go_on(&services, &entry))
}

/// Whether the set-up link can be used.
#[server(endpoint = "sign_in/check_set_up", input = StrictJson, output = Answer)]
pub async fn check_set_up(request: Secret<sign_in::CheckLink>) -> Result<(), Failure> {
    Ok(services::sign_in::check_set_up(&crate::context::services()?, request.0).await?)
}

/// Creates the first organisation and its admin, signs in, and answers how to go on.
#[server(endpoint = "sign_in/set_up", input = JsonOrForm, output = Answer)]
pub async fn set_up(request: Secret<sign_in::SetUp>) -> Result<sign_in::Next, Failure> {
    let services = crate::context::services()?;
    let entry = services::sign_in::set_up(&services, crate::context::visitor(), request.0).await?;
    Ok(crate::context::go_on(&services, &entry))
}
