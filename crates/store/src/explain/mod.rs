//! Who holds a permission at this moment, and through which roles: asked of the very [`Rights`] that a
//! caller is refused by. What people ask for is in [`requests`].

pub mod requests;

use crate::{
    Grant, Own, Read, Result,
    connection::{may_enter, on_db},
    grants::{RolesManage, UsersView},
    roles,
};
use domain::{OrganisationId, Permission, Rights, UserId, history::Named};
use uuid::Uuid;

/// Somebody who can sign in, and holds what was asked about.
#[derive(Clone, Debug)]
pub struct Holder {
    /// Who.
    pub user: Named<UserId>,
    /// What they hold altogether.
    pub rights: Rights,
    /// Names of the roles through which they hold what was asked about.
    pub through: Vec<String>,
}

/// Names of the roles that have a permission: *Platform admin* first, then by name.
///
/// # Errors
/// The database failed.
pub async fn roles_with(read: &mut Read, grant: &Grant<Own>, permission: Permission) -> Result<Vec<String>> {
    let all = roles::sets(read, grant.organisation()).await?;
    let with = all.into_iter().filter(|role| role.permissions.contains(permission));
    Ok(with.map(|role| role.name).collect())
}

/// All who hold a permission at `now` (unix milliseconds), by name.
///
/// # Errors
/// The database failed.
pub async fn holders(
    read: &mut Read,
    grant: &Grant<RolesManage>,
    permission: Permission,
    now: i64,
) -> Result<Vec<Holder>> {
    able(read, grant.organisation(), permission, now).await
}

/// All who can grant a permission at `now` (unix milliseconds), by name. Without the grant to view users they
/// have no names.
///
/// # Errors
/// The database failed.
pub async fn granters(
    read: &mut Read,
    grant: &Grant<Own>,
    view: Option<&Grant<UsersView>>,
    (permission, now): (Permission, i64),
) -> Result<Vec<Named<UserId>>> {
    let managers = able(read, grant.organisation(), Permission::RolesManage, now).await?;
    let mut able: Vec<_> = managers
        .into_iter()
        .filter(|manager| manager.rights.may_answer_for(permission))
        .map(|manager| manager.user)
        .collect();
    if view.is_none() {
        able.iter_mut().for_each(|named| named.name = String::new());
    }
    Ok(able)
}

#[derive(sqlx::FromRow)]
struct Row {
    user_id: Uuid,
    name: String,
    external: bool,
    role_id: Uuid,
    second_factor_required: bool,
    has_app: bool,
    has_passkey: bool,
}

/// Those whose rights allow it. The query finds who has a role with it; whether they hold it, the rights say.
async fn able(
    read: &mut Read,
    organisation: OrganisationId,
    permission: Permission,
    now: i64,
) -> Result<Vec<Holder>> {
    let rows: Vec<Row> = on_db!(read, c => sqlx::query_as(
        concat!("SELECT a.user_id, p.name, a.external, ra.role_id, o.second_factor_required,
                EXISTS (SELECT 1 FROM totp t WHERE t.user_id = a.user_id AND t.confirmed) AS has_app,
                EXISTS (SELECT 1 FROM passkey k WHERE k.user_id = a.user_id) AS has_passkey
         FROM account a
         JOIN person p ON p.id = a.user_id
         JOIN organisation o ON o.id = a.organisation_id
         JOIN role_assignment ra ON ra.user_id = a.user_id
         WHERE a.organisation_id = $1 AND ", may_enter!("$3"), " AND a.user_id IN (
             SELECT held.user_id FROM role_assignment held JOIN role r ON r.id = held.role_id
             WHERE r.organisation_id = $1 AND (r.system OR EXISTS (
                 SELECT 1 FROM role_permission rp WHERE rp.role_id = r.id AND rp.permission = $2)))
         ORDER BY a.sort_key, a.user_id"))
        .bind(organisation.0).bind(permission.code()).bind(now).fetch_all(c).await)?;
    let roles = roles::sets(read, organisation).await?;
    let holders = rows.chunk_by(|one, next| one.user_id == next.user_id).filter_map(|rows| {
        let held: Vec<_> = roles
            .iter()
            .filter(|role| rows.iter().any(|row| row.role_id == role.id.0))
            .map(|role| (role.name.clone(), role.permissions))
            .collect();
        holder(rows.first()?, &held, permission)
    });
    Ok(holders.collect())
}

fn holder(row: &Row, held: &[(String, domain::PermissionSet)], permission: Permission) -> Option<Holder> {
    let granted = held.iter().flat_map(|(_, set)| set.iter()).collect();
    let lacks_factor = row.second_factor_required && !row.has_app && !row.has_passkey;
    let rights = Rights::of_this_moment(granted, row.external, lacks_factor);
    let right = rights.through(held).into_iter().find(|right| right.permission == permission)?;
    let user = Named { id: UserId(row.user_id), name: row.name.clone(), external: row.external, gone: false };
    Some(Holder { user, rights, through: right.roles })
}
