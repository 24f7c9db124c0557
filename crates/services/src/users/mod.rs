//! Users and their roles. Nobody touches somebody who holds more than they do, and assigning roles
//! takes `roles.manage`.

mod change;
mod invitation;
mod roles;
mod standing;

pub(crate) use change::{Address, CONFIRM_MILLISECONDS, may_ask_for_address};
pub use change::{update, withdraw_address};
pub use invitation::{create, issue_link, resend_invitation, revoke_invitation};
pub(crate) use roles::{Giver, give_role, take_back};
pub use roles::{assign_role, assign_roles};
pub use standing::{preview_termination, reactivate, suspend, terminate};

use crate::{
    Services,
    local_time::{end_of_day, last_day, local_time},
    roles::may_hand_out,
};
use domain::{
    Error, Field, FieldError, Problem, Rights, UserId,
    mail::LatestMail,
    rights::EffectiveRights,
    roles::{Role, RoleName},
    time::Date,
    users::{AssignableRole, FindUser, ListUsers, PAGE, SentMail, User, UserPage},
};
use store::{
    Caller, Tx, address_change,
    grants::{RolesManage, UsersManage, UsersView},
    mail, roles as stored_roles, second_factor, user_contact,
    users::{self, Account, HeldRole},
};

/// A page of the list.
///
/// # Errors
/// `Forbidden`, `Invalid` for a search that can't be.
pub async fn list(services: &Services, caller: &Caller, request: ListUsers) -> Result<UserPage, Error> {
    let grant = caller.require::<UsersView>()?;
    let search = crate::lists::parse_search(&request.search)?;
    let request = ListUsers { search, ..request };
    let mut read = services.store().read().await?;
    let mut users = users::list(&mut read, &grant, &request).await?;
    let roles = users::role_names(&mut read, &grant).await?;
    let (has_previous, has_next) =
        crate::lists::turn_page(&mut users, PAGE, request.after.is_some(), request.before.is_some());
    Ok(UserPage { users, has_previous, has_next, roles })
}

/// One user.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub async fn find(services: &Services, caller: &Caller, request: FindUser) -> Result<User, Error> {
    let grant = caller.require::<UsersView>()?;
    let (store, id) = (services.store(), request.id);
    let mut read = store.read().await?;
    let account = users::find(&mut read, &grant, id).await?;
    drop(read);
    crate::privacy::note_view(services, caller, &grant, id).await?;
    let mut read = store.read().await?;
    let assignable = match caller.may::<RolesManage>() {
        Some(grant) => {
            let all = stored_roles::all(&mut read, &grant).await?;
            all.into_iter().map(|role| offer(caller, role)).collect()
        }
        None => Vec::new(),
    };
    let rights = match caller.may::<RolesManage>() {
        Some(grant) => {
            let missed = second_factor::is_missed_by(&mut read, &grant, id).await?;
            Some(effective_rights(&account, missed))
        }
        None => None,
    };
    let second_factor = match caller.may::<UsersManage>() {
        Some(grant) => Some(second_factor::is_on_for(&mut read, &grant, id).await?),
        None => None,
    };
    drop(read);
    let (email, new_email, mail) = match caller.may::<UsersManage>() {
        Some(grant) => {
            let mail = mail::latest_of_user(&mut store.read().await?, &grant, id).await?;
            let new_email = address_change::find(store, &grant, id).await?;
            (user_contact::find(store, &grant, id).await?, new_email, mail)
        }
        None => (None, None, None),
    };
    let zone = caller.time_zone();
    Ok(User {
        id: account.id,
        name: account.name,
        email: email.map(|email| email.reveal().to_owned()),
        new_email: new_email.map(|email| email.reveal().to_owned()),
        sends_mail: services.sends_mail(),
        mail: mail.map(|LatestMail { message, state, at, problem }| SentMail {
            message,
            state,
            at: local_time(at, zone),
            problem,
        }),
        status: account.status,
        external: account.external,
        second_factor,
        access_ends: account.access_ends_at.map(|at| last_day(at, zone)),
        invitation_ends: account.invitation_ends_at.map(|at| local_time(at, zone)),
        language: account.language,
        roles: account.roles.into_iter().map(|HeldRole { id, name, .. }| RoleName { id, name }).collect(),
        rights,
        assignable,
        version: account.version,
        outranks: caller.rights().lack(account.permissions),
    })
}

/// By the very functions that decide for a caller.
fn effective_rights(account: &Account, lacks_factor: bool) -> EffectiveRights {
    let rights = Rights::of_this_moment(account.permissions, account.external, lacks_factor);
    let roles: Vec<_> = account.roles.iter().map(|role| (role.name.clone(), role.permissions)).collect();
    EffectiveRights {
        rights: rights.through(&roles),
        wait_for_second_factor: rights.wait_for_second_factor(),
    }
}

fn offer(caller: &Caller, role: Role) -> AssignableRole {
    AssignableRole {
        id: role.id,
        name: role.name,
        lacks: caller.rights().lack(role.permissions),
        internal_only: stored_roles::internal_only(role.permissions),
    }
}

/// A user whom the caller may touch: one who holds nothing that the caller lacks.
async fn touchable(tx: &mut Tx, caller: &Caller, id: UserId) -> store::Result<users::Account> {
    caller.require::<UsersManage>()?;
    let account = users::find(tx, &caller.require::<UsersView>()?, id).await?;
    may_hand_out(caller.rights(), account.permissions)?;
    Ok(account)
}

/// Refuses what one does to oneself on the profile, where it asks for more; and what takes a fresh
/// proof without one.
fn for_others_with_proof(services: &Services, caller: &Caller, id: UserId) -> Result<(), Error> {
    if id == caller.user() {
        return Err(Error::Forbidden { needs: None });
    }
    caller.proven(services.store().clock().now()).map(drop)
}

/// When access ends: with the last day that was chosen. Only external users' access does.
fn access_ends_at(
    services: &Services,
    caller: &Caller,
    external: bool,
    typed: &str,
) -> Result<Option<i64>, FieldError> {
    let wrong = |problem| FieldError { field: Field::AccessEnds, problem };
    let Some(day) = Date::parse(typed).map_err(wrong)?.filter(|_| external) else { return Ok(None) };
    let ends_at = end_of_day(day, caller.time_zone()).ok_or(wrong(Problem::NotADate))?;
    if ends_at > services.store().clock().now() { Ok(Some(ends_at)) } else { Err(wrong(Problem::InThePast)) }
}
