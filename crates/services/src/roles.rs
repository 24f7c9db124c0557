//! Roles and the matrix. Nobody gives or takes a permission that they don't hold themselves.

use crate::Services;
use domain::{
    Conflict, Error, Field, FieldError, PermissionSet, Problem, RoleId,
    history::{Action, Subject},
    name::RoleName,
    roles::{CopyRole, CreateRole, DeleteRole, Matrix, RenameRole, Role, SetPermissions},
};
use store::{Caller, Grant, Tx, grants::RolesManage, history, roles};

/// All roles.
///
/// # Errors
/// `Forbidden`.
pub async fn matrix(services: &Services, caller: &Caller) -> Result<Matrix, Error> {
    let grant = caller.require::<RolesManage>()?;
    Ok(Matrix { roles: roles::all(&mut services.store().read().await?, &grant).await? })
}

/// Creates a role without permissions.
///
/// # Errors
/// `Forbidden`, `Invalid`, `NameTaken`, `TooManyRoles`.
pub async fn create(services: &Services, caller: &Caller, request: CreateRole) -> Result<Role, Error> {
    let grant = caller.require::<RolesManage>()?;
    let name = parse_name(&request.name)?;
    let id = services
        .write_as(caller, async move |tx, caller| {
            let grant = caller.require::<RolesManage>()?;
            let id = roles::create(tx, &grant, &name, PermissionSet::EMPTY).await?;
            let action = Action::RoleCreated { role: name.as_str().to_owned() };
            history::record(tx, &grant, action, Subject::Role(id)).await?;
            Ok(id)
        })
        .await?;
    read(services, &grant, id).await
}

/// Creates a role with the permissions of another one, and without its people. *Platform admin* can be copied
/// too: the copy is a role like any other.
///
/// # Errors
/// `Forbidden`, also for a role that holds more than the caller; `NotFound`, `Stale`, `Invalid`, `NameTaken`,
/// `TooManyRoles`.
pub async fn copy(services: &Services, caller: &Caller, request: CopyRole) -> Result<Role, Error> {
    let grant = caller.require::<RolesManage>()?;
    let name = parse_name(&request.name)?;
    let id = services
        .write_as(caller, async move |tx, caller| {
            let grant = caller.require::<RolesManage>()?;
            let from = roles::find_at(tx, &grant, request.id, request.version).await?;
            may_hand_out(caller.rights(), from.permissions)?;
            let id = roles::create(tx, &grant, &name, from.permissions).await?;
            let action = Action::RoleCopied {
                from: from.name,
                role: name.as_str().to_owned(),
                granted: from.permissions.into(),
            };
            history::record(tx, &grant, action, Subject::Role(id)).await?;
            Ok(id)
        })
        .await?;
    read(services, &grant, id).await
}

/// Gives a role another name.
///
/// # Errors
/// `Forbidden`, also for a role that holds more than the caller; `NotFound`, `Invalid`, `NameTaken`,
/// `SystemRole`, `Stale`.
pub async fn rename(services: &Services, caller: &Caller, request: RenameRole) -> Result<Role, Error> {
    let grant = caller.require::<RolesManage>()?;
    let name = parse_name(&request.name)?;
    services
        .write_as(caller, async move |tx, caller| {
            let grant = caller.require::<RolesManage>()?;
            let role = roles::find_changeable(tx, &grant, request.id, request.version).await?;
            may_hand_out(caller.rights(), role.permissions)?;
            roles::rename(tx, &grant, role.id, &name).await?;
            let action = Action::RoleRenamed { from: role.name, to: name.as_str().to_owned() };
            history::record(tx, &grant, action, Subject::Role(role.id)).await
        })
        .await?;
    read(services, &grant, request.id).await
}

/// Deletes a role.
///
/// # Errors
/// `Forbidden`, also for a role that holds more than the caller; `NotFound`, `SystemRole`, `Stale`.
pub async fn delete(services: &Services, caller: &Caller, request: DeleteRole) -> Result<(), Error> {
    caller.require::<RolesManage>()?;
    services
        .write_as(caller, async move |tx, caller| {
            let grant = caller.require::<RolesManage>()?;
            let role = roles::find_changeable(tx, &grant, request.id, request.version).await?;
            may_hand_out(caller.rights(), role.permissions)?;
            roles::delete(tx, &grant, role.id).await?;
            history::record(tx, &grant, Action::RoleDeleted { role: role.name }, Subject::Role(role.id)).await
        })
        .await
}

/// Replaces the permissions of a role.
///
/// # Errors
/// `Forbidden` for a permission that the caller doesn't hold, `NotFound`, `SystemRole`, `Stale`,
/// `Invalid` for a set that is not closed, `ExternalUser` for what external holders can't have.
pub async fn set_permissions(
    services: &Services,
    caller: &Caller,
    request: SetPermissions,
) -> Result<Role, Error> {
    let grant = caller.require::<RolesManage>()?;
    if !request.permissions.is_closed() {
        return Err(FieldError { field: Field::Permissions, problem: Problem::NotClosed }.into());
    }
    services
        .write_as(caller, async move |tx, caller| {
            let grant = caller.require::<RolesManage>()?;
            let role = roles::find_changeable(tx, &grant, request.id, request.version).await?;
            change_permissions(tx, &grant, caller.rights(), (role, request.permissions)).await
        })
        .await?;
    read(services, &grant, request.id).await
}

/// Gives a role another set of permissions, and writes down which came and which went.
pub(crate) async fn change_permissions(
    tx: &mut Tx,
    grant: &Grant<RolesManage>,
    rights: domain::Rights,
    (role, wanted): (Role, PermissionSet),
) -> store::Result<()> {
    let (granted, revoked) = (wanted.minus(role.permissions), role.permissions.minus(wanted));
    may_hand_out(rights, granted.union(revoked))?;
    if role.held_by_external && roles::internal_only(granted) {
        return Err(Conflict::ExternalUser.into());
    }
    roles::set_permissions(tx, grant, &role, wanted).await?;
    let action =
        Action::RolePermissionsChanged { role: role.name, granted: granted.into(), revoked: revoked.into() };
    history::record(tx, grant, action, Subject::Role(role.id)).await
}

/// The rule that nobody hands out, or takes away, more than they hold.
pub(crate) fn may_hand_out(rights: domain::Rights, permissions: PermissionSet) -> Result<(), Error> {
    match rights.lack(permissions) {
        None => Ok(()),
        Some(lacking) => Err(Error::Forbidden { needs: Some(lacking) }),
    }
}

async fn read(services: &Services, grant: &Grant<RolesManage>, id: RoleId) -> Result<Role, Error> {
    Ok(roles::find(&mut services.store().read().await?, grant, id).await?)
}

fn parse_name(typed: &str) -> Result<RoleName, Error> {
    RoleName::parse(typed).map_err(|problem| FieldError { field: Field::Name, problem }.into())
}
