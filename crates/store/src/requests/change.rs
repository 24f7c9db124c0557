//! Filing, answering, extending, taking back; and the end of the texts.
//!
//! Each change names the state that it starts from, so of two at once one wins and the other is
//! told. A text is sealed before the transaction, since the keys are a store of their own; the
//! transaction looks again whether the account is still there.

use super::{ANSWER, REASON, TEXT};
use crate::{
    Grant, Own, Result, Store, Tx, connection::on_db, grants::PrivacyManage, keys::TextPlace, mail,
    sign_in::announce_rights,
};
use domain::{
    Conflict, DataRequestId, Error, OrganisationId, UserId,
    mail::Message,
    requests::{RequestKind, RequestState},
};
use uuid::Uuid;

/// A request that is about to be filed.
#[derive(Clone, Debug)]
pub struct NewRequest {
    id: DataRequestId,
    kind: RequestKind,
    text: Vec<u8>,
}

impl NewRequest {
    /// Which it will be.
    #[must_use]
    pub const fn id(&self) -> DataRequestId {
        self.id
    }
}

/// Seals the words of a request.
///
/// # Errors
/// `NotFound` if there is no key any more, or the database failed.
pub async fn prepare(store: &Store, grant: &Grant<Own>, kind: RequestKind, text: &str) -> Result<NewRequest> {
    let id = DataRequestId(store.random().id(store.clock().now()));
    let key = store.keys().find(grant.user()).await?.ok_or(Error::NotFound)?;
    let place = TextPlace { of: id.0, part: TEXT };
    Ok(NewRequest { id, kind, text: key.encrypt_text(place, text, store.random())? })
}

/// Files a request that is due on that day (counted from 1970-01-01), and gives its number.
///
/// # Errors
/// `NotFound` if the account is ending, or the database failed.
pub async fn file(tx: &mut Tx, grant: &Grant<Own>, request: &NewRequest, due_on: i64) -> Result<i64> {
    let (organisation, now) = (grant.organisation(), tx.now());
    let number: i64 = on_db!(tx, c => sqlx::query_scalar(
        "INSERT INTO data_request_count (organisation_id, newest) VALUES ($1, 1)
         ON CONFLICT (organisation_id) DO UPDATE SET newest = data_request_count.newest + 1
         RETURNING newest")
        .bind(organisation.0).fetch_one(c).await)?;
    let filed = on_db!(tx, c => sqlx::query(
        "INSERT INTO data_request (id, organisation_id, number, user_id, kind, state, filed_at, due_on, request_text)
         SELECT $1, organisation_id, $3, user_id, $4, $5, $6, $7, $8 FROM account
         WHERE user_id = $2 AND status = 'active'")
        .bind(request.id.0).bind(grant.user().0).bind(number).bind(request.kind.code())
        .bind(RequestState::Open.code()).bind(now).bind(due_on).bind(&request.text)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if filed != 1 {
        return Err(Error::NotFound.into());
    }
    announce_rights(tx, organisation);
    Ok(number)
}

/// Takes back one's own request; its texts go at `erase_at` (unix milliseconds). Gives its number.
///
/// # Errors
/// `NotFound`, `Stale` if it isn't open any more, or the database failed.
pub async fn withdraw(tx: &mut Tx, grant: &Grant<Own>, id: DataRequestId, erase_at: i64) -> Result<i64> {
    let now = tx.now();
    let number: Option<i64> = on_db!(tx, c => sqlx::query_scalar(
        "UPDATE data_request SET state = 'withdrawn', closed_at = $3, erase_at = $4
         WHERE id = $1 AND user_id = $2 AND state = 'open' RETURNING number")
        .bind(id.0).bind(grant.user().0).bind(now).bind(erase_at).fetch_optional(c).await)?;
    let Some(number) = number else { return Err(why_not_withdrawn(tx, grant, id).await?.into()) };
    announce_rights(tx, grant.organisation());
    Ok(number)
}

async fn why_not_withdrawn(tx: &mut Tx, grant: &Grant<Own>, id: DataRequestId) -> Result<Error> {
    let exists: bool = on_db!(tx, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM data_request WHERE id = $1 AND user_id = $2)")
        .bind(id.0).bind(grant.user().0).fetch_one(c).await)?;
    Ok(if exists { Conflict::Stale.into() } else { Error::NotFound })
}

/// An answer that is about to be given.
#[derive(Clone, Debug)]
pub struct SealedAnswer {
    id: DataRequestId,
    text: Vec<u8>,
}

/// A reason why it takes longer, that is about to be given.
#[derive(Clone, Debug)]
pub struct SealedReason {
    id: DataRequestId,
    text: Vec<u8>,
}

/// Seals an answer for the author of a request.
///
/// # Errors
/// `NotFound`, `Stale` if the author left meanwhile, or the database failed.
pub async fn prepare_answer(
    store: &Store,
    grant: &Grant<PrivacyManage>,
    id: DataRequestId,
    text: &str,
) -> Result<SealedAnswer> {
    Ok(SealedAnswer {
        id,
        text: seal_for_author(store, grant, TextPlace { of: id.0, part: ANSWER }, text).await?,
    })
}

/// Seals the reason why it takes longer for the author of a request.
///
/// # Errors
/// `NotFound`, `Stale` if the author left meanwhile, or the database failed.
pub async fn prepare_reason(
    store: &Store,
    grant: &Grant<PrivacyManage>,
    id: DataRequestId,
    text: &str,
) -> Result<SealedReason> {
    Ok(SealedReason {
        id,
        text: seal_for_author(store, grant, TextPlace { of: id.0, part: REASON }, text).await?,
    })
}

async fn seal_for_author(
    store: &Store,
    grant: &Grant<PrivacyManage>,
    place: TextPlace,
    text: &str,
) -> Result<Vec<u8>> {
    let mut read = store.read().await?;
    let author: Option<Uuid> = on_db!(read, c => sqlx::query_scalar(
        "SELECT user_id FROM data_request WHERE id = $1 AND organisation_id = $2")
        .bind(place.of).bind(grant.organisation().0).fetch_optional(c).await)?;
    drop(read);
    let author = author.ok_or(Error::NotFound)?;
    let key = store.keys().find(UserId(author)).await?.ok_or(Conflict::Stale)?;
    key.encrypt_text(place, text, store.random())
}

/// Answers a request and tells its author by mail that there is an answer; the texts go at
/// `erase_at` (unix milliseconds). Gives its number.
///
/// # Errors
/// `Stale` if it isn't open any more, or the database failed.
pub async fn answer(
    tx: &mut Tx,
    grant: &Grant<PrivacyManage>,
    answer: &SealedAnswer,
    erase_at: i64,
) -> Result<i64> {
    let now = tx.now();
    let answered: Option<(i64, Uuid)> = on_db!(tx, c => sqlx::query_as(
        "UPDATE data_request SET state = 'answered', closed_at = $3, erase_at = $4, answered_by = $5, answer = $6
         WHERE id = $1 AND organisation_id = $2 AND state = 'open' RETURNING number, user_id")
        .bind(answer.id.0).bind(grant.organisation().0).bind(now).bind(erase_at)
        .bind(grant.actor().map(|actor| actor.0)).bind(&answer.text).fetch_optional(c).await)?;
    tell(tx, grant, answered, Message::DataRequestAnswered).await
}

/// Moves the day by which a request has to be answered, once, to `due_on` (counted from 1970-01-01),
/// and tells its author by mail that it was moved. Gives its number.
///
/// # Errors
/// `Stale` if it isn't open any more or was moved already, or the database failed.
pub async fn extend(
    tx: &mut Tx,
    grant: &Grant<PrivacyManage>,
    reason: &SealedReason,
    due_on: i64,
) -> Result<i64> {
    let now = tx.now();
    let extended: Option<(i64, Uuid)> = on_db!(tx, c => sqlx::query_as(
        "UPDATE data_request SET extended_at = $3, due_on = $4, reason = $5
         WHERE id = $1 AND organisation_id = $2 AND state = 'open' AND extended_at IS NULL
         RETURNING number, user_id")
        .bind(reason.id.0).bind(grant.organisation().0).bind(now).bind(due_on).bind(&reason.text)
        .fetch_optional(c).await)?;
    tell(tx, grant, extended, Message::DataRequestExtended).await
}

async fn tell(
    tx: &mut Tx,
    grant: &Grant<PrivacyManage>,
    changed: Option<(i64, Uuid)>,
    message: Message,
) -> Result<i64> {
    let (number, author) = changed.ok_or(Conflict::Stale)?;
    mail::queue(tx, grant, UserId(author), message).await?;
    announce_rights(tx, grant.organisation());
    Ok(number)
}

/// Erases the texts of somebody whose account ends. What was still open can't be answered any more.
pub(crate) async fn end_all(tx: &mut Tx, user: UserId) -> Result<()> {
    let now = tx.now();
    on_db!(tx, c => sqlx::query(
        "UPDATE data_request SET request_text = NULL, reason = NULL, answer = NULL, erase_at = NULL,
             closed_at = CASE WHEN state = 'open' THEN $2 ELSE closed_at END,
             state = CASE WHEN state = 'open' THEN 'withdrawn' ELSE state END
         WHERE user_id = $1")
        .bind(user.0).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Erases the texts whose time is over, and says of how many requests.
pub(crate) async fn erase_due(tx: &mut Tx) -> Result<u64> {
    let now = tx.now();
    let organisations: Vec<Uuid> = on_db!(tx, c => sqlx::query_scalar(
        "UPDATE data_request SET request_text = NULL, reason = NULL, answer = NULL, erase_at = NULL
         WHERE erase_at <= $1 RETURNING organisation_id")
        .bind(now).fetch_all(c).await)?;
    for organisation in &organisations {
        announce_rights(tx, OrganisationId(*organisation));
    }
    Ok(organisations.len() as u64)
}
