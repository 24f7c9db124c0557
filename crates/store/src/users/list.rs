//! The list of users, by name.

use super::{Read, Result, SEPARATOR, status};
use crate::{Grant, connection::on_db, grants::UsersView, sort_key::containing};
use domain::{
    RoleId, UserId,
    roles::RoleName,
    users::{ListUsers, PAGE, UserRow},
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    status: String,
    external: bool,
    roles: Option<String>,
}

/// At most one more than [`PAGE`] users by name: after `request.after`, or before `request.before`
/// in reverse.
///
/// # Errors
/// The database failed.
pub async fn list(read: &mut Read, grant: &Grant<UsersView>, request: &ListUsers) -> Result<Vec<UserRow>> {
    let from = request.before.or(request.after);
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    // Put together of fixed parts only.
    let rows: Vec<Row> = on_db!(read, c => sqlx::query_as(AssertSqlSafe(query(request)))
        .bind(grant.organisation().0).bind(from.map_or(Uuid::nil(), |id| id.0)).bind(containing(&request.search))
        .bind(limit).bind(request.status.map_or("", |status| status.code()))
        .bind(request.role.map_or(Uuid::nil(), |role| role.0)).fetch_all(c).await)?;
    rows.into_iter().map(Row::read).collect()
}

/// Each place is always bound, so the number of parameters doesn't depend on the request.
fn query(request: &ListUsers) -> String {
    let (compare, order) = if request.before.is_some() { ("<", "DESC") } else { (">", "ASC") };
    let cursor = match request.before.or(request.after) {
        Some(_) => format!(
            "(a.sort_key, a.user_id) {compare} (SELECT sort_key, user_id FROM account WHERE user_id = $2 AND organisation_id = $1)"
        ),
        None => "$2 IS NOT NULL".to_owned(),
    };
    let search = if request.search.is_empty() { "$3 <> ''" } else { "a.sort_key LIKE $3 ESCAPE '\\'" };
    let status =
        if request.status.is_some() { "a.status = $5" } else { "a.status <> 'terminating' AND $5 = ''" };
    let role = match request.role {
        Some(_) => "a.user_id IN (SELECT ra.user_id FROM role_assignment ra WHERE ra.role_id = $6)",
        None => "$6 IS NOT NULL",
    };
    let external = match request.external {
        Some(true) => "a.external",
        Some(false) => "NOT a.external",
        None => "TRUE",
    };
    format!(
        "SELECT a.user_id AS id, p.name, a.status, a.external,
                (SELECT string_agg(name, '{SEPARATOR}') FROM (
                    SELECT r.name FROM role_assignment ra JOIN role r ON r.id = ra.role_id
                    WHERE ra.user_id = a.user_id ORDER BY r.system DESC, r.sort_key) AS held) AS roles
         FROM account a JOIN person p ON p.id = a.user_id
         WHERE a.organisation_id = $1 AND {status} AND {cursor} AND {search} AND {role} AND {external}
         ORDER BY a.sort_key {order}, a.user_id {order} LIMIT $4"
    )
}

impl Row {
    fn read(self) -> Result<UserRow> {
        let roles = self.roles.as_deref();
        Ok(UserRow {
            id: UserId(self.id),
            name: self.name,
            status: status(&self.status)?,
            external: self.external,
            roles: roles.map(|names| names.split(SEPARATOR).map(str::to_owned).collect()).unwrap_or_default(),
        })
    }
}

/// The roles there are, to filter by: whoever sees users sees which roles they hold.
///
/// # Errors
/// The database failed.
pub async fn role_names(read: &mut Read, grant: &Grant<UsersView>) -> Result<Vec<RoleName>> {
    let rows: Vec<(Uuid, String)> = on_db!(read, c => sqlx::query_as(
        "SELECT id, name FROM role WHERE organisation_id = $1 ORDER BY system DESC, sort_key")
        .bind(grant.organisation().0).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id, name)| RoleName { id: RoleId(id), name }).collect())
}
