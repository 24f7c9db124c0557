//! Whom the last platform admin can hand the organisation over to, before they may go.

use crate::{Grant, Read, Result, connection::on_db, grants::RolesManage};
use domain::{UserId, profile::Successor};
use uuid::Uuid;

/// Those who can become platform admin: active, and of the organisation itself. At most 500, by name.
///
/// # Errors
/// The database failed.
pub async fn successors(read: &mut Read, grant: &Grant<RolesManage>) -> Result<Vec<Successor>> {
    let rows: Vec<(Uuid, String)> = on_db!(read, c => sqlx::query_as(
        "SELECT a.user_id, p.name FROM account a JOIN person p ON p.id = a.user_id
         WHERE a.organisation_id = $1 AND a.status = 'active' AND NOT a.external
           AND NOT EXISTS (SELECT 1 FROM role_assignment ra JOIN role r ON r.id = ra.role_id
                           WHERE ra.user_id = a.user_id AND r.system)
         ORDER BY a.sort_key, a.user_id LIMIT 500")
        .bind(grant.organisation().0).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id, name)| Successor { id: UserId(id), name }).collect())
}
