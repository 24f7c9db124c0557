//! Passkeys (WebAuthn level 3): adding them, signing in and proving who one is with one. The device
//! checks who uses it, so a passkey counts as both factors. It names its user by itself, so neither an
//! address nor an organisation is asked for. What the browser sends is passed on as JSON.

use crate::{
    Services,
    codes::FreshCodes,
    second_factor::{find, tell},
    sign_in::{SignedIn, new_session},
};
use domain::{
    Conflict, Error, Field, FieldError, UserId,
    history::Action,
    mail::Message,
    name::PasskeyName,
    second_factor::{
        AddPasskey, PasskeyQuestion, RecoveryCodes, RemovePasskey, RenamePasskey, SecondFactors, UsePasskey,
    },
    sign_in::Visitor,
};
use serde::{Serialize, de::DeserializeOwned};
use store::{
    Caller, Token,
    limits::{self, Attempt, Limit},
    passkeys, second_factor,
};
use webauthn_rs::{
    Webauthn,
    prelude::{
        DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
        RegisterPublicKeyCredential, WebauthnError,
    },
};
use webauthn_rs_proto::ResidentKeyRequirement;

/// Asks for a new passkey.
///
/// # Errors
/// `ProofNeeded`; `NotFound` where passkeys don't work, `TooManyPasskeys`.
pub async fn begin_adding(services: &Services, caller: &Caller) -> Result<PasskeyQuestion, Error> {
    let grant = caller.own();
    let store = services.store();
    caller.proven(store.clock().now())?;
    let known = passkeys::own_credential_ids(&mut store.read().await?, &grant).await?;
    let name = caller.session().name;
    let begun = webauthn(services)?.start_passkey_registration(caller.user().0, &name, &name, Some(known));
    let (mut options, state) = begun.map_err(broken)?;
    // The passkey has to name its user, so that signing in needs no address.
    if let Some(selection) = &mut options.public_key.authenticator_selection {
        selection.resident_key = Some(ResidentKeyRequirement::Required);
        selection.require_resident_key = true;
    }
    let state = write(&state)?;
    let token = store.write(async move |tx| passkeys::begin_adding(tx, &grant, &state).await).await?;
    Ok(PasskeyQuestion { token: token.reveal().to_owned(), options: write(&options.public_key)? })
}

/// Adds it. Answers with recovery codes if there are none yet.
///
/// # Errors
/// `Invalid` for its name; `PasskeyRefused`, whatever of it is wrong.
pub async fn add(services: &Services, caller: &Caller, request: AddPasskey) -> Result<RecoveryCodes, Error> {
    let grant = caller.own();
    let name = parse_name(&request.name)?;
    let token = Token::brought(&request.token);
    let state: PasskeyRegistration = read(&passkeys::adding(services.store(), &grant, &token).await?)?;
    let answer: RegisterPublicKeyCredential = read(&request.answer)?;
    let passkey = webauthn(services)?.finish_passkey_registration(&answer, &state).map_err(refused)?;
    let (credential_id, credential) = (passkey.cred_id().to_vec(), write(&passkey)?);
    let new = passkeys::NewPasskey { token, credential_id, credential, name };
    let fresh = FreshCodes::new(services);
    let codes = fresh.shown();
    let added = services
        .store()
        .write(async move |tx| {
            passkeys::add(tx, &grant, &new).await?;
            let added = fresh.put_if_none(tx, &grant).await?;
            second_factor::changed(tx, &grant).await?;
            tell(tx, &grant, Action::PasskeyAdded, Message::PasskeyAdded).await?;
            Ok(added)
        })
        .await?;
    Ok(if added { codes } else { RecoveryCodes::default() })
}

/// Gives a passkey another name.
///
/// # Errors
/// `Invalid`, `NotFound`.
pub async fn rename(
    services: &Services,
    caller: &Caller,
    request: RenamePasskey,
) -> Result<SecondFactors, Error> {
    let grant = caller.own();
    let name = parse_name(&request.name)?;
    services.store().write(async move |tx| passkeys::rename(tx, &grant, request.id, &name).await).await?;
    find(services, caller).await
}

/// Removes a passkey.
///
/// # Errors
/// `ProofNeeded`, `NotFound`.
pub async fn remove(
    services: &Services,
    caller: &Caller,
    request: RemovePasskey,
) -> Result<SecondFactors, Error> {
    let grant = caller.own();
    caller.proven(services.store().clock().now())?;
    services
        .store()
        .write(async move |tx| {
            passkeys::remove(tx, &grant, request.id).await?;
            second_factor::changed(tx, &grant).await?;
            tell(tx, &grant, Action::PasskeyRemoved, Message::PasskeyRemoved).await
        })
        .await?;
    find(services, caller).await
}

/// Asks for a passkey, whosever it is. Anybody may, so that how often is limited.
///
/// # Errors
/// `NotFound` where passkeys don't work, `TooManyRequests`.
pub async fn begin_sign_in(services: &Services, visitor: Visitor) -> Result<PasskeyQuestion, Error> {
    let (store, webauthn) = (services.store(), webauthn(services)?);
    limits::charge(store, &Attempt::of_range(store, Limit::Passkey, visitor.range)).await?;
    let (options, state) = webauthn.start_discoverable_authentication().map_err(broken)?;
    let state = write(&state)?;
    let token = store.write(async move |tx| passkeys::begin_use(tx, &state).await).await?;
    Ok(PasskeyQuestion { token: token.reveal().to_owned(), options: write(&options.public_key)? })
}

/// Signs in with it. No second factor is asked for.
///
/// # Errors
/// `PasskeyRefused`, whatever of it is wrong.
pub async fn sign_in(services: &Services, visitor: Visitor, request: UsePasskey) -> Result<SignedIn, Error> {
    let used = check(services, &request.token, &request.answer).await?;
    let session = new_session(services, visitor);
    let token = services.store().write(async move |tx| passkeys::enter(tx, &used, session).await).await?;
    Ok(SignedIn::new(&token, &request.return_to))
}

/// Which passkey answered, and that its answer is right. It is used up by what is done with it.
///
/// # Errors
/// `PasskeyRefused`, whatever of it is wrong.
pub(crate) async fn check(services: &Services, token: &str, answer: &str) -> Result<passkeys::Used, Error> {
    let webauthn = webauthn(services)?;
    let token = Token::brought(token);
    let answer: PublicKeyCredential = read(answer)?;
    let (user, id) = webauthn.identify_discoverable_authentication(&answer).map_err(refused)?;
    let (state, found) = passkeys::using(services.store(), &token, UserId(user), id).await?;
    let state: DiscoverableAuthentication = read(&state)?;
    let mut passkey: Passkey = read(&found.credential)?;
    let result = webauthn.finish_discoverable_authentication_v2(&answer, state, &passkey).map_err(refused)?;
    if !result.user_verified() {
        return Err(Conflict::PasskeyRefused.into());
    }
    passkey.update_credential(&result);
    Ok(passkeys::Used { token, found, credential: write(&passkey)? })
}

fn webauthn(services: &Services) -> Result<&Webauthn, Error> {
    services.webauthn().ok_or(Error::NotFound)
}

fn parse_name(typed: &str) -> Result<PasskeyName, Error> {
    PasskeyName::parse(typed).map_err(|problem| FieldError { field: Field::Name, problem }.into())
}

/// Whatever is wrong with a passkey, one answer is given.
fn refused(_: WebauthnError) -> Error {
    Conflict::PasskeyRefused.into()
}

fn broken(_: WebauthnError) -> Error {
    Error::Internal { reference: "passkey".into() }
}

fn write(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|_| Error::Internal { reference: "passkey".into() })
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|_| Conflict::PasskeyRefused.into())
}
