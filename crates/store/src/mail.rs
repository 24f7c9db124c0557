//! The outbox. A mail is queued in the transaction of what it tells of, so either both happened or
//! neither; the job knows whom it is for, and never the address.

use crate::{Error, Grant, Result, Tx, connection::on_db};
use domain::{
    UserId,
    mail::{MailState, Message},
};

/// Queues a mail to a user of the grant's organisation.
///
/// # Errors
/// The database failed.
pub async fn queue<P>(tx: &mut Tx, grant: &Grant<P>, to: UserId, message: Message) -> Result<()> {
    let (id, now) = (tx.new_id(), tx.now());
    let message = serde_json::to_string(&message).map_err(|_| Error::Corrupt("message"))?;
    on_db!(tx, c => sqlx::query(
        "INSERT INTO mail (id, organisation_id, user_id, message, state, attempts, due_at, created_at)
         VALUES ($1, $2, $3, $4, $5, 0, $6, $6)")
        .bind(id).bind(grant.organisation().0).bind(to.0).bind(&message).bind(MailState::Queued.code())
        .bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// The same, unless such a mail is still on its way.
///
/// # Errors
/// The database failed.
pub(crate) async fn queue_once<P>(tx: &mut Tx, grant: &Grant<P>, to: UserId, message: Message) -> Result<()> {
    let text = serde_json::to_string(&message).map_err(|_| Error::Corrupt("message"))?;
    let waiting: bool = on_db!(tx, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM mail WHERE user_id = $1 AND message = $2 AND state = 'queued')")
        .bind(to.0).bind(text).fetch_one(c).await)?;
    if waiting { Ok(()) } else { queue(tx, grant, to, message).await }
}

/// Keeps the address that is about to be replaced for the notices of it that are still on their way.
pub(crate) async fn keep_former_address(tx: &mut Tx, user: UserId) -> Result<()> {
    let notice = serde_json::to_string(&Message::AddressChange).map_err(|_| Error::Corrupt("message"))?;
    on_db!(tx, c => sqlx::query(
        "INSERT INTO former_address (mail_id, user_id, address)
         SELECT m.id, m.user_id, u.address FROM mail m JOIN user_contact u ON u.user_id = m.user_id
         WHERE m.user_id = $1 AND m.message = $2 AND m.state = 'queued'
         ON CONFLICT (mail_id) DO NOTHING")
        .bind(user.0).bind(notice).execute(c).await.map(drop))?;
    Ok(())
}
