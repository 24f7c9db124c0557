//! One's own account: see it, change it, end it.

use crate::{
    Services,
    local_time::local_time,
    passwords, proof, retention, succession,
    users::{Address, CONFIRM_MILLISECONDS, may_ask_for_address},
};
use domain::{
    Conflict, Email, Error, Field, Fields,
    history::{Action, Subject},
    password::Password,
    profile::{ChangePassword, EndSignIn, Profile, SaveProfile, SignInEntry, Terminate, TerminationPreview},
    receipts::Terminated,
    users::Contact,
};
use store::{
    Caller,
    address_change::{self, NewAddress},
    history, receipts, sessions, sign_in, termination, user_contact, users,
};

/// What is stored about oneself.
///
/// # Errors
/// `Internal`.
pub async fn find(services: &Services, caller: &Caller) -> Result<Profile, Error> {
    let grant = caller.own();
    let account = users::find_own(&mut services.store().read().await?, &grant).await?;
    let email = user_contact::find_own(services.store(), &grant).await?.ok_or(Error::NotFound)?;
    Ok(Profile {
        name: account.name,
        email: email.reveal().to_owned(),
        new_email: address_change::find_own(services.store(), &grant)
            .await?
            .map(|email| email.reveal().to_owned()),
        language: account.language,
        roles: account.roles.into_iter().map(|role| role.name).collect(),
        external: account.external,
        version: account.version,
    })
}

/// Changes name and language, and the address: where mail is sent, once it was confirmed there.
///
/// # Errors
/// `Invalid`, `EmailTaken` where no mail is sent, `Stale`; `ProofNeeded` for another address.
pub async fn save(services: &Services, caller: &Caller, request: SaveProfile) -> Result<Profile, Error> {
    let grant = caller.own();
    let contact = Contact::parse(&request.name, &request.email)?;
    let before = find(services, caller).await?;
    let address = address(services, caller, &before, &contact.email).await?;
    let fields = crate::history::changed([
        (Field::Name, before.name != contact.name.as_str()),
        (Field::Email, matches!(address, Address::AtOnce(_))),
        (Field::Language, before.language != request.language),
    ]);
    let change = users::Change {
        id: caller.user(),
        version: request.version,
        name: contact.name,
        address: if let Address::AtOnce(sealed) = &address { Some(sealed.clone()) } else { None },
        standing: None,
        language: request.language,
    };
    services
        .store()
        .write(async move |tx| {
            if let Address::Confirmed(new) = &address {
                address_change::ask_own(tx, &grant, new).await?;
            }
            if fields.is_empty() && before.version == request.version {
                return Ok(());
            }
            users::update_own(tx, &grant, &change).await?;
            if fields.is_empty() {
                return Ok(());
            }
            let (action, subject) =
                (Action::UserChanged { fields: fields.clone() }, Subject::User(change.id));
            history::record(tx, &grant, action, subject).await
        })
        .await?;
    find(services, caller).await
}

/// What becomes of one's address. That somebody else has it shows only to whoever reads the mail sent
/// there.
async fn address(
    services: &Services,
    caller: &Caller,
    before: &Profile,
    email: &Email,
) -> Result<Address, Error> {
    if before.email == email.reveal() {
        return Ok(Address::Same);
    }
    let store = services.store();
    let proven = caller.proven(store.clock().now())?;
    may_ask_for_address(services, caller).await?;
    let address = user_contact::seal_own(store, &caller.own(), &proven, email).await?;
    if services.sends_mail() {
        Ok(Address::Confirmed(NewAddress { address, ends_at: store.clock().now() + CONFIRM_MILLISECONDS }))
    } else {
        Ok(Address::AtOnce(address))
    }
}

/// Takes a new address back that was not confirmed yet.
///
/// # Errors
/// `Internal`.
pub async fn withdraw_address(services: &Services, caller: &Caller) -> Result<Profile, Error> {
    let grant = caller.own();
    services.store().write(async move |tx| address_change::withdraw_own(tx, &grant).await).await?;
    find(services, caller).await
}

/// What ending the account would do.
///
/// # Errors
/// `Internal`.
pub async fn preview_termination(services: &Services, caller: &Caller) -> Result<TerminationPreview, Error> {
    let grant = caller.own();
    let mut read = services.store().read().await?;
    let account = users::find_own(&mut read, &grant).await?;
    let last_admin = termination::is_last_admin(&mut read, &grant).await?;
    Ok(TerminationPreview {
        name: account.name,
        effects: retention::effects(services, receipts::preview_own(&mut read, &grant).await?),
        last_admin,
        successors: succession::successors(&mut read, caller, last_admin).await?,
    })
}

/// Ends the account for good. The answer opens the receipt.
///
/// # Errors
/// `Invalid` or `PasskeyRefused` if the proof is not right, `LastAdmin`, `TooManyRequests`.
pub async fn terminate(
    services: &Services,
    caller: &Caller,
    request: Terminate,
) -> Result<Terminated, Error> {
    let (store, grant) = (services.store(), caller.own());
    // Nobody is asked for a secret for what can't be done anyway.
    if termination::is_last_admin(&mut store.read().await?, &grant).await? {
        return Err(Conflict::LastAdmin.into());
    }
    let proven = proof::prove(services, caller, request.proof).await?;
    let token = termination::terminate(store, &grant, &proven).await?;
    Ok(Terminated { receipt: token.reveal().to_owned() })
}

/// Changes the password. All other sign-ins end.
///
/// # Errors
/// `Invalid` if the current one is not right or the new one is not good enough, `TooManyRequests`.
pub async fn change_password(
    services: &Services,
    caller: &Caller,
    request: ChangePassword,
) -> Result<(), Error> {
    let mut fields = Fields::default();
    let current = fields.take(Field::CurrentPassword, Password::typed(&request.current));
    let password = fields.take(Field::Password, Password::parse(&request.password));
    let (Some(current), Some(password)) = (current, password) else { return Err(fields.errors().into()) };
    let profile = find(services, caller).await?;
    let local = profile.email.rsplit_once('@').map(|(local, _)| local.to_owned()).unwrap_or_default();
    let personal = [profile.name, caller.session().organisation, local];
    let hash = passwords::hash_new(services, &password, &personal).await?;
    let proven = proof::by_password(services, caller, Field::CurrentPassword, current).await?;
    let owner = caller.clone();
    let write = async move |tx: &mut store::Tx| sign_in::change_password(tx, &owner, &proven, &hash).await;
    Ok(services.store().write(write).await?)
}

/// Where one is signed in, the newest first.
///
/// # Errors
/// `Internal`.
pub async fn sign_ins(services: &Services, caller: &Caller) -> Result<Vec<SignInEntry>, Error> {
    let store = services.store();
    let now = store.clock().now();
    let stored = sessions::list(&mut store.read().await?, &caller.own(), now).await?;
    let entry = |session: sessions::Stored| SignInEntry {
        id: session.id,
        device: session.device,
        since: local_time(session.created_at, caller.time_zone()),
        used: local_time(session.used_on, "UTC"),
        current: session.id == caller.sign_in(),
    };
    Ok(stored.into_iter().map(entry).collect())
}

/// Ends one of one's own sign-ins.
///
/// # Errors
/// `NotFound`.
pub async fn end_sign_in(
    services: &Services,
    caller: &Caller,
    request: EndSignIn,
) -> Result<Vec<SignInEntry>, Error> {
    let grant = caller.own();
    services.store().write(async move |tx| sessions::end_one(tx, &grant, request.id).await).await?;
    sign_ins(services, caller).await
}

/// Ends all of one's own sign-ins but the one that asks.
///
/// # Errors
/// `Internal`.
pub async fn end_other_sign_ins(services: &Services, caller: &Caller) -> Result<Vec<SignInEntry>, Error> {
    let owner = caller.clone();
    services.store().write(async move |tx| sessions::end_others(tx, &owner).await).await?;
    sign_ins(services, caller).await
}
