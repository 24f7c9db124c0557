//! The first page.

use crate::{Services, explain};
use domain::{Error, Permission, history::ListHistory, overview::Overview};
use store::{Caller, explain::requests, users};

/// How many entries of the history it shows.
const RECENT: usize = 8;

/// One's roles, what one asked for, and what happened lately and what waits for those who may know.
///
/// # Errors
/// `Internal`.
pub async fn find(services: &Services, caller: &Caller) -> Result<Overview, Error> {
    let mut read = services.store().read().await?;
    let account = users::find_own(&mut read, &caller.own()).await?;
    let asked = requests::list_own(&mut read, &caller.own()).await?;
    drop(read);
    let recent = if caller.rights().allow(Permission::HistoryView) {
        let mut page = crate::history::list(services, caller, ListHistory::default()).await?;
        page.entries.truncate(RECENT);
        Some(page.entries)
    } else {
        None
    };
    Ok(Overview {
        roles: account.roles.into_iter().map(|role| role.name).collect(),
        recent,
        asked: explain::own_requests(caller, asked),
        to_answer: explain::count(services, caller).await?,
    })
}
