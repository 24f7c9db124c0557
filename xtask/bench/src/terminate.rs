//! How long the end of an account takes, without the password's hash that is asked for before it.

use crate::{Result, fill};
use std::{
    path::Path,
    time::{Duration, Instant},
};
use store::{Clock, MasterKey, Options, Random, Store, Token, sessions, termination};

/// Fills the history of whoever the token belongs to, and ends the account.
pub async fn terminate(file: &str, key: &Path, token: &str, rows: i64) -> Result<Duration> {
    let random = Random::from_system();
    let master_key = MasterKey::load_or_create(key, &random)?;
    let url = format!("sqlite://{file}");
    let store = Store::open(Options { url: &url, master_key, clock: Clock::System, random }).await?;
    let now = store.clock().now();
    let caller = sessions::resolve(&mut store.read().await?, &Token::brought(token), now).await?;
    let caller = caller.ok_or("the session is gone")?;
    fill::history(file, &caller, rows).await?;
    let (grant, proven) = (caller.own(), caller.proven(now)?);
    let begun = Instant::now();
    termination::terminate(&store, &grant, &proven).await?;
    let taken = begun.elapsed();
    store.close().await;
    Ok(taken)
}
