//! Server functions: users.

use crate::{
    Failure,
    codec::{Answer, StrictJson},
};
use domain::{second_factor, users};
use leptos::prelude::*;

/// A page of the list.
#[server(endpoint = "users/list", input = StrictJson, output = Answer)]
pub async fn list(request: users::ListUsers) -> Result<users::UserPage, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::list(&services, &caller, request).await?)
}

/// One user.
#[server(endpoint = "users/find", input = StrictJson, output = Answer)]
pub async fn find(request: users::FindUser) -> Result<users::User, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::find(&services, &caller, request).await?)
}

/// Creates a user, and a link for them to set their password.
#[server(endpoint = "users/create", input = StrictJson, output = Answer)]
pub async fn create(request: users::CreateUser) -> Result<users::PasswordLink, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::create(&services, &caller, request).await?)
}

/// Changes a user's fields.
#[server(endpoint = "users/update", input = StrictJson, output = Answer)]
pub async fn update(request: users::UpdateUser) -> Result<users::User, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::update(&services, &caller, request).await?)
}

/// Replaces a user's roles.
#[server(endpoint = "users/assign_roles", input = StrictJson, output = Answer)]
pub async fn assign_roles(request: users::AssignRoles) -> Result<users::User, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::assign_roles(&services, &caller, request).await?)
}

/// Takes every second factor of a user away.
#[server(endpoint = "users/reset_second_factor", input = StrictJson, output = Answer)]
pub async fn reset_second_factor(request: second_factor::ResetSecondFactor) -> Result<users::User, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::second_factor::reset(&services, &caller, request).await?)
}

/// Makes a new link to set the password; older ones die.
#[server(endpoint = "users/issue_link", input = StrictJson, output = Answer)]
pub async fn issue_link(request: users::IssueLink) -> Result<users::PasswordLink, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::issue_link(&services, &caller, request).await?)
}
