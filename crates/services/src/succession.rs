//! The last platform admin appoints another one. It works before the notice is agreed to, since
//! whoever doesn't agree must be able to go.

use crate::{Services, profile};
use domain::{
    Conflict, Error,
    history::{Action, Subject},
    profile::{Appoint, Successor, TerminationPreview},
    users::UserStatus,
};
use store::{
    Caller,
    grants::{RolesManage, UsersView},
    history, roles, succession, termination, users,
};

/// Whom the caller can appoint; nobody where they are not the last one or may not assign roles.
pub(crate) async fn successors(
    read: &mut store::Read,
    caller: &Caller,
    last_admin: bool,
) -> Result<Vec<Successor>, Error> {
    match caller.may::<RolesManage>().filter(|_| last_admin) {
        Some(grant) => Ok(succession::successors(read, &grant).await?),
        None => Ok(Vec::new()),
    }
}

/// Makes somebody else a platform admin too.
///
/// # Errors
/// `Forbidden`, also where there is another platform admin already, whose way is the page of the user;
/// `NotFound`, `ExternalUser`, `NotInThatState` for somebody who can't sign in.
pub async fn appoint(
    services: &Services,
    caller: &Caller,
    request: Appoint,
) -> Result<TerminationPreview, Error> {
    caller.require::<RolesManage>()?;
    services
        .write_as(caller, async move |tx, caller| {
            let (grant, view) = (caller.require::<RolesManage>()?, caller.require::<UsersView>()?);
            let own = caller.own();
            if !termination::is_last_admin(tx, &own).await? {
                return Err(Error::Forbidden { needs: None }.into());
            }
            let account = users::find(tx, &view, request.id).await?;
            if account.external {
                return Err(Conflict::ExternalUser.into());
            }
            let role = roles::all(tx, &grant).await?.into_iter().find(|role| role.system);
            let role = role.ok_or(store::Error::Corrupt("no platform admin"))?;
            if account.status != UserStatus::Active || account.roles.iter().any(|held| held.id == role.id) {
                return Err(Conflict::NotInThatState.into());
            }
            users::change_roles(tx, &grant, &account, &[role.id], &[]).await?;
            let action = Action::UserRolesChanged { added: vec![role.name], removed: Vec::new() };
            history::record(tx, &grant, action, Subject::User(request.id)).await
        })
        .await?;
    profile::preview_termination(services, caller).await
}
