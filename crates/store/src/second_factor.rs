//! The step after the password, and what both kinds of second factor have in common: recovery codes
//! and the ways to lose it all. The secrets are in [`crate::totp`] and [`crate::passkeys`].

use crate::{
    Caller, Error, Grant, Own, Proven, Read, Result, Store, System, Token, Tx,
    challenges::{self, Purpose},
    connection::on_db,
    grants::{RolesManage, UsersManage},
    history, passkeys,
    sessions::{self, NewSession},
    totp,
};
use domain::{
    Conflict, OrganisationId, UserId,
    event::{Event, EventKind},
    history::{Action, Subject},
    second_factor::{Asked, MOST_WRONG_CODES},
};
use serde::{Deserialize, Serialize};

/// What a password that is right leads to.
#[derive(Debug)]
pub enum Entered {
    /// A session.
    Session(Token),
    /// The question for a second factor.
    SecondFactor(Token),
}

/// What is kept with the question for a second factor.
#[derive(Debug, Serialize, Deserialize)]
struct State {
    wrong: u32,
    return_to: String,
}

impl State {
    fn write(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|_| Error::Corrupt("challenge"))
    }

    fn read(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(|_| Error::Corrupt("challenge"))
    }
}

/// Goes on for somebody whose password, or link to set one, was right: whoever has a second factor
/// is asked for it, for all others a session begins.
pub(crate) async fn go_on(
    tx: &mut Tx,
    (organisation, user): (OrganisationId, UserId),
    session: NewSession,
    return_to: &str,
) -> Result<Entered> {
    if !is_on(tx, user).await? {
        return Ok(Entered::Session(sessions::begin(tx, organisation, user, session).await?));
    }
    let state = State { wrong: 0, return_to: return_to.to_owned() }.write()?;
    Ok(Entered::SecondFactor(challenges::begin(tx, Purpose::SecondFactor, Some(user), &state).await?))
}

/// Whether one has a second factor.
///
/// # Errors
/// The database failed.
pub async fn is_own_on(read: &mut Read, grant: &Grant<Own>) -> Result<bool> {
    is_on(read, grant.user()).await
}

/// Whether a user has a second factor, for somebody who manages users.
///
/// # Errors
/// The database failed.
pub async fn is_on_for(read: &mut Read, _: &Grant<UsersManage>, user: UserId) -> Result<bool> {
    is_on(read, user).await
}

/// Whether rights of a user wait until they set one up, for somebody who manages roles.
///
/// # Errors
/// The database failed.
pub async fn is_missed_by(read: &mut Read, grant: &Grant<RolesManage>, user: UserId) -> Result<bool> {
    let required: bool = on_db!(read, c => sqlx::query_scalar(
        "SELECT second_factor_required FROM organisation WHERE id = $1")
        .bind(grant.organisation().0).fetch_one(c).await)?;
    Ok(required && !is_on(read, user).await?)
}

async fn is_on(read: &mut Read, user: UserId) -> Result<bool> {
    Ok(totp::is_on(read, user).await? || passkeys::count(read, user).await? > 0)
}

/// Whether one's own app makes codes, and how many recovery codes are left.
///
/// # Errors
/// The database failed.
pub async fn own(read: &mut Read, grant: &Grant<Own>) -> Result<(bool, i64)> {
    Ok((totp::is_on(read, grant.user()).await?, count_codes(read, grant.user()).await?))
}

async fn find(read: &mut Read, token: &Token, now: i64) -> Result<(UserId, OrganisationId, State)> {
    let challenge = challenges::find(read, Purpose::SecondFactor, token, now).await?;
    let challenge = challenge.ok_or(Conflict::ChallengeOver)?;
    let (user, organisation) = challenge.user.ok_or(Error::Corrupt("challenge"))?;
    Ok((user, organisation, State::read(&challenge.state)?))
}

/// What can be given as a second factor.
///
/// # Errors
/// `ChallengeOver`, or the database failed.
pub async fn asked(read: &mut Read, token: &Token, now: i64) -> Result<Asked> {
    let (user, _, state) = find(read, token, now).await?;
    let passkey = passkeys::count(read, user).await? > 0;
    Ok(Asked { totp: totp::is_on(read, user).await?, passkey, return_to: state.return_to })
}

/// Who was asked, and the secret that the code has to fit, if there is one.
///
/// # Errors
/// `ChallengeOver`, or the database failed.
pub async fn secret(store: &Store, token: &Token) -> Result<(UserId, Option<totp::Secret>)> {
    let (user, ..) = find(&mut store.read().await?, token, store.clock().now()).await?;
    let secret = totp::find(store, user).await?.filter(|secret| secret.confirmed);
    Ok((user, secret))
}

/// What was given.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A code of the app that fits this time step.
    Step(i64),
    /// A recovery code.
    Recovery(Token),
    /// A code that fits nothing.
    Wrong,
}

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// A session, and where to go on.
    Entered(Token, String),
    /// It was wrong, and may be tried again.
    Wrong,
    /// It was wrong too often.
    Over,
}

/// Takes the answer. A wrong one is counted, and after [`MOST_WRONG_CODES`] the question is gone.
///
/// # Errors
/// `ChallengeOver`, or the database failed.
pub async fn answer(tx: &mut Tx, token: &Token, answer: &Answer, session: NewSession) -> Result<Outcome> {
    let now = tx.now();
    let (user, organisation, mut state) = find(tx, token, now).await?;
    if use_up(tx, (organisation, user), answer).await? {
        challenges::take(tx, Purpose::SecondFactor, token).await?;
        return Ok(Outcome::Entered(
            sessions::begin(tx, organisation, user, session).await?,
            state.return_to,
        ));
    }
    state.wrong += 1;
    if state.wrong < MOST_WRONG_CODES {
        challenges::update(tx, token, &state.write()?).await?;
        return Ok(Outcome::Wrong);
    }
    challenges::take(tx, Purpose::SecondFactor, token).await?;
    Ok(Outcome::Over)
}

/// Renews the proof of the caller's session by a code; nothing if it is wrong or was used before.
///
/// # Errors
/// `Unauthenticated` if the session ended meanwhile, or the database failed.
pub async fn prove(tx: &mut Tx, caller: &Caller, answer: &Answer) -> Result<Option<Proven>> {
    if use_up(tx, (caller.organisation(), caller.user()), answer).await? {
        return sessions::proved(tx, caller).await.map(Some);
    }
    Ok(None)
}

/// Whether a code is right, which it is once.
async fn use_up(
    tx: &mut Tx,
    (organisation, user): (OrganisationId, UserId),
    answer: &Answer,
) -> Result<bool> {
    match answer {
        Answer::Step(step) => totp::use_step(tx, user, *step).await,
        Answer::Recovery(code) => use_code(tx, organisation, user, code).await,
        Answer::Wrong => Ok(false),
    }
}

/// Replaces the recovery codes by these.
///
/// # Errors
/// The database failed.
pub async fn put_codes(tx: &mut Tx, grant: &Grant<Own>, codes: &[Token]) -> Result<()> {
    forget_codes(tx, grant.user()).await?;
    for code in codes {
        on_db!(tx, c => sqlx::query("INSERT INTO recovery_code (user_id, hash) VALUES ($1, $2)")
            .bind(grant.user().0).bind(code.hash()).execute(c).await.map(drop))?;
    }
    Ok(())
}

async fn use_code(tx: &mut Tx, organisation: OrganisationId, user: UserId, code: &Token) -> Result<bool> {
    let used = on_db!(tx, c => sqlx::query("DELETE FROM recovery_code WHERE user_id = $1 AND hash = $2")
        .bind(user.0).bind(code.hash()).execute(c).await.map(|done| done.rows_affected()))?;
    if used == 0 {
        return Ok(false);
    }
    let grant: Grant<System> = Grant::acting_as(organisation, user);
    history::record(tx, &grant, Action::RecoveryCodeUsed, Subject::User(user)).await?;
    Ok(true)
}

async fn count_codes(read: &mut Read, user: UserId) -> Result<i64> {
    Ok(on_db!(read, c => sqlx::query_scalar("SELECT COUNT(*) FROM recovery_code WHERE user_id = $1")
        .bind(user.0).fetch_one(c).await)?)
}

async fn forget_codes(tx: &mut Tx, user: UserId) -> Result<()> {
    on_db!(tx, c => sqlx::query("DELETE FROM recovery_code WHERE user_id = $1").bind(user.0).execute(c).await.map(drop))?;
    Ok(())
}

/// To be called in the transaction that added or removed a factor: recovery codes don't outlive the
/// last factor, and open pages learn what is allowed now.
///
/// # Errors
/// The database failed.
pub async fn changed(tx: &mut Tx, grant: &Grant<Own>) -> Result<()> {
    settle(tx, grant.organisation(), grant.user()).await
}

async fn settle(tx: &mut Tx, organisation: OrganisationId, user: UserId) -> Result<()> {
    if !is_on(tx, user).await? {
        forget_codes(tx, user).await?;
    }
    tx.announce(Event { organisation, user: Some(user), kind: EventKind::RightsChanged });
    Ok(())
}

/// Takes every second factor of a user away, so that the password alone is asked for.
///
/// # Errors
/// `NotInThatState` if there is none, or the database failed.
pub async fn reset(tx: &mut Tx, grant: &Grant<UsersManage>, user: UserId) -> Result<()> {
    if !is_on(tx, user).await? {
        return Err(Conflict::NotInThatState.into());
    }
    on_db!(tx, c => sqlx::query("DELETE FROM totp WHERE user_id = $1").bind(user.0).execute(c).await.map(drop))?;
    on_db!(tx, c => sqlx::query("DELETE FROM passkey WHERE user_id = $1").bind(user.0).execute(c).await.map(drop))?;
    challenges::end_all(tx, user).await?;
    settle(tx, grant.organisation(), user).await
}
