//! Proving who one is: by address and password, or by a one-time link.

use crate::{
    Caller, Grant, Own, Proven, Read, Result, Store, System, Token, Tx, challenges,
    connection::{may_enter, on_db},
    history, links, mail,
    second_factor::{self, Entered},
    sessions::{self, NewSession},
};
use domain::{
    Conflict, Email, OrganisationId, UserId,
    event::{Event, EventKind},
    history::{Action, Subject},
    mail::Message,
    sign_in::LinkPurpose,
};
use uuid::Uuid;

/// Somebody who might be signing in: proof is still to come.
#[derive(Debug)]
pub struct Candidate {
    user: UserId,
    organisation: OrganisationId,
    hash: String,
}

impl Candidate {
    /// The hash (PHC string) that the password has to fit.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// The organisations there are, at most two: enough to know whether one has to be named.
///
/// # Errors
/// The database failed.
pub async fn organisations(read: &mut Read) -> Result<Vec<(OrganisationId, String)>> {
    let rows: Vec<(Uuid, String)> = on_db!(read, c => sqlx::query_as("SELECT id, name FROM organisation WHERE closing_at IS NULL ORDER BY id LIMIT 2").fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id, name)| (OrganisationId(id), name)).collect())
}

/// The organisation of that name.
///
/// # Errors
/// The database failed.
pub async fn organisation_named(read: &mut Read, name: &str) -> Result<Option<OrganisationId>> {
    let id: Option<Uuid> = on_db!(read, c => sqlx::query_scalar("SELECT id FROM organisation WHERE name = $1 AND closing_at IS NULL")
        .bind(name).fetch_optional(c).await)?;
    Ok(id.map(OrganisationId))
}

/// The organisation of that name, whether it is being closed or not.
///
/// # Errors
/// `NotFound`; `NotInThatState` where several have that name; or the database failed.
pub async fn only_organisation_named(read: &mut Read, name: &str) -> Result<OrganisationId> {
    let ids: Vec<Uuid> = on_db!(read, c => sqlx::query_scalar("SELECT id FROM organisation WHERE name = $1 LIMIT 2")
        .bind(name).fetch_all(c).await)?;
    match ids.as_slice() {
        [only] => Ok(OrganisationId(*only)),
        [] => Err(domain::Error::NotFound.into()),
        _ => Err(Conflict::NotInThatState.into()),
    }
}

/// Who has this address, if they have a password and may sign in.
///
/// # Errors
/// The database failed.
pub async fn candidate(
    store: &Store,
    organisation: OrganisationId,
    email: &Email,
) -> Result<Option<Candidate>> {
    let (lookup, now) = (store.keys().lookup(organisation, email), store.clock().now());
    let mut read = store.read().await?;
    let row: Option<(Uuid, String)> = on_db!(read, c => sqlx::query_as(
        concat!("SELECT a.user_id, w.hash FROM user_contact u
         JOIN account a ON a.user_id = u.user_id JOIN user_password w ON w.user_id = u.user_id
         WHERE u.organisation_id = $1 AND u.lookup = $2 AND ", may_enter!("$3")))
        .bind(organisation.0).bind(lookup).bind(now).fetch_optional(c).await)?;
    Ok(row.map(|(user, hash)| Candidate { user: UserId(user), organisation, hash }))
}

/// One's own password hash, to check a fresh proof.
///
/// # Errors
/// The database failed.
pub async fn own_hash(read: &mut Read, grant: &Grant<Own>) -> Result<Option<String>> {
    Ok(on_db!(read, c => sqlx::query_scalar("SELECT hash FROM user_password WHERE user_id = $1")
        .bind(grant.user().0).fetch_optional(c).await)?)
}

/// Goes on for a candidate whose password fits, unless the account ended or the password was changed
/// meanwhile.
///
/// # Errors
/// `WrongCredentials`, or the database failed.
pub async fn enter(
    tx: &mut Tx,
    candidate: &Candidate,
    session: NewSession,
    return_to: &str,
) -> Result<Entered> {
    let still: Option<i64> = on_db!(tx, c => sqlx::query_scalar(
        "SELECT a.version FROM account a JOIN user_password w ON w.user_id = a.user_id
         WHERE a.user_id = $1 AND a.organisation_id = $2 AND a.status = 'active' AND w.hash = $3")
        .bind(candidate.user.0).bind(candidate.organisation.0).bind(&candidate.hash).fetch_optional(c).await)?;
    if still.is_none() {
        return Err(Conflict::WrongCredentials.into());
    }
    let place = (candidate.organisation, candidate.user);
    second_factor::go_on(tx, place, session, return_to).await
}

/// Sets or replaces a password hash. Whoever proved the one before has to begin again.
pub(crate) async fn put_password(tx: &mut Tx, user: UserId, hash: &str) -> Result<()> {
    on_db!(tx, c => sqlx::query(
        "INSERT INTO user_password (user_id, hash) VALUES ($1, $2)
         ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash")
        .bind(user.0).bind(hash).execute(c).await.map(drop))?;
    challenges::end_all(tx, user).await
}

async fn has_password(read: &mut Read, user: UserId) -> Result<bool> {
    Ok(on_db!(read, c => sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM user_password WHERE user_id = $1)")
        .bind(user.0).fetch_one(c).await)?)
}

/// Changes the password of somebody who has just proved who they are; all their other sessions end,
/// and their links.
///
/// # Errors
/// The database failed.
pub async fn change_password(tx: &mut Tx, caller: &Caller, _proven: &Proven, hash: &str) -> Result<()> {
    let (grant, user) = (caller.own(), caller.user());
    put_password(tx, user, hash).await?;
    links::end_all(tx, user).await?;
    sessions::end_others(tx, caller).await?;
    mail::queue(tx, &grant, user, Message::PasswordChanged).await?;
    history::record(tx, &grant, Action::PasswordSet, Subject::User(user)).await
}

/// Uses a link up: sets the password, activates the account, ends older sessions, and goes on. A
/// second factor is asked for all the same.
///
/// # Errors
/// `LinkExpired` if it can't be used, or the database failed.
pub async fn use_link(
    tx: &mut Tx,
    purpose: LinkPurpose,
    token: &Token,
    hash: &str,
    session: NewSession,
) -> Result<Entered> {
    let links::Found { user, organisation, .. } = links::take(tx, purpose, token).await?;
    let grant: Grant<System> = Grant::acting_as(organisation, user);
    if has_password(tx, user).await? {
        mail::queue(tx, &grant, user, Message::PasswordChanged).await?;
    }
    put_password(tx, user, hash).await?;
    on_db!(tx, c => sqlx::query("UPDATE account SET status = 'active', invitation_ends_at = NULL, version = version + 1 WHERE user_id = $1")
        .bind(user.0).execute(c).await.map(drop))?;
    links::end_all(tx, user).await?;
    sessions::end_all(tx, organisation, user).await?;
    history::record(tx, &grant, Action::PasswordSet, Subject::User(user)).await?;
    second_factor::go_on(tx, (organisation, user), session, "/").await
}

/// Queues a mail with a link to set a new password, if somebody who can sign in has this address and
/// none is on its way already.
///
/// # Errors
/// The database failed.
pub async fn send_reset(store: &Store, organisation: OrganisationId, email: &Email) -> Result<()> {
    let lookup = store.keys().lookup(organisation, email);
    store
        .write(async move |tx| {
            let now = tx.now();
            let user: Option<Uuid> = on_db!(tx, c => sqlx::query_scalar(
                concat!("SELECT a.user_id FROM user_contact u JOIN account a ON a.user_id = u.user_id
                 WHERE u.organisation_id = $1 AND u.lookup = $2 AND ", may_enter!("$3")))
                .bind(organisation.0).bind(&lookup).bind(now).fetch_optional(c).await)?;
            match user.map(UserId) {
                Some(user) => {
                    mail::queue_once(tx, &Grant::<System>::system(organisation), user, Message::PasswordReset)
                        .await
                }
                None => Ok(()),
            }
        })
        .await
}

/// Keeps the language that somebody chose.
///
/// # Errors
/// The database failed.
pub async fn set_language(tx: &mut Tx, caller: &Caller, language: domain::Language) -> Result<()> {
    on_db!(tx, c => sqlx::query("UPDATE account SET language = $2 WHERE user_id = $1")
        .bind(caller.user().0).bind(language.code()).execute(c).await.map(drop))?;
    Ok(())
}

/// Tells every open page of the organisation to ask for its rights again.
pub(crate) fn announce_rights(tx: &mut Tx, organisation: OrganisationId) {
    tx.announce(Event { organisation, user: None, kind: EventKind::RightsChanged });
}
