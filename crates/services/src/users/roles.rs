//! Which roles a user holds.

use super::find;
use crate::{Services, roles::may_hand_out};
use domain::{
    Conflict, Error, Field, FieldError, Permission, Problem, Rights, RoleId, UserId,
    history::{Action, Subject},
    roles::Role,
    users::{AssignRole, AssignRoles, FindUser, MOST_AT_ONCE, RoleAssigned, User},
};
use std::collections::BTreeSet;
use store::{
    Caller, Grant, Tx,
    grants::{RolesManage, UsersView},
    history, roles, users,
};

/// Replaces the roles of a user.
///
/// # Errors
/// `Forbidden` for a role that holds more than the caller, `NotFound`, `Invalid` for a role that
/// isn't there, `ExternalUser`, `LastAdmin`, `Stale`.
pub async fn assign_roles(services: &Services, caller: &Caller, request: AssignRoles) -> Result<User, Error> {
    let id = request.id;
    Giver::new(caller)?;
    services
        .write_as(caller, async move |tx, caller| {
            let giver = Giver::new(&caller)?;
            let account = users::find(tx, &giver.view, id).await?;
            if account.version != request.version {
                return Err(Conflict::Stale.into());
            }
            let all = roles::all(tx, &giver.grant).await?;
            giver.let_hold(tx, &account, RoleChange::new(&all, &account, &request.roles)?).await?;
            Ok(())
        })
        .await?;
    find(services, caller, FindUser { id }).await
}

/// Gives one role to several users, or takes it from them: to all of them or to none.
///
/// # Errors
/// `Forbidden` for a role that holds more than the caller, `NotFound` for a user who isn't there, `Invalid` for a
/// role that isn't or for too many users, `ExternalUser`, `LastAdmin`.
pub async fn assign_role(
    services: &Services,
    caller: &Caller,
    request: AssignRole,
) -> Result<RoleAssigned, Error> {
    Giver::new(caller)?;
    let users: BTreeSet<UserId> = request.users.into_iter().collect();
    if users.len() > MOST_AT_ONCE as usize {
        let problem = Problem::OutOfRange { most: MOST_AT_ONCE };
        return Err(FieldError { field: Field::Roles, problem }.into());
    }
    let write = async move |tx: &mut Tx, caller: Caller| {
        let giver = Giver::new(&caller)?;
        let all = roles::all(tx, &giver.grant).await?;
        let mut changed = Vec::new();
        for id in &users {
            let account = users::find(tx, &giver.view, *id).await?;
            let held = account.roles.iter().map(|role| role.id).filter(|role| *role != request.role);
            let wanted: Vec<_> = held.chain(request.held.then_some(request.role)).collect();
            if giver.let_hold(tx, &account, RoleChange::new(&all, &account, &wanted)?).await? {
                changed.push(*id);
            }
        }
        Ok(RoleAssigned { changed })
    };
    services.write_as(caller, write).await
}

/// Gives a user one more role, which has that permission.
pub(crate) async fn give_role(
    tx: &mut Tx,
    giver: &Giver,
    user: UserId,
    (role, has): (RoleId, Permission),
) -> store::Result<()> {
    let account = users::find(tx, &giver.view, user).await?;
    let all = roles::all(tx, &giver.grant).await?;
    let wanted: Vec<_> = account.roles.iter().map(|held| held.id).chain([role]).collect();
    let change = RoleChange::new(&all, &account, &wanted)?;
    if !change.added.iter().any(|added| added.permissions.contains(has)) {
        return Err(Error::from(FieldError { field: Field::Roles, problem: Problem::Unknown }).into());
    }
    giver.let_hold(tx, &account, change).await?;
    Ok(())
}

/// Somebody who gives and takes roles.
pub(crate) struct Giver {
    pub(crate) grant: Grant<RolesManage>,
    view: Grant<UsersView>,
    rights: Rights,
}

impl Giver {
    /// Who manages roles.
    pub(crate) fn new(caller: &Caller) -> Result<Self, Error> {
        let (grant, view) = (caller.require::<RolesManage>()?, caller.require::<UsersView>()?);
        Ok(Self { grant, view, rights: caller.rights() })
    }

    /// Changes the roles of a user, if that is allowed, and writes it down; whether anything changes.
    async fn let_hold(
        &self,
        tx: &mut Tx,
        account: &users::Account,
        change: RoleChange<'_>,
    ) -> store::Result<bool> {
        change.allowed(self.rights, account.external)?;
        if change.is_empty() {
            return Ok(false);
        }
        users::change_roles(tx, &self.grant, account, &change.added_ids(), &change.removed_ids()).await?;
        history::record(tx, &self.grant, change.action(), Subject::User(account.id)).await?;
        Ok(true)
    }
}

/// What happens to the roles of a user.
pub(super) struct RoleChange<'a> {
    added: Vec<&'a Role>,
    removed: Vec<&'a Role>,
}

impl<'a> RoleChange<'a> {
    pub(super) fn new(all: &'a [Role], account: &users::Account, wanted: &[RoleId]) -> Result<Self, Error> {
        if wanted.iter().any(|id| all.iter().all(|role| role.id != *id)) {
            return Err(FieldError { field: Field::Roles, problem: Problem::Unknown }.into());
        }
        let held = |role: &Role| account.roles.iter().any(|held| held.id == role.id);
        Ok(Self {
            added: all.iter().filter(|role| wanted.contains(&role.id) && !held(role)).collect(),
            removed: all.iter().filter(|role| held(role) && !wanted.contains(&role.id)).collect(),
        })
    }

    pub(super) fn allowed(&self, rights: domain::Rights, external: bool) -> Result<(), Error> {
        for role in self.added.iter().chain(&self.removed) {
            may_hand_out(rights, role.permissions)?;
        }
        if external && self.added.iter().any(|role| roles::internal_only(role.permissions)) {
            return Err(Conflict::ExternalUser.into());
        }
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }

    pub(super) fn action(&self) -> Action {
        let names = |roles: &[&Role]| roles.iter().map(|role| role.name.clone()).collect();
        Action::UserRolesChanged { added: names(&self.added), removed: names(&self.removed) }
    }

    pub(super) fn added_ids(&self) -> Vec<RoleId> {
        self.added.iter().map(|role| role.id).collect()
    }

    fn removed_ids(&self) -> Vec<RoleId> {
        self.removed.iter().map(|role| role.id).collect()
    }
}
