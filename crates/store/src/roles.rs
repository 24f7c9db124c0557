//! Roles, their permissions, and who holds them.

use crate::{
    Error, Grant, Read, Result, System, Tx, connection::on_db, explain::requests, grants::RolesManage, links,
    mail, sessions::permissions, sign_in::announce_rights, sort_key, users::HeldRole,
};
use domain::{
    Conflict, OrganisationId, Permission, PermissionSet, RoleId, UserId,
    name::RoleName,
    roles::{MOST_ROLES, Role},
};
use uuid::Uuid;

/// The stored name of the system role.
pub const SYSTEM_NAME: &str = "Platform admin";

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    system: bool,
    version: i64,
    members: i64,
    held_by_external: bool,
    permissions: Option<String>,
}

impl Row {
    fn read(self) -> Result<Role> {
        let stored = permissions(self.permissions.as_deref())?;
        Ok(Role {
            id: RoleId(self.id),
            name: self.name,
            system: self.system,
            permissions: if self.system { PermissionSet::all() } else { stored },
            members: self.members,
            held_by_external: self.held_by_external,
            version: self.version,
        })
    }
}

/// Roles of an organisation, as the matrix shows them.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT r.id, r.name, r.system, r.version,
                    (SELECT COUNT(*) FROM role_assignment ra WHERE ra.role_id = r.id) AS members,
                    EXISTS (SELECT 1 FROM role_assignment ra JOIN account a ON a.user_id = ra.user_id
                            WHERE ra.role_id = r.id AND a.external) AS held_by_external,
                    (SELECT string_agg(rp.permission, ',') FROM role_permission rp WHERE rp.role_id = r.id)
                        AS permissions
             FROM role r WHERE r.organisation_id = $1 ",
            $which
        )
    };
}

/// All roles of the organisation: *Platform admin* first, then by name.
///
/// # Errors
/// The database failed.
pub async fn all(read: &mut Read, grant: &Grant<RolesManage>) -> Result<Vec<Role>> {
    let rows: Vec<Row> = on_db!(read, c => sqlx::query_as(select!("ORDER BY r.system DESC, r.sort_key"))
        .bind(grant.organisation().0).fetch_all(c).await)?;
    rows.into_iter().map(Row::read).collect()
}

/// One role.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn find(read: &mut Read, grant: &Grant<RolesManage>, id: RoleId) -> Result<Role> {
    let row: Option<Row> = on_db!(read, c => sqlx::query_as(select!("AND r.id = $2"))
        .bind(grant.organisation().0).bind(id.0).fetch_optional(c).await)?;
    row.ok_or(domain::Error::NotFound)?.read()
}

/// A role at the version that was on the screen.
///
/// # Errors
/// `NotFound`, `Stale`, or the database failed.
pub async fn find_at(read: &mut Read, grant: &Grant<RolesManage>, id: RoleId, version: i64) -> Result<Role> {
    let role = find(read, grant, id).await?;
    if role.version == version { Ok(role) } else { Err(Conflict::Stale.into()) }
}

/// A role that may be changed, at the version that was on the screen.
///
/// # Errors
/// `NotFound`, `SystemRole`, `Stale`, or the database failed.
pub async fn find_changeable(
    read: &mut Read,
    grant: &Grant<RolesManage>,
    id: RoleId,
    version: i64,
) -> Result<Role> {
    let role = find_at(read, grant, id, version).await?;
    if role.system { Err(Conflict::SystemRole.into()) } else { Ok(role) }
}

/// Creates a role with a set of permissions that is closed under implication.
///
/// # Errors
/// `TooManyRoles`, `NameTaken`, or the database failed.
pub async fn create(
    tx: &mut Tx,
    grant: &Grant<RolesManage>,
    name: &RoleName,
    permissions: PermissionSet,
) -> Result<RoleId> {
    let count: i64 = on_db!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM role WHERE organisation_id = $1")
        .bind(grant.organisation().0).fetch_one(c).await)?;
    if count >= MOST_ROLES {
        return Err(Conflict::TooManyRoles.into());
    }
    insert_filled(tx, grant.organisation(), name, permissions).await
}

/// Creates the system role of a new organisation.
pub(crate) async fn insert_system(tx: &mut Tx, organisation: OrganisationId) -> Result<RoleId> {
    insert(tx, organisation, SYSTEM_NAME, true).await
}

async fn insert_filled(
    tx: &mut Tx,
    organisation: OrganisationId,
    name: &RoleName,
    permissions: PermissionSet,
) -> Result<RoleId> {
    let id = insert(tx, organisation, name.as_str(), false).await?;
    for permission in permissions.iter() {
        insert_permission(tx, id, permission).await?;
    }
    Ok(id)
}

async fn insert(tx: &mut Tx, organisation: OrganisationId, name: &str, system: bool) -> Result<RoleId> {
    let id = tx.new_id();
    let inserted = on_db!(tx, c => sqlx::query(
        "INSERT INTO role (id, organisation_id, name, sort_key, system, version) VALUES ($1, $2, $3, $4, $5, 1)")
        .bind(id).bind(organisation.0).bind(name).bind(sort_key(name)).bind(system).execute(c).await.map(drop));
    inserted.map_err(|error| Error::unique(error, Conflict::NameTaken))?;
    announce_rights(tx, organisation);
    Ok(RoleId(id))
}

/// Gives a role another name.
///
/// # Errors
/// `NameTaken`, or the database failed.
pub async fn rename(tx: &mut Tx, grant: &Grant<RolesManage>, id: RoleId, name: &RoleName) -> Result<()> {
    let renamed = on_db!(tx, c => sqlx::query(
        "UPDATE role SET name = $3, sort_key = $4, version = version + 1 WHERE id = $1 AND organisation_id = $2")
        .bind(id.0).bind(grant.organisation().0).bind(name.as_str()).bind(sort_key(name.as_str()))
        .execute(c).await.map(drop));
    renamed.map_err(|error| Error::unique(error, Conflict::NameTaken))?;
    announce_rights(tx, grant.organisation());
    Ok(())
}

/// Deletes a role; assignments and permissions go with it.
///
/// # Errors
/// The database failed.
pub async fn delete(tx: &mut Tx, grant: &Grant<RolesManage>, id: RoleId) -> Result<()> {
    mail::tell_of_role(tx, grant, id).await?;
    on_db!(tx, c => sqlx::query("DELETE FROM role WHERE id = $1 AND organisation_id = $2")
        .bind(id.0).bind(grant.organisation().0).execute(c).await.map(drop))?;
    announce_rights(tx, grant.organisation());
    Ok(())
}

/// Replaces the permissions of a role by a set that is closed under implication.
///
/// # Errors
/// The database failed.
pub async fn set_permissions(
    tx: &mut Tx,
    grant: &Grant<RolesManage>,
    role: &Role,
    permissions: PermissionSet,
) -> Result<()> {
    on_db!(tx, c => sqlx::query(
        "UPDATE role SET version = version + 1 WHERE id = $1 AND organisation_id = $2")
        .bind(role.id.0).bind(grant.organisation().0).execute(c).await.map(drop))?;
    for permission in role.permissions.minus(permissions).iter() {
        on_db!(tx, c => sqlx::query("DELETE FROM role_permission WHERE role_id = $1 AND permission = $2")
            .bind(role.id.0).bind(permission.code()).execute(c).await.map(drop))?;
    }
    let granted = permissions.minus(role.permissions);
    for permission in granted.iter() {
        insert_permission(tx, role.id, permission).await?;
    }
    if !granted.is_empty() {
        links::end_all_of_role(tx, role.id).await?;
        requests::settle(tx, grant.organisation()).await?;
    }
    if permissions != role.permissions {
        mail::tell_of_role(tx, grant, role.id).await?;
    }
    announce_rights(tx, grant.organisation());
    Ok(())
}

async fn insert_permission(tx: &mut Tx, role: RoleId, permission: Permission) -> Result<()> {
    on_db!(tx, c => sqlx::query("INSERT INTO role_permission (role_id, permission) VALUES ($1, $2)")
        .bind(role.0).bind(permission.code()).execute(c).await.map(drop))?;
    Ok(())
}

/// Gives a role to a user.
pub(crate) async fn assign(tx: &mut Tx, user: UserId, role: RoleId) -> Result<()> {
    on_db!(tx, c => sqlx::query("INSERT INTO role_assignment (user_id, role_id) VALUES ($1, $2)")
        .bind(user.0).bind(role.0).execute(c).await.map(drop))?;
    Ok(())
}

/// Takes a role away from a user.
pub(crate) async fn unassign(tx: &mut Tx, user: UserId, role: RoleId) -> Result<()> {
    on_db!(tx, c => sqlx::query("DELETE FROM role_assignment WHERE user_id = $1 AND role_id = $2")
        .bind(user.0).bind(role.0).execute(c).await.map(drop))?;
    Ok(())
}

/// Refuses what would leave the organisation without an active platform admin. Call it after the
/// change, in its transaction.
pub(crate) async fn keep_an_admin(tx: &mut Tx, organisation: OrganisationId) -> Result<()> {
    let someone: bool = on_db!(tx, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM role r JOIN role_assignment ra ON ra.role_id = r.id
                        JOIN account a ON a.user_id = ra.user_id
                        WHERE r.organisation_id = $1 AND r.system AND a.status = 'active' AND NOT a.external)")
        .bind(organisation.0).fetch_one(c).await)?;
    if someone { Ok(()) } else { Err(Conflict::LastAdmin.into()) }
}

/// The roles of a user of the organisation: *Platform admin* first, then by name. What they grant is not yet
/// masked for external users.
pub(crate) async fn held_by(
    read: &mut Read,
    organisation: OrganisationId,
    user: UserId,
) -> Result<Vec<HeldRole>> {
    let rows: Vec<SetRow> = on_db!(read, c => sqlx::query_as(
        "SELECT r.id, r.name, r.system,
                (SELECT string_agg(rp.permission, ',') FROM role_permission rp WHERE rp.role_id = r.id)
         FROM role_assignment ra JOIN role r ON r.id = ra.role_id
         WHERE ra.user_id = $1 AND r.organisation_id = $2 ORDER BY r.system DESC, r.sort_key")
        .bind(user.0).bind(organisation.0).fetch_all(c).await)?;
    rows.into_iter().map(read_set).collect()
}

/// Every role of the organisation with what it grants: *Platform admin* first, then by name.
pub(crate) async fn sets(read: &mut Read, organisation: OrganisationId) -> Result<Vec<HeldRole>> {
    let rows: Vec<SetRow> = on_db!(read, c => sqlx::query_as(
        "SELECT r.id, r.name, r.system,
                (SELECT string_agg(rp.permission, ',') FROM role_permission rp WHERE rp.role_id = r.id)
         FROM role r WHERE r.organisation_id = $1 ORDER BY r.system DESC, r.sort_key")
        .bind(organisation.0).fetch_all(c).await)?;
    rows.into_iter().map(read_set).collect()
}

/// Id, name, whether it is *Platform admin*, and the codes of what it grants.
type SetRow = (Uuid, String, bool, Option<String>);

fn read_set((id, name, system, codes): SetRow) -> Result<HeldRole> {
    let stored = permissions(codes.as_deref())?;
    let permissions = if system { PermissionSet::all() } else { stored };
    Ok(HeldRole { id: RoleId(id), name, permissions })
}

/// For set-up and the demo: a role with its permissions.
///
/// # Errors
/// The database failed.
pub async fn create_filled(
    tx: &mut Tx,
    grant: &Grant<System>,
    name: &RoleName,
    permissions: PermissionSet,
) -> Result<RoleId> {
    insert_filled(tx, grant.organisation(), name, permissions).await
}

/// Whether a set of permissions is only for people of the organisation itself.
#[must_use]
pub fn internal_only(permissions: PermissionSet) -> bool {
    permissions.iter().any(Permission::internal_only)
}
