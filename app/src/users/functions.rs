//! Server functions: users.

use crate::{Failure, api::Api, codec::StrictJson};
use domain::{receipts, second_factor, users};
use leptos::prelude::*;

/// A page of the list.
#[server(endpoint = "users/list", protocol = Api<StrictJson>)]
pub async fn list(request: users::ListUsers) -> Result<users::UserPage, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::users::list(&services, &caller, request).await?)
}

/// One user.
#[server(endpoint = "users/find", protocol = Api<StrictJson>)]
pub async fn find(request: users::FindUser) -> Result<users::User, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::users::find(&services, &caller, request).await?)
}

/// Invites a user.
#[server(endpoint = "users/create", protocol = Api<StrictJson>)]
pub async fn create(request: users::CreateUser) -> Result<users::Invited, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::create(&services, &caller, request).await?)
}

/// Changes a user's fields.
#[server(endpoint = "users/update", protocol = Api<StrictJson>)]
pub async fn update(request: users::UpdateUser) -> Result<users::User, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::update(&services, &caller, request).await?)
}

/// Replaces a user's roles.
#[server(endpoint = "users/assign_roles", protocol = Api<StrictJson>)]
pub async fn assign_roles(request: users::AssignRoles) -> Result<users::User, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::assign_roles(&services, &caller, request).await?)
}

/// Takes every second factor of a user away.
#[server(endpoint = "users/reset_second_factor", protocol = Api<StrictJson>)]
pub async fn reset_second_factor(request: second_factor::ResetSecondFactor) -> Result<users::User, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::second_factor::reset(&services, &caller, request).await?)
}

/// Makes a new link to set the password; older ones die.
#[server(endpoint = "users/issue_link", protocol = Api<StrictJson>)]
pub async fn issue_link(request: users::IssueLink) -> Result<users::PasswordLink, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::issue_link(&services, &caller, request).await?)
}

/// Sends an invitation again; older links die.
#[server(endpoint = "users/resend_invitation", protocol = Api<StrictJson>)]
pub async fn resend_invitation(request: users::FindUser) -> Result<users::Invited, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::resend_invitation(&services, &caller, request).await?)
}

/// Takes an invitation back, which erases the invited person.
#[server(endpoint = "users/revoke_invitation", protocol = Api<StrictJson>)]
pub async fn revoke_invitation(request: users::ChangeUser) -> Result<(), Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::revoke_invitation(&services, &caller, request).await?)
}

/// Takes a new address back that was not confirmed yet.
#[server(endpoint = "users/withdraw_address", protocol = Api<StrictJson>)]
pub async fn withdraw_address(request: users::FindUser) -> Result<users::User, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::withdraw_address(&services, &caller, request).await?)
}

/// Takes every way in from a user, and keeps everything.
#[server(endpoint = "users/suspend", protocol = Api<StrictJson>)]
pub async fn suspend(request: users::ChangeUser) -> Result<users::User, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::suspend(&services, &caller, request).await?)
}

/// Lifts a suspension.
#[server(endpoint = "users/reactivate", protocol = Api<StrictJson>)]
pub async fn reactivate(request: users::ChangeUser) -> Result<users::User, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::reactivate(&services, &caller, request).await?)
}

/// What terminating a user would do.
#[server(endpoint = "users/preview_termination", protocol = Api<StrictJson>)]
pub async fn preview_termination(request: users::FindUser) -> Result<receipts::Effects, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::users::preview_termination(&services, &caller, request).await?)
}

/// Ends a user's account for good.
#[server(endpoint = "users/terminate", protocol = Api<StrictJson>)]
pub async fn terminate(request: users::ChangeUser) -> Result<receipts::Terminated, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::terminate(&services, &caller, request).await?)
}

/// Gives one role to several users, or takes it from them.
#[server(endpoint = "users/assign_role", protocol = Api<StrictJson>)]
pub async fn assign_role(request: users::AssignRole) -> Result<users::RoleAssigned, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::users::assign_role(&services, &caller, request).await?)
}
