//! One's own account: see it, change it, end it.

use crate::Services;
use domain::{
    Error, Field, FieldError, Problem,
    history::{Action, Subject},
    password::Password,
    profile::{Profile, SaveProfile, Terminate, TerminationPreview},
    users::Contact,
};
use store::{Caller, history, sessions, sign_in, termination, user_contact, users};

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
        language: account.language,
        roles: account.roles.into_iter().map(|role| role.name).collect(),
        external: account.external,
        version: account.version,
    })
}

/// Changes name, address and language.
///
/// # Errors
/// `Invalid`, `EmailTaken`, `Stale`.
pub async fn save(services: &Services, caller: &Caller, request: SaveProfile) -> Result<Profile, Error> {
    let grant = caller.own();
    let contact = Contact::parse(&request.name, &request.email)?;
    let before = find(services, caller).await?;
    let new_address = before.email != contact.email.reveal();
    let address = if new_address {
        Some(user_contact::seal_own(services.store(), &grant, &contact.email).await?)
    } else {
        None
    };
    let fields = crate::history::changed([
        (Field::Name, before.name != contact.name.as_str()),
        (Field::Email, new_address),
        (Field::Language, before.language != request.language),
    ]);
    if fields.is_empty() && before.version == request.version {
        return Ok(before);
    }
    let change = users::Change {
        id: caller.user(),
        version: request.version,
        name: contact.name,
        address,
        external: None,
        language: request.language,
    };
    services
        .store()
        .write(async move |tx| {
            users::update_own(tx, &grant, &change).await?;
            let (action, subject) =
                (Action::UserChanged { fields: fields.clone() }, Subject::User(change.id));
            history::record(tx, &grant, action, subject).await
        })
        .await?;
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
    Ok(TerminationPreview {
        name: account.name,
        sessions: sessions::count(&mut read, &grant).await?,
        roles: i64::try_from(account.roles.len()).unwrap_or(i64::MAX),
        links: termination::count_links(&mut read, &grant).await?,
        actions: history::count_own(&mut read, &grant).await?,
        last_admin: termination::is_last_admin(&mut read, &grant).await?,
    })
}

/// Ends the account for good.
///
/// # Errors
/// `Invalid` if the password is not right, `LastAdmin`.
pub async fn terminate(services: &Services, caller: &Caller, request: Terminate) -> Result<(), Error> {
    let grant = caller.own();
    let wrong = |problem| FieldError { field: Field::Password, problem };
    let password = Password::typed(&request.password).map_err(wrong)?;
    let hash = sign_in::own_hash(&mut services.store().read().await?, &grant).await?;
    if !services.hashing().verify(password, hash.as_deref()).await? {
        return Err(wrong(Problem::WrongPassword).into());
    }
    Ok(termination::terminate(services.store(), &grant).await?)
}
