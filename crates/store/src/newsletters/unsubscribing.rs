//! Opting out by the link in a mail. Its token is derived (a keyed hash of user and newsletter), so that
//! every mail to somebody can carry the same one and an old mail still opts out; only its hash is kept, with
//! the subscription, so after termination it leads nowhere. It can do nothing but this.

use super::{
    handing_over::{self, Whose},
    switches,
};
use crate::{Result, Store, Token, connection::on_db};
use domain::{NewsletterId, UserId, newsletters::Source};
use uuid::Uuid;

/// Opts out whoever the token is of, and waits for a mail that is just leaving. A token that is nobody's, or
/// that of somebody who is gone, gets the same answer; and so does using it twice.
///
/// # Errors
/// The database failed.
pub async fn opt_out(store: &Store, token: &Token) -> Result<()> {
    let mut read = store.read().await?;
    let found: Option<(Uuid, Uuid)> = on_db!(read, c => sqlx::query_as(
        "SELECT user_id, newsletter_id FROM subscription WHERE token_hash = $1")
        .bind(token.hash()).fetch_optional(c).await)?;
    drop(read);
    let Some((user, newsletter)) = found else { return Ok(()) };
    let (user, newsletter) = (UserId(user), NewsletterId(newsletter));
    store
        .write_in_turn(async move |tx| switches::turn_off(tx, user, newsletter, Source::MailLink).await)
        .await?;
    handing_over::wait(store, Whose::Reader(user, newsletter)).await
}
