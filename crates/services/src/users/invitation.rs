//! Bringing people in: invitations by mail, or by a link to hand over where no mail is sent.

use super::{access_ends_at, for_others_with_proof, roles::RoleChange, touchable};
use crate::{Services, local_time::local_time};
use domain::{
    Conflict, Error, UserId,
    history::{Action, Subject},
    mail::Message,
    sign_in::LinkPurpose,
    users::{ChangeUser, Contact, CreateUser, FindUser, Invited, IssueLink, PasswordLink, UserStatus},
};
use store::{
    Caller, Grant, Token, Tx,
    grants::{RolesManage, UsersManage, UsersView},
    history,
    limits::{self, Attempt, Limit, Whom},
    mail, roles, termination, users,
};

/// Seven days: how long an invitation, or a link that is handed over, can be used.
pub const LINK_MILLISECONDS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Invites a user: by mail, or else with a link for the caller to hand over.
///
/// # Errors
/// `Forbidden`, `Invalid`, `EmailTaken`, `ExternalUser`.
pub async fn create(services: &Services, caller: &Caller, request: CreateUser) -> Result<Invited, Error> {
    let grant = caller.require::<UsersManage>()?;
    if !request.roles.is_empty() {
        caller.require::<RolesManage>()?;
    }
    let contact = Contact::parse(&request.name, &request.email);
    let access = access_ends_at(services, caller, request.external, &request.access_ends);
    let (contact, access_ends_at) = match (contact, access) {
        (Ok(contact), Ok(access)) => (contact, access),
        (contact, access) => {
            let mut errors = contact.err().unwrap_or_default();
            errors.extend(access.err());
            return Err(errors.into());
        }
    };
    let store = services.store();
    let ends_at = store.clock().now() + LINK_MILLISECONDS;
    let draft = users::Draft {
        contact: &contact,
        external: request.external,
        access_ends_at,
        language: request.language,
    };
    let account = users::prepare(store, &grant, &draft, ends_at).await?;
    let (id, prepared, by_mail) = (account.user(), account.clone(), services.sends_mail());
    let done = services
        .write_as(caller, async move |tx, caller| {
            let (grant, view) = (caller.require::<UsersManage>()?, caller.require::<UsersView>()?);
            users::create(tx, &grant, &prepared).await?;
            history::record(tx, &grant, Action::UserCreated, Subject::User(id)).await?;
            if !request.roles.is_empty() {
                let roles_grant = caller.require::<RolesManage>()?;
                let all = roles::all(tx, &roles_grant).await?;
                let account = users::find(tx, &view, id).await?;
                let change = RoleChange::new(&all, &account, &request.roles)?;
                change.allowed(caller.rights(), account.external)?;
                users::change_roles(tx, &roles_grant, &account, &change.added_ids(), &[]).await?;
                history::record(tx, &roles_grant, change.action(), Subject::User(id)).await?;
            }
            let account = users::find(tx, &view, id).await?;
            reach(tx, &grant, &account, Reach { by_mail, ends_at }).await
        })
        .await;
    match done {
        Ok(issued) => {
            Ok(Invited { id, link: issued.map(|issued| link(services, caller, id, &issued, ends_at)) })
        }
        Err(error) => {
            account.discard(store).await?;
            Err(error)
        }
    }
}

/// How an invitation reaches somebody, and until when it can be accepted.
#[derive(Clone, Copy)]
struct Reach {
    by_mail: bool,
    ends_at: i64,
}

/// What a link is good for, and its secret.
type Issued = (LinkPurpose, Token);

async fn reach(
    tx: &mut Tx,
    grant: &Grant<UsersManage>,
    account: &users::Account,
    reach: Reach,
) -> store::Result<Option<Issued>> {
    if reach.by_mail {
        mail::queue(tx, grant, account.id, Message::Invitation).await?;
        return Ok(None);
    }
    users::issue_link(tx, grant, account, reach.ends_at).await.map(Some)
}

/// Sends an invitation again, or makes a new link to hand over; older links die. How often one person
/// gets such mail is limited.
///
/// # Errors
/// `Forbidden`, also where the user holds more than the caller; `NotFound`, `NotInvited`,
/// `TooManyRequests`.
pub async fn resend_invitation(
    services: &Services,
    caller: &Caller,
    request: FindUser,
) -> Result<Invited, Error> {
    let (grant, view) = (caller.require::<UsersManage>()?, caller.require::<UsersView>()?);
    let (store, id) = (services.store(), request.id);
    let (ends_at, by_mail) = (store.clock().now() + LINK_MILLISECONDS, services.sends_mail());
    if by_mail {
        users::find(&mut store.read().await?, &view, id).await?;
        limits::charge(store, &Attempt::new(store, Limit::InvitationMail, Whom::User(id), None)).await?;
    }
    let issued = services
        .write_as(caller, async move |tx, caller| {
            let account = touchable(tx, &caller, id).await?;
            users::invite_again(tx, &grant, &account, ends_at).await?;
            history::record(tx, &grant, Action::InvitationSent, Subject::User(id)).await?;
            reach(tx, &grant, &account, Reach { by_mail, ends_at }).await
        })
        .await?;
    Ok(Invited { id, link: issued.map(|issued| link(services, caller, id, &issued, ends_at)) })
}

/// Takes an invitation back, which erases the invited person.
///
/// # Errors
/// `Forbidden`, also where the user holds more than the caller; `NotFound`, `NotInvited`, `Stale`.
pub async fn revoke_invitation(
    services: &Services,
    caller: &Caller,
    request: ChangeUser,
) -> Result<(), Error> {
    let grant = caller.require::<UsersManage>()?;
    let marking = grant.clone();
    services
        .write_as(caller, async move |tx, caller| {
            let account = touchable(tx, &caller, request.id).await?;
            if account.status != UserStatus::Invited {
                return Err(Conflict::NotInvited.into());
            }
            if account.version != request.version {
                return Err(Conflict::Stale.into());
            }
            let ending = (request.id, Action::InvitationRevoked);
            termination::begin_user(tx, &marking, ending, None).await
        })
        .await?;
    Ok(termination::finish_user(services.store(), &grant, request.id).await?)
}

/// Makes a link for the caller to hand over: to accept the invitation, or to set a new password. Older
/// ones die.
///
/// # Errors
/// `Forbidden`, also for oneself and where the user holds more than the caller; `ProofNeeded`,
/// `NotFound`, `NotInThatState`.
pub async fn issue_link(
    services: &Services,
    caller: &Caller,
    request: IssueLink,
) -> Result<PasswordLink, Error> {
    let grant = caller.require::<UsersManage>()?;
    let id = request.id;
    for_others_with_proof(services, caller, id)?;
    let ends_at = services.store().clock().now() + LINK_MILLISECONDS;
    let issued = services
        .write_as(caller, async move |tx, caller| {
            let account = touchable(tx, &caller, id).await?;
            if account.status == UserStatus::Invited {
                users::invite_again(tx, &grant, &account, ends_at).await?;
            }
            history::record(tx, &grant, Action::PasswordLinkIssued, Subject::User(id)).await?;
            users::issue_link(tx, &grant, &account, ends_at).await
        })
        .await?;
    Ok(link(services, caller, id, &issued, ends_at))
}

fn link(services: &Services, caller: &Caller, id: UserId, issued: &Issued, ends_at: i64) -> PasswordLink {
    let (purpose, token) = issued;
    PasswordLink {
        id,
        url: format!("{}{}?token={}", services.public_url(), purpose.path(), token.reveal()),
        expires: local_time(ends_at, caller.time_zone()),
    }
}
