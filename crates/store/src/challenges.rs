//! What a browser was asked and has not answered yet: a second factor, a passkey. Each is found by
//! the hash of a token that only that browser holds, and ends by itself.

use crate::{
    Read, Result, Token, Tx,
    connection::{may_enter, on_db},
};
use domain::{OrganisationId, UserId};
use uuid::Uuid;

/// Five minutes: how long there is to answer.
pub const SECONDS: u32 = 5 * 60;

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A second factor, after the password.
    SecondFactor,
    /// A new passkey.
    AddPasskey,
    /// A passkey, to sign in.
    UsePasskey,
}

impl Purpose {
    const fn code(self) -> &'static str {
        match self {
            Self::SecondFactor => "second_factor",
            Self::AddPasskey => "add_passkey",
            Self::UsePasskey => "use_passkey",
        }
    }
}

/// A question that can still be answered.
#[derive(Clone, Debug)]
pub(crate) struct Challenge {
    /// Who was asked, and where, if that is known.
    pub(crate) user: Option<(UserId, OrganisationId)>,
    /// What the answer has to fit.
    pub(crate) state: String,
}

/// Asks.
pub(crate) async fn begin(tx: &mut Tx, purpose: Purpose, user: Option<UserId>, state: &str) -> Result<Token> {
    let (token, now) = (tx.random().token(), tx.now());
    on_db!(tx, c => sqlx::query(
        "INSERT INTO challenge (token_hash, user_id, purpose, state, expires_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(token.hash()).bind(user.map(|user| user.0)).bind(purpose.code()).bind(state)
        .bind(now + i64::from(SECONDS) * 1000).execute(c).await.map(drop))?;
    Ok(token)
}

/// The question of this token, unless its time is over or its user may not sign in any more.
pub(crate) async fn find(
    read: &mut Read,
    purpose: Purpose,
    token: &Token,
    now: i64,
) -> Result<Option<Challenge>> {
    let row: Option<(Option<Uuid>, Option<Uuid>, String)> = on_db!(read, c => sqlx::query_as(
        concat!("SELECT a.user_id, a.organisation_id, q.state
         FROM challenge q LEFT JOIN account a ON a.user_id = q.user_id
         WHERE q.token_hash = $1 AND q.purpose = $2 AND q.expires_at > $3
           AND (q.user_id IS NULL OR ", may_enter!("$3"), ")"))
        .bind(token.hash()).bind(purpose.code()).bind(now).fetch_optional(c).await)?;
    Ok(row.map(|(user, organisation, state)| {
        let user = user.zip(organisation).map(|(user, place)| (UserId(user), OrganisationId(place)));
        Challenge { user, state }
    }))
}

/// Takes the question away, so that it is answered once.
pub(crate) async fn take(tx: &mut Tx, purpose: Purpose, token: &Token) -> Result<Option<Challenge>> {
    let now = tx.now();
    let found = find(tx, purpose, token, now).await?;
    on_db!(tx, c => sqlx::query("DELETE FROM challenge WHERE token_hash = $1")
        .bind(token.hash()).execute(c).await.map(drop))?;
    Ok(found)
}

/// Keeps another state with the question.
pub(crate) async fn update(tx: &mut Tx, token: &Token, state: &str) -> Result<()> {
    on_db!(tx, c => sqlx::query("UPDATE challenge SET state = $2 WHERE token_hash = $1")
        .bind(token.hash()).bind(state).execute(c).await.map(drop))?;
    Ok(())
}

/// Takes all questions of a user away: what was proved before them holds no longer.
pub(crate) async fn end_all(tx: &mut Tx, user: UserId) -> Result<()> {
    on_db!(tx, c => sqlx::query("DELETE FROM challenge WHERE user_id = $1").bind(user.0).execute(c).await.map(drop))?;
    Ok(())
}
