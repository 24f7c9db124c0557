//! Passkeys (WebAuthn credentials). What the library keeps of one is stored as it writes it; this
//! module knows whose it is and how it is found.

use crate::{
    Caller, Error, Grant, Own, Proven, Read, Result, Store, Token, Tx,
    challenges::{self, Purpose},
    connection::{may_enter, on_db},
    sessions::{self, NewSession, day},
};
use domain::{Conflict, OrganisationId, PasskeyId, UserId, name::PasskeyName, second_factor::MOST_PASSKEYS};
use uuid::Uuid;

/// One of one's own passkeys.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// Which.
    pub id: Uuid,
    /// What its user calls it.
    pub name: String,
    /// When it was added, in unix milliseconds.
    pub created_at: i64,
    /// The day of its last use, counted from 1970-01-01.
    pub used_on: Option<i64>,
}

/// One's own passkeys, oldest first.
///
/// # Errors
/// The database failed.
pub async fn own(read: &mut Read, grant: &Grant<Own>) -> Result<Vec<Row>> {
    Ok(on_db!(read, c => sqlx::query_as(
        "SELECT id, name, created_at, used_on FROM passkey WHERE user_id = $1 ORDER BY id")
        .bind(grant.user().0).fetch_all(c).await)?)
}

/// The ids by which authenticators know one's own passkeys.
///
/// # Errors
/// The database failed.
pub async fn own_credential_ids(read: &mut Read, grant: &Grant<Own>) -> Result<Vec<Vec<u8>>> {
    Ok(
        on_db!(read, c => sqlx::query_scalar("SELECT credential_id FROM passkey WHERE user_id = $1 ORDER BY id")
        .bind(grant.user().0).fetch_all(c).await)?,
    )
}

pub(crate) async fn count(read: &mut Read, user: UserId) -> Result<i64> {
    Ok(on_db!(read, c => sqlx::query_scalar("SELECT COUNT(*) FROM passkey WHERE user_id = $1")
        .bind(user.0).fetch_one(c).await)?)
}

/// Keeps what the answer of a new passkey has to fit.
///
/// # Errors
/// `TooManyPasskeys`, or the database failed.
pub async fn begin_adding(tx: &mut Tx, grant: &Grant<Own>, state: &str) -> Result<Token> {
    has_room(tx, grant).await?;
    challenges::begin(tx, Purpose::AddPasskey, Some(grant.user()), state).await
}

async fn has_room(tx: &mut Tx, grant: &Grant<Own>) -> Result<()> {
    let few = count(tx, grant.user()).await? < MOST_PASSKEYS;
    if few { Ok(()) } else { Err(Conflict::TooManyPasskeys.into()) }
}

/// What the answer of a new passkey of one's own has to fit.
///
/// # Errors
/// `PasskeyRefused` if nothing was asked or the time is over, or the database failed.
pub async fn adding(store: &Store, grant: &Grant<Own>, token: &Token) -> Result<String> {
    let now = store.clock().now();
    let challenge = challenges::find(&mut store.read().await?, Purpose::AddPasskey, token, now).await?;
    asked_of(challenge, grant.user())
}

fn asked_of(challenge: Option<challenges::Challenge>, user: UserId) -> Result<String> {
    let challenge = challenge.filter(|challenge| challenge.user.is_some_and(|(asked, _)| asked == user));
    challenge.map(|challenge| challenge.state).ok_or_else(|| Conflict::PasskeyRefused.into())
}

/// A passkey to keep.
#[derive(Clone, Debug)]
pub struct NewPasskey {
    /// The question that it answers.
    pub token: Token,
    /// The id by which the authenticator knows it.
    pub credential_id: Vec<u8>,
    /// What the library keeps of it.
    pub credential: String,
    /// What to call it.
    pub name: PasskeyName,
}

/// Keeps a new passkey; its question is used up.
///
/// # Errors
/// `PasskeyRefused` if the question was answered already or somebody has that passkey,
/// `TooManyPasskeys`, or the database failed.
pub async fn add(tx: &mut Tx, grant: &Grant<Own>, new: &NewPasskey) -> Result<()> {
    asked_of(challenges::take(tx, Purpose::AddPasskey, &new.token).await?, grant.user())?;
    // Several questions may be open at once.
    has_room(tx, grant).await?;
    let (id, now) = (tx.new_id(), tx.now());
    let added = on_db!(tx, c => sqlx::query(
        "INSERT INTO passkey (id, user_id, credential_id, credential, name, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id).bind(grant.user().0).bind(&new.credential_id).bind(&new.credential)
        .bind(new.name.as_str()).bind(now).execute(c).await.map(drop));
    added.map_err(|error| Error::unique(error, Conflict::PasskeyRefused))
}

/// Gives one of one's own passkeys another name.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn rename(tx: &mut Tx, grant: &Grant<Own>, id: PasskeyId, name: &PasskeyName) -> Result<()> {
    let renamed = on_db!(tx, c => sqlx::query("UPDATE passkey SET name = $3 WHERE id = $1 AND user_id = $2")
        .bind(id.0).bind(grant.user().0).bind(name.as_str()).execute(c).await.map(|done| done.rows_affected()))?;
    if renamed == 1 { Ok(()) } else { Err(domain::Error::NotFound.into()) }
}

/// Removes one of one's own passkeys.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn remove(tx: &mut Tx, grant: &Grant<Own>, id: PasskeyId) -> Result<()> {
    let removed = on_db!(tx, c => sqlx::query("DELETE FROM passkey WHERE id = $1 AND user_id = $2")
        .bind(id.0).bind(grant.user().0).execute(c).await.map(|done| done.rows_affected()))?;
    if removed == 1 { Ok(()) } else { Err(domain::Error::NotFound.into()) }
}

/// Keeps what the answer of a passkey that is used has to fit.
///
/// # Errors
/// The database failed.
pub async fn begin_use(tx: &mut Tx, state: &str) -> Result<Token> {
    challenges::begin(tx, Purpose::UsePasskey, None, state).await
}

/// A passkey that somebody uses.
#[derive(Clone, Debug)]
pub struct Found {
    id: PasskeyId,
    user: UserId,
    organisation: OrganisationId,
    /// What the library keeps of it.
    pub credential: String,
}

/// What the answer has to fit, and the passkey that it names.
///
/// # Errors
/// `PasskeyRefused` if the time is over, nobody has that passkey or its user may not sign in, or
/// the database failed.
pub async fn using(
    store: &Store,
    token: &Token,
    user: UserId,
    credential_id: &[u8],
) -> Result<(String, Found)> {
    let now = store.clock().now();
    let mut read = store.read().await?;
    let challenge = challenges::find(&mut read, Purpose::UsePasskey, token, now).await?;
    let found = find(&mut read, user, credential_id, now).await?;
    let (challenge, found) = challenge.zip(found).ok_or(Conflict::PasskeyRefused)?;
    Ok((challenge.state, found))
}

async fn find(read: &mut Read, user: UserId, credential_id: &[u8], now: i64) -> Result<Option<Found>> {
    let row: Option<(Uuid, Uuid, String)> = on_db!(read, c => sqlx::query_as(
        concat!("SELECT k.id, a.organisation_id, k.credential FROM passkey k JOIN account a ON a.user_id = k.user_id
         WHERE k.credential_id = $1 AND k.user_id = $2 AND ", may_enter!("$3")))
        .bind(credential_id).bind(user.0).bind(now).fetch_optional(c).await)?;
    Ok(row.map(|(id, organisation, credential)| Found {
        id: PasskeyId(id),
        user,
        organisation: OrganisationId(organisation),
        credential,
    }))
}

/// A passkey that was used: its question, and what the library keeps of it from now on.
#[derive(Clone, Debug)]
pub struct Used {
    /// The question that it answered.
    pub token: Token,
    /// Which, as it was found.
    pub found: Found,
    /// What the library keeps of it from now on.
    pub credential: String,
}

/// Begins a session for whoever has just used a passkey; its question is used up.
///
/// # Errors
/// `PasskeyRefused` if the question was answered already, or the passkey was used or removed
/// meanwhile, or the database failed.
pub async fn enter(tx: &mut Tx, used: &Used, session: NewSession) -> Result<Token> {
    take(tx, used).await?;
    sessions::begin(tx, used.found.organisation, used.found.user, session).await
}

/// Renews the proof of the session of whoever has just used a passkey; its question is used up.
///
/// # Errors
/// `PasskeyRefused` also if it is somebody else's, `Unauthenticated` if the session ended meanwhile,
/// or the database failed.
pub async fn prove(tx: &mut Tx, caller: &Caller, used: &Used) -> Result<Proven> {
    if used.found.user != caller.user() {
        return Err(Conflict::PasskeyRefused.into());
    }
    take(tx, used).await?;
    sessions::proved(tx, caller).await
}

async fn take(tx: &mut Tx, Used { token, found, credential }: &Used) -> Result<()> {
    let now = tx.now();
    challenges::take(tx, Purpose::UsePasskey, token).await?.ok_or(Conflict::PasskeyRefused)?;
    // The credential holds the counter: whoever comes second with the same one is refused.
    let used = on_db!(tx, c => sqlx::query(concat!(
        "UPDATE passkey SET credential = $4, used_on = $5
         WHERE id = $1 AND credential = $3
           AND EXISTS (SELECT 1 FROM account a
                       WHERE a.user_id = passkey.user_id AND a.organisation_id = $2 AND ", may_enter!("$6"), ")"))
        .bind(found.id.0).bind(found.organisation.0).bind(&found.credential).bind(credential)
        .bind(day(now)).bind(now).execute(c).await.map(|done| done.rows_affected()))?;
    if used == 1 { Ok(()) } else { Err(Conflict::PasskeyRefused.into()) }
}
