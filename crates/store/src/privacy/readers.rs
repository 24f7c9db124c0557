//! How many people hold a permission, to say who can read something.

use crate::{Grant, Own, Read, Result, connection::on_db};
use domain::Permission;
use std::collections::BTreeMap;

/// How many active users of the organisation hold each permission, at `now` (unix milliseconds).
///
/// # Errors
/// The database failed.
pub async fn count(read: &mut Read, grant: &Grant<Own>, now: i64) -> Result<BTreeMap<Permission, i64>> {
    const ACTIVE: &str = "a.organisation_id = $1 AND a.status = 'active'
         AND (a.access_ends_at IS NULL OR a.access_ends_at > $2)";
    const ADMIN: &str = "EXISTS (SELECT 1 FROM role_assignment s JOIN role r ON r.id = s.role_id
                                 WHERE s.user_id = a.user_id AND r.system)";
    let admins = format!("SELECT COUNT(*) FROM account a WHERE {ACTIVE} AND {ADMIN}");
    let others = format!(
        "SELECT rp.permission, a.external, COUNT(DISTINCT a.user_id) FROM account a
         JOIN role_assignment ra ON ra.user_id = a.user_id JOIN role_permission rp ON rp.role_id = ra.role_id
         WHERE {ACTIVE} AND NOT {ADMIN} GROUP BY rp.permission, a.external"
    );
    let organisation = grant.organisation().0;
    // Put together of the fixed parts above only.
    let admins: i64 = on_db!(read, c => sqlx::query_scalar(sqlx::AssertSqlSafe(admins))
        .bind(organisation).bind(now).fetch_one(c).await)?;
    let others: Vec<(String, bool, i64)> = on_db!(read, c => sqlx::query_as(sqlx::AssertSqlSafe(others))
        .bind(organisation).bind(now).fetch_all(c).await)?;
    let mut counts: BTreeMap<_, _> =
        Permission::ALL.into_iter().map(|permission| (permission, admins)).collect();
    for (code, external, count) in others {
        let Some(permission) = Permission::from_code(&code) else { continue };
        // What an external user can never hold is masked, whatever their roles say.
        if !(external && permission.internal_only()) {
            *counts.entry(permission).or_default() += count;
        }
    }
    Ok(counts)
}
