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
