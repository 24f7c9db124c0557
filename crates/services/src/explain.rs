//! Why somebody can't do something, who can see something, and asking for a permission.
//!
//! What is missing is said by the [`domain::Rights`] that every request is refused by. Whoever asks is granted a
//! permission by being given a role, by the rules for giving roles; there is no other way.

use crate::{
    Services,
    local_time::local_time,
    roles::may_hand_out,
    users::{Giver, give_role},
};
use domain::{
    Conflict, Error, PermissionSet,
    explain::{
        AboutPermission, AskedState, Explanation, FindOpenRequest, GrantRequest, Granters, Holder, Holders,
        MOST_NAMED, OpenRequest, OpenRequests, OwnRequest,
    },
    rights::Missing,
    roles::{Role, RoleName},
};
use store::{
    Caller, Read,
    explain::{
        self,
        requests::{self, Stored, Waiting},
    },
    grants::{RolesManage, UsersView},
    limits::{self, Attempt, Limit, Whom},
    roles,
};

/// Why the caller doesn't hold a permission, which roles have it, and who can grant it.
///
/// # Errors
/// `Internal`.
pub async fn why(
    services: &Services,
    caller: &Caller,
    request: AboutPermission,
) -> Result<Explanation, Error> {
    let (grant, permission) = (caller.own(), request.permission);
    let (view, now) = (caller.may::<UsersView>(), services.store().clock().now());
    let mut read = services.store().read().await?;
    let roles = explain::roles_with(&mut read, &grant, permission).await?;
    let mut named = explain::granters(&mut read, &grant, view.as_ref(), (permission, now)).await?;
    let asked = own_requests(&mut read, caller).await?;
    let count = named.len();
    named.truncate(if view.is_some() { MOST_NAMED } else { 0 });
    Ok(Explanation {
        missing: caller.rights().missing(permission),
        roles,
        granters: Granters { count, named },
        asked: asked.into_iter().find(|asked| asked.permission == permission),
    })
}

/// What the caller asked for, but for what they took back. A preview shows what nobody asked for.
pub(crate) async fn own_requests(read: &mut Read, caller: &Caller) -> Result<Vec<OwnRequest>, Error> {
    if caller.preview().is_some() {
        return Ok(Vec::new());
    }
    let stored = requests::list_own(read, &caller.own()).await?;
    let local = |at| local_time(at, caller.time_zone());
    let shown = stored.into_iter().filter(|stored| stored.state != AskedState::TakenBack);
    let own = |stored: Stored| OwnRequest {
        permission: stored.permission,
        state: stored.state,
        asked: local(stored.asked_at),
        closed: stored.closed_at.map(local),
    };
    Ok(shown.map(own).collect())
}

/// Who holds a permission at this moment, and through which roles.
///
/// # Errors
/// `Forbidden`.
pub async fn holders(
    services: &Services,
    caller: &Caller,
    request: AboutPermission,
) -> Result<Holders, Error> {
    let grant = caller.require::<RolesManage>()?;
    let now = services.store().clock().now();
    let mut read = services.store().read().await?;
    let holders = explain::holders(&mut read, &grant, request.permission, now).await?;
    let count = holders.len();
    let named = holders.into_iter().take(MOST_NAMED);
    let named = named.map(|holder| Holder { user: holder.user, roles: holder.through }).collect();
    Ok(Holders { count, named })
}

/// Asks for a permission. Asking twice is one request.
///
/// # Errors
/// `AlreadyHeld`, `ExternalUser` for what external users never hold, `TooManyRequests`.
pub async fn ask(
    services: &Services,
    caller: &Caller,
    request: AboutPermission,
) -> Result<Explanation, Error> {
    match caller.rights().missing(request.permission) {
        Some(Missing::Role) => {}
        Some(Missing::External) => return Err(Conflict::ExternalUser.into()),
        Some(Missing::SecondFactor) | None => return Err(Conflict::AlreadyHeld.into()),
    }
    let (store, grant) = (services.store(), caller.own());
    let attempt = Attempt::new(store, Limit::PermissionRequest, Whom::User(caller.user()), None);
    limits::charge(store, &attempt).await?;
    let asked = store.write(async move |tx| requests::ask(tx, &grant, request.permission).await).await?;
    if !asked {
        limits::give_back(store, &attempt).await?;
    }
    why(services, caller, request).await
}

/// Takes one's own request back.
///
/// # Errors
/// `NotFound` where none waits, `RequestAnswered`.
pub async fn take_back(
    services: &Services,
    caller: &Caller,
    request: AboutPermission,
) -> Result<Explanation, Error> {
    let grant = caller.own();
    let permission = request.permission;
    services.store().write(async move |tx| requests::take_back(tx, &grant, permission).await).await?;
    why(services, caller, request).await
}

/// The requests of others that the caller can answer: for what they hold themselves.
///
/// # Errors
/// `Forbidden`.
pub async fn list(services: &Services, caller: &Caller) -> Result<OpenRequests, Error> {
    let grant = caller.require::<RolesManage>()?;
    let mut read = services.store().read().await?;
    let waiting = requests::list(&mut read, &grant, caller.rights().permissions()).await?;
    let roles = roles::all(&mut read, &grant).await?;
    Ok(OpenRequests { requests: waiting.into_iter().map(|waiting| open(caller, &roles, waiting)).collect() })
}

/// How many requests of others the caller can answer, if they can answer any.
pub(crate) async fn count(services: &Services, caller: &Caller) -> Result<Option<i64>, Error> {
    let Some(grant) = caller.may::<RolesManage>() else { return Ok(None) };
    let mut read = services.store().read().await?;
    Ok(Some(requests::count(&mut read, &grant, caller.rights().permissions()).await?))
}

fn open(caller: &Caller, roles: &[Role], waiting: Waiting) -> OpenRequest {
    let mut able: Vec<_> = roles
        .iter()
        .filter(|role| role.permissions.contains(waiting.permission))
        .filter(|role| may_hand_out(caller.rights(), role.permissions).is_ok())
        .filter(|role| !(waiting.user.external && roles::internal_only(role.permissions)))
        .collect();
    able.sort_by_key(|role| role.permissions.iter().count());
    OpenRequest {
        id: waiting.id,
        user: waiting.user,
        permission: waiting.permission,
        asked: local_time(waiting.asked_at, caller.time_zone()),
        roles: able.into_iter().map(|role| RoleName { id: role.id, name: role.name.clone() }).collect(),
    }
}

/// Grants what was asked for, by giving a role that has it, and says what else waits.
///
/// # Errors
/// `Forbidden` for a role that holds more than the caller, `NotFound`, `Invalid` for a role that isn't there or
/// doesn't have it, `ExternalUser`, `RequestTakenBack`, `RequestAnswered`.
pub async fn grant(
    services: &Services,
    caller: &Caller,
    request: GrantRequest,
) -> Result<OpenRequests, Error> {
    Giver::new(caller)?;
    services
        .write_as(caller, async move |tx, caller| {
            let giver = Giver::new(&caller)?;
            let (user, permission) = requests::find_open(tx, &giver.grant, request.id).await?;
            give_role(tx, &giver, user, (request.role, permission)).await
        })
        .await?;
    list(services, caller).await
}

/// Declines a request, and says what else waits.
///
/// # Errors
/// `Forbidden` for what the caller doesn't hold, `NotFound`, `RequestTakenBack`, `RequestAnswered`.
pub async fn decline(
    services: &Services,
    caller: &Caller,
    request: FindOpenRequest,
) -> Result<OpenRequests, Error> {
    caller.require::<RolesManage>()?;
    services
        .write_as(caller, async move |tx, caller| {
            let grant = caller.require::<RolesManage>()?;
            let (user, permission) = requests::find_open(tx, &grant, request.id).await?;
            may_hand_out(caller.rights(), PermissionSet::EMPTY.grant(permission))?;
            requests::decline(tx, &grant, request.id, user).await
        })
        .await?;
    list(services, caller).await
}
