//! Server functions: the roles matrix.

use crate::{Failure, api::Api, codec::StrictJson};
use domain::roles;
use leptos::prelude::*;

/// All roles with their permissions.
#[server(endpoint = "roles/matrix", protocol = Api<StrictJson>)]
pub async fn matrix() -> Result<roles::Matrix, Failure> {
    let (services, caller) = crate::context::current_to_read()?;
    Ok(services::roles::matrix(&services, &caller).await?)
}

/// Creates a role without permissions.
#[server(endpoint = "roles/create", protocol = Api<StrictJson>)]
pub async fn create(request: roles::CreateRole) -> Result<roles::Role, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::roles::create(&services, &caller, request).await?)
}

/// Creates a role with the permissions of another one.
#[server(endpoint = "roles/copy", protocol = Api<StrictJson>)]
pub async fn copy(request: roles::CopyRole) -> Result<roles::Role, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::roles::copy(&services, &caller, request).await?)
}

/// Gives a role another name.
#[server(endpoint = "roles/rename", protocol = Api<StrictJson>)]
pub async fn rename(request: roles::RenameRole) -> Result<roles::Role, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::roles::rename(&services, &caller, request).await?)
}

/// Deletes a role.
#[server(endpoint = "roles/delete", protocol = Api<StrictJson>)]
pub async fn delete(request: roles::DeleteRole) -> Result<(), Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::roles::delete(&services, &caller, request).await?)
}

/// Replaces the permissions of a role.
#[server(endpoint = "roles/set_permissions", protocol = Api<StrictJson>)]
pub async fn set_permissions(request: roles::SetPermissions) -> Result<roles::Role, Failure> {
    let (services, caller) = crate::context::current()?;
    Ok(services::roles::set_permissions(&services, &caller, request).await?)
}
