//! Previews: a session that looks at the app as a role or a user would see it. Only [`sessions`](crate::sessions)
//! applies one, so that there is no caller without the preview of their session.

use crate::{
    Caller, Error, Grant, Read, Result, Tx,
    connection::on_db,
    grants::{RolesManage, UsersView},
    roles, second_factor, users,
};
use domain::{
    Error as Refused, Rights, RoleId, UserId,
    event::{Event, EventKind},
    preview::{Target, View, Viewed},
};
use uuid::Uuid;

/// Starts a preview in the session that the caller came with. Whoever may preview may manage roles, and users are
/// only previewed by those who see them.
///
/// # Errors
/// `Unauthenticated` if the session ended meanwhile, or the database failed.
pub async fn start(tx: &mut Tx, caller: &Caller, _grant: &Grant<RolesManage>, target: Target) -> Result<()> {
    let (role, user) = match target {
        Target::Role(role) => (Some(role.0), None),
        Target::User(user) => (None, Some(user.0)),
    };
    let started = on_db!(tx, c => sqlx::query(
        "INSERT INTO preview (token_hash, role_id, user_id)
         SELECT token_hash, $2, $3 FROM session WHERE token_hash = $1
         ON CONFLICT (token_hash) DO UPDATE SET role_id = $2, user_id = $3")
        .bind(caller.token_hash()).bind(role).bind(user).execute(c).await.map(|done| done.rows_affected()))?;
    if started == 0 {
        return Err(Refused::Unauthenticated.into());
    }
    announce(tx, caller);
    Ok(())
}

/// Ends it, if there is one.
///
/// # Errors
/// The database failed.
pub async fn end(tx: &mut Tx, caller: &Caller) -> Result<()> {
    on_db!(tx, c => sqlx::query("DELETE FROM preview WHERE token_hash = $1")
        .bind(caller.token_hash()).execute(c).await.map(drop))?;
    announce(tx, caller);
    Ok(())
}

/// Other open pages of the session learn of it.
fn announce(tx: &mut Tx, caller: &Caller) {
    let (organisation, user) = (caller.organisation(), Some(caller.user()));
    tx.announce(Event { organisation, user, kind: EventKind::RightsChanged });
}

/// The caller as the preview of their session shows them. If what is previewed is gone, or they may not preview any
/// more, they still are in a preview, and see nothing in it.
pub(crate) async fn apply(read: &mut Read, caller: Caller) -> Result<Caller> {
    let own = caller.rights().permissions();
    let (of, rights) = match view(read, &caller).await {
        Ok((of, rights)) => (Some(of), rights),
        Err(Error::Refused(Refused::NotFound | Refused::Forbidden { .. })) => (None, Rights::default()),
        Err(error) => return Err(error),
    };
    let seen = rights.seen_by(own);
    let hidden = rights.permissions().minus(seen.permissions());
    Ok(caller.in_preview(seen, View { of, hidden }))
}

/// Whose view it is, and what they hold, by the very functions that decide for a caller.
async fn view(read: &mut Read, caller: &Caller) -> Result<(Viewed, Rights)> {
    let row: Option<(Option<Uuid>, Option<Uuid>)> = on_db!(read, c => sqlx::query_as(
        "SELECT role_id, user_id FROM preview WHERE token_hash = $1")
        .bind(caller.token_hash()).fetch_optional(c).await)?;
    let grant = caller.require::<RolesManage>()?;
    match row {
        Some((Some(role), _)) => of_role(read, &grant, RoleId(role)).await,
        Some((None, Some(user))) => {
            let view = caller.require::<UsersView>()?;
            of_user(read, (&grant, &view), UserId(user)).await
        }
        _ => Err(Refused::NotFound.into()),
    }
}

async fn of_role(read: &mut Read, grant: &Grant<RolesManage>, id: RoleId) -> Result<(Viewed, Rights)> {
    let role = roles::find(read, grant, id).await?;
    let rights = Rights::new(role.permissions, false);
    let of = Viewed { target: Target::Role(id), roles: vec![role.name.clone()], name: role.name };
    Ok((of, rights))
}

async fn of_user(
    read: &mut Read,
    (grant, view): (&Grant<RolesManage>, &Grant<UsersView>),
    id: UserId,
) -> Result<(Viewed, Rights)> {
    let account = users::find(read, view, id).await?;
    let lacks_factor = second_factor::is_missed_by(read, grant, id).await?;
    let rights = Rights::of_this_moment(account.permissions, account.external, lacks_factor);
    let roles = account.roles.into_iter().map(|role| role.name).collect();
    Ok((Viewed { target: Target::User(id), name: account.name, roles }, rights))
}
