//! Suspending, reactivating and terminating a user.

use super::{find, for_others_with_proof, touchable};
use crate::{Services, retention, roles::may_hand_out};
use domain::{
    Conflict, Error,
    history::{Action, Subject},
    receipts::{Effects, Terminated},
    users::{ChangeUser, FindUser, User, UserStatus},
};
use store::{
    Caller,
    grants::{UsersManage, UsersView},
    history, receipts, termination, users,
};

/// Takes every way in from a user and ends all sessions at once; everything is kept.
///
/// # Errors
/// `Forbidden`, also where the user holds more than the caller; `NotFound`, `NotInThatState`, `Stale`,
/// `LastAdmin`.
pub async fn suspend(services: &Services, caller: &Caller, request: ChangeUser) -> Result<User, Error> {
    let grant = caller.require::<UsersManage>()?;
    services
        .write_as(caller, async move |tx, caller| {
            let account = touchable(tx, &caller, request.id).await?;
            users::suspend(tx, &grant, &account, request).await?;
            history::record(tx, &grant, Action::UserSuspended, Subject::User(request.id)).await
        })
        .await?;
    find(services, caller, FindUser { id: request.id }).await
}

/// Lifts a suspension.
///
/// # Errors
/// `Forbidden`, also where the user holds more than the caller; `NotFound`, `NotInThatState`, `Stale`.
pub async fn reactivate(services: &Services, caller: &Caller, request: ChangeUser) -> Result<User, Error> {
    let grant = caller.require::<UsersManage>()?;
    services
        .write_as(caller, async move |tx, caller| {
            let account = touchable(tx, &caller, request.id).await?;
            users::reactivate(tx, &grant, &account, request).await?;
            history::record(tx, &grant, Action::UserReactivated, Subject::User(request.id)).await
        })
        .await?;
    find(services, caller, FindUser { id: request.id }).await
}

/// What terminating a user would do.
///
/// # Errors
/// `Forbidden`, also where the user holds more than the caller; `NotFound`.
pub async fn preview_termination(
    services: &Services,
    caller: &Caller,
    request: FindUser,
) -> Result<Effects, Error> {
    let (grant, view) = (caller.require::<UsersManage>()?, caller.require::<UsersView>()?);
    let mut read = services.store().read().await?;
    let account = users::find(&mut read, &view, request.id).await?;
    may_hand_out(caller.rights(), account.permissions)?;
    Ok(retention::effects(services, receipts::preview(&mut read, &grant, request.id).await?))
}

/// Ends somebody's account for good. The name stays on what they did. The answer opens the receipt.
///
/// # Errors
/// `Forbidden`, also for oneself and where the user holds more than the caller; `ProofNeeded`,
/// `NotFound`, `NotInThatState` for an invitation, which is revoked, `Stale`, `LastAdmin`.
pub async fn terminate(
    services: &Services,
    caller: &Caller,
    request: ChangeUser,
) -> Result<Terminated, Error> {
    let grant = caller.require::<UsersManage>()?;
    for_others_with_proof(services, caller, request.id)?;
    let token = services.store().random().token();
    let (marking, receipt) = (grant.clone(), token.clone());
    services
        .write_as(caller, async move |tx, caller| {
            let account = touchable(tx, &caller, request.id).await?;
            if account.status == UserStatus::Invited {
                return Err(Conflict::NotInThatState.into());
            }
            if account.version != request.version {
                return Err(Conflict::Stale.into());
            }
            let ending = (request.id, Action::UserTerminated);
            termination::begin_user(tx, &marking, ending, Some(&receipt)).await
        })
        .await?;
    termination::finish_user(services.store(), &grant, request.id).await?;
    Ok(Terminated { receipt: token.reveal().to_owned() })
}
