//! Users and their roles. Nobody touches somebody who holds more than they do, and assigning roles
//! takes `roles.manage`.

use crate::{Services, local_time::local_time, roles::may_hand_out};
use domain::{
    Conflict, Error, Field, FieldError, Problem, RoleId, UserId,
    history::{Action, Subject},
    roles::Role,
    users::{
        AssignRoles, AssignableRole, Contact, CreateUser, FindUser, IssueLink, ListUsers, PAGE, PasswordLink,
        UpdateUser, User, UserPage,
    },
};
use store::{
    Caller, Token,
    grants::{RolesManage, UsersManage, UsersView},
    history, roles, second_factor, user_contact, users,
};

/// Seven days: how long a link to set a password can be used.
const LINK_MILLISECONDS: i64 = 7 * 24 * 60 * 60 * 1000;

/// A page of the list.
///
/// # Errors
/// `Forbidden`, `Invalid` for a search that can't be.
pub async fn list(services: &Services, caller: &Caller, request: ListUsers) -> Result<UserPage, Error> {
    let grant = caller.require::<UsersView>()?;
    let search = crate::partners::parse_search(&request.search)?;
    let request = ListUsers { search, ..request };
    let mut users = users::list(&mut services.store().read().await?, &grant, &request).await?;
    let (has_previous, has_next) =
        crate::partners::turn_page(&mut users, PAGE, request.after.is_some(), request.before.is_some());
    Ok(UserPage { users, has_previous, has_next })
}

/// One user.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub async fn find(services: &Services, caller: &Caller, request: FindUser) -> Result<User, Error> {
    let grant = caller.require::<UsersView>()?;
    let mut read = services.store().read().await?;
    let account = users::find(&mut read, &grant, request.id).await?;
    let assignable = match caller.may::<RolesManage>() {
        Some(grant) => {
            roles::all(&mut read, &grant).await?.into_iter().map(|role| offer(caller, role)).collect()
        }
        None => Vec::new(),
    };
    let second_factor = match caller.may::<UsersManage>() {
        Some(grant) => Some(second_factor::is_on_for(&mut read, &grant, request.id).await?),
        None => None,
    };
    drop(read);
    let email = match caller.may::<UsersManage>() {
        Some(grant) => user_contact::find(services.store(), &grant, request.id).await?,
        None => None,
    };
    Ok(User {
        id: account.id,
        name: account.name,
        email: email.map(|email| email.reveal().to_owned()),
        status: account.status,
        external: account.external,
        second_factor,
        roles: account.roles,
        assignable,
        version: account.version,
        outranks: caller.rights().lack(account.permissions),
    })
}

fn offer(caller: &Caller, role: Role) -> AssignableRole {
    AssignableRole {
        id: role.id,
        name: role.name,
        lacks: caller.rights().lack(role.permissions),
        internal_only: roles::internal_only(role.permissions),
    }
}

/// Creates a user and a link for them to set their password.
///
/// # Errors
/// `Forbidden`, `Invalid`, `EmailTaken`, `ExternalUser`.
pub async fn create(
    services: &Services,
    caller: &Caller,
    request: CreateUser,
) -> Result<PasswordLink, Error> {
    let grant = caller.require::<UsersManage>()?;
    let roles_grant = if request.roles.is_empty() { None } else { Some(caller.require::<RolesManage>()?) };
    let contact = Contact::parse(&request.name, &request.email)?;
    let store = services.store();
    let rights = caller.rights();
    let account = users::prepare(store, &grant, &contact, request.external).await?;
    let (id, prepared) = (account.user(), account.clone());
    let expires = store.clock().now() + LINK_MILLISECONDS;
    let view = caller.require::<UsersView>()?;
    let done = store
        .write(async move |tx| {
            users::create(tx, &grant, &prepared).await?;
            history::record(tx, &grant, Action::UserCreated, Subject::User(id)).await?;
            if let Some(roles_grant) = &roles_grant {
                let all = roles::all(tx, roles_grant).await?;
                let account = users::find(tx, &view, id).await?;
                let change = RoleChange::new(&all, &account, &request.roles)?;
                change.allowed(rights, account.external)?;
                users::change_roles(tx, roles_grant, &account, &change.added_ids(), &[]).await?;
                history::record(tx, roles_grant, change.action(), Subject::User(id)).await?;
            }
            users::issue_link(tx, &grant, id, expires).await
        })
        .await;
    match done {
        Ok(token) => Ok(link(services, caller, id, &token, expires)),
        Err(error) => {
            account.discard(store).await?;
            Err(error.into())
        }
    }
}

/// Changes name, address, and whether the user is external.
///
/// # Errors
/// `Forbidden`, also where the user holds more than the caller; `NotFound`, `Invalid`, `EmailTaken`,
/// `ExternalUser`, `LastAdmin`, `Stale`.
pub async fn update(services: &Services, caller: &Caller, request: UpdateUser) -> Result<User, Error> {
    let grant = caller.require::<UsersManage>()?;
    let view = caller.require::<UsersView>()?;
    let contact = Contact::parse(&request.name, &request.email)?;
    let store = services.store();
    // Before anything is prepared, so that a foreign id answers like one that doesn't exist.
    users::find(&mut store.read().await?, &view, request.id).await?;
    let known = user_contact::find(store, &grant, request.id).await?;
    let new_address = known.is_none_or(|known| known.reveal() != contact.email.reveal());
    let address = if new_address {
        Some(user_contact::seal(store, &grant, request.id, &contact.email).await?)
    } else {
        None
    };
    let (id, rights) = (request.id, caller.rights());
    store
        .write(async move |tx| {
            let account = users::find(tx, &view, id).await?;
            may_hand_out(rights, account.permissions)?;
            if request.external && roles::internal_only(account.permissions) {
                return Err(Conflict::ExternalUser.into());
            }
            let fields = crate::history::changed([
                (Field::Name, account.name != contact.name.as_str()),
                (Field::Email, address.is_some()),
                (Field::External, account.external != request.external),
            ]);
            if fields.is_empty() && account.version == request.version {
                return Ok(());
            }
            let change = users::Change {
                id,
                version: request.version,
                name: contact.name.clone(),
                address: address.clone(),
                external: Some(request.external),
                language: account.language,
            };
            users::update(tx, &grant, &change).await?;
            history::record(tx, &grant, Action::UserChanged { fields }, Subject::User(id)).await
        })
        .await?;
    find(services, caller, FindUser { id }).await
}

/// Replaces the roles of a user.
///
/// # Errors
/// `Forbidden` for a role that holds more than the caller, `NotFound`, `Invalid` for a role that
/// isn't there, `ExternalUser`, `LastAdmin`, `Stale`.
pub async fn assign_roles(services: &Services, caller: &Caller, request: AssignRoles) -> Result<User, Error> {
    let grant = caller.require::<RolesManage>()?;
    let view = caller.require::<UsersView>()?;
    let (id, rights) = (request.id, caller.rights());
    services
        .store()
        .write(async move |tx| {
            let account = users::find(tx, &view, id).await?;
            if account.version != request.version {
                return Err(Conflict::Stale.into());
            }
            let all = roles::all(tx, &grant).await?;
            let change = RoleChange::new(&all, &account, &request.roles)?;
            change.allowed(rights, account.external)?;
            if change.is_empty() {
                return Ok(());
            }
            users::change_roles(tx, &grant, &account, &change.added_ids(), &change.removed_ids()).await?;
            history::record(tx, &grant, change.action(), Subject::User(id)).await
        })
        .await?;
    find(services, caller, FindUser { id }).await
}

/// Makes a new link for somebody to set their password; older ones die.
///
/// # Errors
/// `Forbidden`, also where the user holds more than the caller; `NotFound`.
pub async fn issue_link(
    services: &Services,
    caller: &Caller,
    request: IssueLink,
) -> Result<PasswordLink, Error> {
    let grant = caller.require::<UsersManage>()?;
    let view = caller.require::<UsersView>()?;
    let (id, rights) = (request.id, caller.rights());
    let expires = services.store().clock().now() + LINK_MILLISECONDS;
    let token = services
        .store()
        .write(async move |tx| {
            let account = users::find(tx, &view, id).await?;
            may_hand_out(rights, account.permissions)?;
            history::record(tx, &grant, Action::PasswordLinkIssued, Subject::User(id)).await?;
            users::issue_link(tx, &grant, id, expires).await
        })
        .await?;
    Ok(link(services, caller, id, &token, expires))
}

fn link(services: &Services, caller: &Caller, id: UserId, token: &Token, expires: i64) -> PasswordLink {
    PasswordLink {
        id,
        url: format!("{}/set-password?token={}", services.public_url(), token.reveal()),
        expires: local_time(expires, caller.time_zone()),
    }
}

/// What happens to the roles of a user.
struct RoleChange<'a> {
    added: Vec<&'a Role>,
    removed: Vec<&'a Role>,
}

impl<'a> RoleChange<'a> {
    fn new(all: &'a [Role], account: &users::Account, wanted: &[RoleId]) -> Result<Self, Error> {
        if wanted.iter().any(|id| all.iter().all(|role| role.id != *id)) {
            return Err(FieldError { field: Field::Roles, problem: Problem::Unknown }.into());
        }
        let held = |role: &Role| account.roles.iter().any(|held| held.id == role.id);
        Ok(Self {
            added: all.iter().filter(|role| wanted.contains(&role.id) && !held(role)).collect(),
            removed: all.iter().filter(|role| held(role) && !wanted.contains(&role.id)).collect(),
        })
    }

    fn allowed(&self, rights: domain::Rights, external: bool) -> Result<(), Error> {
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

    fn action(&self) -> Action {
        let names = |roles: &[&Role]| roles.iter().map(|role| role.name.clone()).collect();
        Action::UserRolesChanged { added: names(&self.added), removed: names(&self.removed) }
    }

    fn added_ids(&self) -> Vec<RoleId> {
        self.added.iter().map(|role| role.id).collect()
    }

    fn removed_ids(&self) -> Vec<RoleId> {
        self.removed.iter().map(|role| role.id).collect()
    }
}
