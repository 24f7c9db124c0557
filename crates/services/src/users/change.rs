//! Changing a user's fields. A new address of somebody who can sign in is confirmed there first.

use super::{access_ends_at, find, touchable};
use crate::Services;
use domain::{
    Conflict, Email, Error, Field,
    history::{Action, Subject},
    users::{Contact, FindUser, UpdateUser, User, UserStatus},
};
use store::{
    Caller,
    address_change::{self, NewAddress},
    grants::{UsersManage, UsersView},
    history,
    limits::{self, Attempt, Limit, Whom},
    roles, user_contact, users,
};

/// One day: how long a new address can be confirmed.
pub(crate) const CONFIRM_MILLISECONDS: i64 = 24 * 60 * 60 * 1000;

/// What becomes of a user's address.
#[derive(Clone)]
pub(crate) enum Address {
    /// It stays.
    Same,
    /// It is replaced at once: nobody could confirm it, or no mail is sent.
    AtOnce(user_contact::SealedAddress),
    /// Its owner is asked to confirm it.
    Confirmed(NewAddress),
}

/// Changes name, address, language, and whether the user is external and until when.
///
/// # Errors
/// `Forbidden`, also where the user holds more than the caller; `NotFound`, `Invalid`, `EmailTaken`,
/// `ExternalUser`, `LastAdmin`, `Stale`; `ProofNeeded` for another address.
pub async fn update(services: &Services, caller: &Caller, request: UpdateUser) -> Result<User, Error> {
    let (grant, view) = (caller.require::<UsersManage>()?, caller.require::<UsersView>()?);
    let contact = Contact::parse(&request.name, &request.email)?;
    let store = services.store();
    // Before anything is prepared, so that a foreign id answers like one that doesn't exist.
    let before = users::find(&mut store.read().await?, &view, request.id).await?;
    let typed = request.access_ends.as_str();
    let access = access_ends_at(services, caller, request.external, typed).map_err(Error::from);
    // A day that is over may stay as it is.
    let access_ends_at =
        match before.access_ends_at.map(|at| crate::local_time::last_day(at, caller.time_zone())) {
            Some(day) if request.external && day.machine_readable() == typed.trim() => before.access_ends_at,
            _ => access?,
        };
    let address = address(services, caller, &before, &contact.email).await?;
    let id = request.id;
    services
        .write_as(caller, async move |tx, caller| {
            let account = touchable(tx, &caller, id).await?;
            // Whoever came in meanwhile confirms a new address first.
            if matches!(address, Address::AtOnce(_)) && account.status != before.status {
                return Err(Conflict::Stale.into());
            }
            if request.external && roles::internal_only(account.permissions) {
                return Err(Conflict::ExternalUser.into());
            }
            let standing = users::Standing { external: request.external, access_ends_at };
            let fields = crate::history::changed([
                (Field::Name, account.name != contact.name.as_str()),
                (Field::Email, matches!(address, Address::AtOnce(_))),
                (Field::External, account.external != standing.external),
                (Field::AccessEnds, account.access_ends_at != standing.access_ends_at),
                (Field::Language, account.language != request.language),
            ]);
            if let Address::Confirmed(new) = &address {
                address_change::ask(tx, &grant, id, new).await?;
            }
            if fields.is_empty() && account.version == request.version {
                return Ok(());
            }
            let change = users::Change {
                id,
                version: request.version,
                name: contact.name.clone(),
                address: if let Address::AtOnce(sealed) = &address { Some(sealed.clone()) } else { None },
                standing: Some(standing),
                language: request.language,
            };
            users::update(tx, &grant, &change).await?;
            if fields.is_empty() {
                return Ok(());
            }
            history::record(tx, &grant, Action::UserChanged { fields }, Subject::User(id)).await
        })
        .await?;
    find(services, caller, FindUser { id }).await
}

async fn address(
    services: &Services,
    caller: &Caller,
    account: &users::Account,
    email: &Email,
) -> Result<Address, Error> {
    let (store, id, grant) = (services.store(), account.id, caller.require::<UsersManage>()?);
    let known = user_contact::find(store, &grant, id).await?;
    if known.is_some_and(|known| known == *email) {
        return Ok(Address::Same);
    }
    caller.proven(store.clock().now())?;
    may_ask_for_address(services, caller).await?;
    let address = user_contact::seal(store, &grant, id, email).await?;
    // Whoever has not come in yet has nothing that a wrong address could take away.
    if account.status == UserStatus::Invited || !services.sends_mail() {
        return Ok(Address::AtOnce(address));
    }
    user_contact::is_free(store, &grant, id, &address).await?;
    Ok(Address::Confirmed(NewAddress { address, ends_at: store.clock().now() + CONFIRM_MILLISECONDS }))
}

/// Counts that somebody asks for another address, their own or somebody else's: it sends mail to
/// whatever they typed.
///
/// # Errors
/// `TooManyRequests`.
pub(crate) async fn may_ask_for_address(services: &Services, caller: &Caller) -> Result<(), Error> {
    let store = services.store();
    let attempt = Attempt::new(store, Limit::AddressChange, Whom::User(caller.user()), None);
    Ok(limits::charge(store, &attempt).await?)
}

/// Takes a new address back that was not confirmed yet.
///
/// # Errors
/// `Forbidden`, also where the user holds more than the caller; `NotFound`.
pub async fn withdraw_address(
    services: &Services,
    caller: &Caller,
    request: FindUser,
) -> Result<User, Error> {
    let grant = caller.require::<UsersManage>()?;
    services
        .write_as(caller, async move |tx, caller| {
            touchable(tx, &caller, request.id).await?;
            address_change::withdraw(tx, &grant, request.id).await
        })
        .await?;
    find(services, caller, request).await
}
