//! What a server tidies up: when it starts, since another one may have died at work, and every few
//! minutes, what has had its time.
//!
//! A user's key is made before the account, in a store of its own ([`crate::users::NewAccount`]),
//! so a creation that was cut short leaves a key that belongs to nobody. What a termination leaves
//! is [`crate::termination`]'s.

use crate::{Result, Store, Tx, closing, connection::on_db, random::first_id_at, receipts, requests};
use domain::UserId;
use uuid::Uuid;

/// How old a key has to be before a missing account means anything, in milliseconds: another
/// server may just be creating it.
const AN_HOUR: i64 = 60 * 60 * 1000;
/// How many keys are looked at in one go.
const PAGE: i64 = 200;

/// Goes on with what is being closed, and takes out what has had its time: invitations that nobody accepted, new
/// addresses that nobody confirmed, questions that no browser answered, sign-ins, links and exports that have
/// ended, texts of data requests that were answered long ago, who looked at whom and who asked for what long
/// ago, and counts of usage from long ago.
///
/// # Errors
/// The database failed.
pub async fn tidy_up(store: &Store) -> Result<()> {
    let closed = closing::resume(store).await;
    let erased = crate::termination::erase_expired_invitations(store).await;
    store.write(async move |tx| sweep(tx).await).await?;
    if store.write(async move |tx| requests::erase_due(tx).await).await? > 0 {
        store.note_erasure();
    }
    // What was erased must not stay readable in the log.
    if store.logs_hold_erased() || receipts::is_waiting(&mut store.read().await?).await? {
        receipts::settle(store).await?;
    }
    erased?;
    closed.map(drop)
}

async fn sweep(tx: &mut Tx) -> Result<()> {
    const ENDED: [&str; 6] = [
        "DELETE FROM address_change WHERE expires_at <= $1",
        "DELETE FROM challenge WHERE expires_at <= $1",
        "DELETE FROM session WHERE expires_at <= $1",
        "DELETE FROM link WHERE expires_at <= $1",
        "DELETE FROM data_export WHERE ends_at <= $1",
        "DELETE FROM history_export WHERE ends_at <= $1",
    ];
    let now = tx.now();
    for delete in ENDED {
        on_db!(tx, c => sqlx::query(delete).bind(now).execute(c).await.map(drop))?;
    }
    receipts::sweep(tx).await?;
    crate::privacy::views::sweep(tx).await?;
    crate::explain::requests::sweep(tx).await?;
    crate::insights::sweep(tx).await?;
    crate::privacy::exports::give_up(tx).await
}

/// Destroys the keys older than an hour that no account belongs to, and says how many there were.
///
/// # Errors
/// The database failed.
pub async fn destroy_ownerless_keys(store: &Store) -> Result<usize> {
    let newest = first_id_at(store.clock().now() - AN_HOUR);
    let mut after = Uuid::nil();
    let mut destroyed = 0;
    loop {
        // The keys are read before the accounts: an account that comes in between is seen.
        let keys = store.keys().between(after, newest, PAGE).await?;
        let Some(last) = keys.last().copied() else { break };
        let accounts = accounts(store, after, last).await?;
        for key in keys.into_iter().filter(|key| accounts.binary_search(key).is_err()) {
            store.keys().destroy(UserId(key)).await?;
            store.note_erasure();
            destroyed += 1;
        }
        after = last;
    }
    if destroyed > 0 {
        store.forget_logs().await?;
    }
    Ok(destroyed)
}

/// The accounts after one id and up to another, in order.
async fn accounts(store: &Store, after: Uuid, last: Uuid) -> Result<Vec<Uuid>> {
    let mut read = store.read().await?;
    Ok(on_db!(read, c => sqlx::query_scalar(
        "SELECT user_id FROM account WHERE user_id > $1 AND user_id <= $2 ORDER BY user_id")
        .bind(after).bind(last).fetch_all(c).await)?)
}
