//! Getting in and out. Answers have the same shape, and take the same time, whether an account is
//! known or not.

use crate::{Services, passwords, proof};
use domain::{
    Conflict, Email, Error, Field, Fields, Language, OrganisationId,
    name::OrganisationName,
    password::Password,
    sign_in::{CheckLink, Prove, SetLanguage, SetUp, SignIn, SignInOptions, Visitor},
    users::Contact,
};
use store::{
    Caller, Signal, Token,
    limits::{self, Attempt, Limit, Whom},
    second_factor::Entered,
    sessions::{self, NewSession},
    set_up as first, sign_in,
};
use tokio::sync::broadcast;

/// The time zone of a new organisation; the admin changes it under `/organisation`.
const FIRST_TIME_ZONE: &str = "Europe/Berlin";

/// A session that has just begun.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The secret for the cookie.
    pub token: String,
    /// Where to go on.
    pub return_to: String,
}

/// What a password that is right leads to.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A session.
    Session(SignedIn),
    /// The question for a second factor: the secret for its cookie.
    SecondFactor(String),
}

impl Entry {
    /// The session, if it was not a second factor that was asked for.
    #[must_use]
    pub fn session(self) -> Option<SignedIn> {
        match self {
            Self::Session(signed_in) => Some(signed_in),
            Self::SecondFactor(_) => None,
        }
    }

    pub(crate) fn new(entered: Entered, return_to: &str) -> Self {
        match entered {
            Entered::Session(token) => Self::Session(SignedIn::new(&token, return_to)),
            Entered::SecondFactor(token) => Self::SecondFactor(token.reveal().to_owned()),
        }
    }
}

impl SignedIn {
    pub(crate) fn new(token: &Token, return_to: &str) -> Self {
        let return_to = domain::sign_in::safe_return(return_to).to_owned();
        Self { token: token.reveal().to_owned(), return_to }
    }
}

/// Who brought this token, if anybody may with it.
///
/// # Errors
/// `Internal`.
pub async fn resolve(services: &Services, token: &str) -> Result<Option<Caller>, Error> {
    let store = services.store();
    let now = store.clock().now();
    let caller = sessions::resolve(&mut store.read().await?, &Token::brought(token), now).await?;
    if let Some(caller) = &caller {
        sessions::touch(store, caller).await?;
    }
    Ok(caller)
}

/// Whoever called, with the rights of this moment, for what takes longer than a moment.
///
/// # Errors
/// `Unauthenticated` if they may not come in any more.
pub async fn again(services: &Services, caller: &Caller) -> Result<Caller, Error> {
    let (mut read, now) = (services.store().read().await?, services.store().clock().now());
    sessions::again(&mut read, caller, now).await?.ok_or(Error::Unauthenticated)
}

/// Live events from now on.
#[must_use]
pub fn subscribe(services: &Services) -> broadcast::Receiver<Signal> {
    services.store().subscribe()
}

/// What the sign-in page needs to know.
///
/// # Errors
/// `Internal`.
pub async fn options(services: &Services) -> Result<SignInOptions, Error> {
    let organisations = sign_in::organisations(&mut services.store().read().await?).await?;
    Ok(SignInOptions {
        several_organisations: organisations.len() > 1,
        sends_mail: services.sends_mail(),
        needs_set_up: organisations.is_empty(),
        passkeys_work: services.webauthn().is_some(),
    })
}

/// Signs in with a password; whoever has a second factor is asked for it.
///
/// # Errors
/// `WrongCredentials`, whatever of it is wrong; `TooManyRequests`; `Invalid` for empty fields.
pub async fn sign_in(services: &Services, visitor: Visitor, request: SignIn) -> Result<Entry, Error> {
    let mut fields = Fields::default();
    let email = fields.take(Field::Email, Email::parse(&request.email));
    let typed = fields.take(Field::Password, Password::typed(&request.password));
    let (Some(email), Some(password)) = (email, typed) else { return Err(fields.errors().into()) };
    let store = services.store();
    let named = Named { organisation: &request.organisation, email: &email };
    let (organisation, attempt) = named.charge(services, Limit::SignIn, &visitor).await?;
    let candidate = match organisation {
        Some(organisation) => sign_in::candidate(store, organisation, &email).await?,
        None => None,
    };
    let hash = candidate.as_ref().map(sign_in::Candidate::hash);
    let fits = proof::verify(services, &attempt, password, hash).await?;
    let candidate = candidate.filter(|_| fits).ok_or(Conflict::WrongCredentials)?;
    let session = new_session(services, visitor);
    let return_to = domain::sign_in::safe_return(&request.return_to).to_owned();
    let back = return_to.clone();
    let entered = store.write(async move |tx| sign_in::enter(tx, &candidate, session, &back).await).await?;
    limits::succeed(store, &attempt).await?;
    Ok(Entry::new(entered, &return_to))
}

/// Proves anew who one is, for what takes a fresh proof.
///
/// # Errors
/// `Invalid` or `PasskeyRefused` if it is not right, `TooManyRequests`.
pub async fn prove(services: &Services, caller: &Caller, request: Prove) -> Result<(), Error> {
    proof::prove(services, caller, request).await.map(drop)
}

pub(crate) fn new_session(services: &Services, visitor: Visitor) -> NewSession {
    NewSession { device: visitor.device, seconds: services.session_seconds() }
}

/// Whom somebody who is not signed in names: perhaps nobody that there is.
pub(crate) struct Named<'a> {
    /// The name of an organisation, as typed.
    pub(crate) organisation: &'a str,
    pub(crate) email: &'a Email,
}

impl Named<'_> {
    /// Charges an attempt, and says which organisation is meant, if there is such a one.
    ///
    /// # Errors
    /// `TooManyRequests`, whether there is such an account or not.
    pub(crate) async fn charge(
        &self,
        services: &Services,
        limit: Limit,
        visitor: &Visitor,
    ) -> Result<(Option<OrganisationId>, Attempt), Error> {
        let (store, name) = (services.store(), self.organisation.trim());
        let organisation = organisation_meant(services, name).await?;
        let whom = organisation.map_or(Whom::Nowhere(name, self.email), |id| Whom::Address(id, self.email));
        let attempt = Attempt::new(store, limit, whom, Some(visitor.range));
        limits::charge(store, &attempt).await?;
        Ok((organisation, attempt))
    }
}

/// The only organisation, or where there are several the one of that name.
pub(crate) async fn organisation_meant(
    services: &Services,
    name: &str,
) -> Result<Option<OrganisationId>, Error> {
    let mut read = services.store().read().await?;
    Ok(match sign_in::organisations(&mut read).await?.as_slice() {
        [(only, _)] => Some(*only),
        _ => sign_in::organisation_named(&mut read, name).await?,
    })
}

/// Signs out.
///
/// # Errors
/// `Internal`.
pub async fn sign_out(services: &Services, caller: &Caller) -> Result<(), Error> {
    let caller = caller.clone();
    Ok(services.store().write(async move |tx| sessions::end(tx, &caller).await).await?)
}

/// Keeps the language with the account of somebody who is signed in.
///
/// # Errors
/// `Internal`.
pub async fn set_language(
    services: &Services,
    caller: Option<&Caller>,
    request: SetLanguage,
) -> Result<(), Error> {
    let Some(caller) = caller.cloned() else { return Ok(()) };
    let language = request.language;
    Ok(services.store().write(async move |tx| sign_in::set_language(tx, &caller, language).await).await?)
}

/// A link to set an empty installation up, or nothing where that was done.
///
/// # Errors
/// `Internal`.
pub async fn set_up_link(services: &Services) -> Result<Option<String>, Error> {
    let store = services.store();
    if !first::is_empty(&mut store.read().await?).await? {
        return Ok(None);
    }
    let token = first::issue_link(store).await?;
    Ok(Some(format!("{}/set-up?token={}", services.public_url(), token.reveal())))
}

/// Whether the set-up link can be used.
///
/// # Errors
/// `LinkExpired`.
pub async fn check_set_up(services: &Services, request: CheckLink) -> Result<(), Error> {
    let mut read = services.store().read().await?;
    Ok(first::check_link(&mut read, &Token::brought(&request.token)).await?)
}

/// Creates the first organisation and its admin by set-up link, and signs in.
///
/// # Errors
/// `LinkExpired`, `AlreadySetUp`, or all that is wrong with the fields.
pub async fn set_up(services: &Services, visitor: Visitor, request: SetUp) -> Result<Entry, Error> {
    check_set_up(services, CheckLink { token: request.token.clone() }).await?;
    create_first(services, &request).await?;
    let sign = SignIn {
        email: request.email,
        password: request.password,
        organisation: String::new(),
        return_to: "/".into(),
    };
    sign_in(services, visitor, sign).await
}

/// Creates the first organisation and its admin: the command line's way, where no link is needed.
///
/// # Errors
/// `AlreadySetUp`, or all that is wrong with the fields.
pub async fn create_first(services: &Services, request: &SetUp) -> Result<(), Error> {
    let mut fields = Fields::default();
    let name = fields.take(Field::Organisation, OrganisationName::parse(&request.organisation));
    let password = fields.take(Field::Password, Password::parse(&request.password));
    let mut errors = fields.errors();
    let admin = Contact::parse(&request.name, &request.email).map_err(|more| errors.extend(more));
    let (Some(name), Some(password), Ok(admin)) = (name, password, admin) else { return Err(errors.into()) };
    let address = admin.email.reveal();
    let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
    let personal = [name.as_str(), admin.name.as_str(), local].map(str::to_owned);
    let password_hash = passwords::hash_new(services, &password, &personal).await?;
    let organisation = first::FirstOrganisation {
        notice: crate::notice::shipped(name.as_str()),
        name,
        time_zone: FIRST_TIME_ZONE.into(),
        admin,
        password_hash,
        language: Language::default(),
    };
    first::create(services.store(), organisation).await?;
    Ok(())
}
