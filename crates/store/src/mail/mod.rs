//! The outbox. A mail is queued in the transaction of what it tells of, so either both happened or
//! neither; the job knows whom it is for, and never the address.
//!
//! Queueing is here, sending in [`sending`], what became of it in [`settling`]. Where no mail is sent ([`crate::Outbox`]) nothing is
//! queued. To add a message: a variant of [`Message`], its words in `services::mail::texts`.

pub mod sending;
pub mod settling;

use crate::{Error, Grant, Read, Result, Tx, connection::on_db, grants::UsersManage};
use domain::{
    IssueId, OrganisationId, RoleId, UserId,
    mail::{LatestMail, MailProblem, MailState, Message},
};
use uuid::Uuid;

/// How many rows go into one statement: SQLite takes 32,766 values.
const ROWS: usize = 1000;

/// Queues a mail to a user of the grant's organisation.
///
/// # Errors
/// The database failed.
pub async fn queue<P>(tx: &mut Tx, grant: &Grant<P>, to: UserId, message: Message) -> Result<()> {
    insert(tx, grant.organisation(), &[to], Batch::of(message)).await.map(drop)
}

/// The same, unless such a mail is still on its way.
pub(crate) async fn queue_once<P>(tx: &mut Tx, grant: &Grant<P>, to: UserId, message: Message) -> Result<()> {
    let text = code(message)?;
    let waiting: bool = on_db!(tx, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM mail WHERE user_id = $1 AND message = $2 AND state = 'queued')")
        .bind(to.0).bind(text).fetch_one(c).await)?;
    if waiting { Ok(()) } else { queue(tx, grant, to, message).await }
}

/// Queues the notice of a changed address to the one that is still the user's: call it before that
/// is replaced. An earlier notice that is still on its way would go to the new one, so it goes.
///
/// # Errors
/// The database failed.
pub async fn queue_to_former_address<P>(tx: &mut Tx, grant: &Grant<P>, to: UserId) -> Result<()> {
    let notice = code(Message::AddressChange)?;
    on_db!(tx, c => sqlx::query(
        "DELETE FROM mail WHERE user_id = $1 AND message = $2 AND state = 'queued'
           AND NOT EXISTS (SELECT 1 FROM former_address f WHERE f.mail_id = mail.id)")
        .bind(to.0).bind(notice).execute(c).await.map(drop))?;
    for id in insert(tx, grant.organisation(), &[to], Batch::of(Message::AddressChange)).await? {
        on_db!(tx, c => sqlx::query(
            "INSERT INTO former_address (mail_id, user_id, address)
             SELECT $1, user_id, address FROM user_contact WHERE user_id = $2")
            .bind(id).bind(to.0).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Tells a user that their rights changed, unless they changed them themselves, are still invited,
/// or are about to be told already.
///
/// # Errors
/// The database failed.
pub(crate) async fn tell_of_rights<P>(tx: &mut Tx, grant: &Grant<P>, user: UserId) -> Result<()> {
    tell_all(tx, grant, "a.user_id = $4", user.0).await
}

/// The same for all who hold a role. Call it before the role is deleted.
///
/// # Errors
/// The database failed.
pub(crate) async fn tell_of_role<P>(tx: &mut Tx, grant: &Grant<P>, role: RoleId) -> Result<()> {
    tell_all(tx, grant, "a.user_id IN (SELECT user_id FROM role_assignment WHERE role_id = $4)", role.0).await
}

async fn tell_all<P>(tx: &mut Tx, grant: &Grant<P>, whom: &'static str, id: Uuid) -> Result<()> {
    let sql = format!(
        "SELECT a.user_id FROM account a
         WHERE a.organisation_id = $1 AND a.user_id <> $2 AND a.status IN ('active', 'suspended') AND {whom}
           AND NOT EXISTS (SELECT 1 FROM mail m
                           WHERE m.user_id = a.user_id AND m.state = 'queued' AND m.message = $3)"
    );
    let actor = grant.actor().map_or(Uuid::nil(), |actor| actor.0);
    let message = code(Message::RightsChanged)?;
    // Put together of the fixed parts above only.
    let users: Vec<Uuid> = on_db!(tx, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(grant.organisation().0).bind(actor).bind(&message).bind(id).fetch_all(c).await)?;
    let users: Vec<_> = users.into_iter().map(UserId).collect();
    insert(tx, grant.organisation(), &users, Batch::of(Message::RightsChanged)).await.map(drop)
}

/// What is queued for several users at once.
#[derive(Clone, Copy)]
pub(crate) struct Batch {
    pub message: Message,
    /// The issue that it is about.
    pub issue: Option<IssueId>,
    /// Smaller ones go first.
    pub turn: i64,
}

impl Batch {
    const fn of(message: Message) -> Self {
        Self { message, issue: None, turn: 0 }
    }
}

/// One row for each user, in one statement for each [`ROWS`] of them.
pub(crate) async fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    users: &[UserId],
    batch: Batch,
) -> Result<Vec<Uuid>> {
    if !tx.mail_is_sent() || users.is_empty() {
        return Ok(Vec::new());
    }
    let (now, message) = (tx.now(), code(batch.message)?);
    let rows: Vec<(Uuid, UserId)> = users.iter().map(|user| (tx.new_id(), *user)).collect();
    for rows in rows.chunks(ROWS) {
        on_db!(tx, c => {
            let mut sql = sqlx::QueryBuilder::new(
                "INSERT INTO mail (id, organisation_id, user_id, message, state, attempts, due_at, created_at, issue_id, turn) ");
            sql.push_values(rows, |mut row, (id, user)| {
                row.push_bind(*id).push_bind(organisation.0).push_bind(user.0).push_bind(&message)
                    .push_bind(MailState::Queued.code()).push_bind(0_i64).push_bind(now).push_bind(now)
                    .push_bind(batch.issue.map(|issue| issue.0)).push_bind(batch.turn);
            });
            sql.build().execute(c).await.map(drop)
        })?;
    }
    let ids: Vec<Uuid> = rows.into_iter().map(|(id, _)| id).collect();
    tx.mail_was_queued(&ids);
    Ok(ids)
}

fn code(message: Message) -> Result<String> {
    serde_json::to_string(&message).map_err(|_| Error::Corrupt("message"))
}

/// Takes back what earlier transactions queued with a link in it, for links that end: sending it
/// would make a new one.
pub(crate) async fn take_back_links(tx: &mut Tx, user: UserId) -> Result<()> {
    take_back(tx, "user_id = $1", user.0).await
}

/// The same for all who hold a role.
pub(crate) async fn take_back_links_of_role(tx: &mut Tx, role: RoleId) -> Result<()> {
    take_back(tx, "user_id IN (SELECT user_id FROM role_assignment WHERE role_id = $1)", role.0).await
}

async fn take_back(tx: &mut Tx, whose: &'static str, id: Uuid) -> Result<()> {
    let sql = format!(
        "SELECT id FROM mail WHERE state = 'queued' AND {whose}
           AND message IN ('\"invitation\"', '\"password_reset\"', '\"address_confirmation\"')"
    );
    // Put together of the fixed parts above only.
    let mut mails: Vec<Uuid> =
        on_db!(tx, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(id).fetch_all(c).await)?;
    mails.retain(|mail| !tx.queued_mail().contains(mail));
    for mail in mails {
        on_db!(tx, c => sqlx::query("DELETE FROM mail WHERE id = $1").bind(mail).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// The newest mail to a user, for somebody who manages users. Whether they receive newsletters is nobody's
/// concern, so those don't count.
///
/// # Errors
/// The database failed.
pub async fn latest_of_user(
    read: &mut Read,
    grant: &Grant<UsersManage>,
    user: UserId,
) -> Result<Option<LatestMail>> {
    let row: Option<(String, String, i64, Option<String>)> = on_db!(read, c => sqlx::query_as(
        "SELECT message, state, created_at, problem FROM mail
         WHERE organisation_id = $1 AND user_id = $2 AND issue_id IS NULL ORDER BY id DESC LIMIT 1")
        .bind(grant.organisation().0).bind(user.0).fetch_optional(c).await)?;
    let Some((message, state, at, problem)) = row else { return Ok(None) };
    Ok(Some(LatestMail {
        message: read_message(&message)?,
        state: MailState::from_code(&state).ok_or(Error::Corrupt("state of a mail"))?,
        at,
        problem: problem.as_deref().and_then(MailProblem::from_code),
    }))
}

fn read_message(code: &str) -> Result<Message> {
    serde_json::from_str(code).map_err(|_| Error::Corrupt("message"))
}
