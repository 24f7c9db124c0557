//! The first page.

use crate::Services;
use domain::{Error, Permission, history::ListHistory, overview::Overview};
use store::{Caller, users};

/// How many entries of the history it shows.
const RECENT: usize = 8;

/// One's roles, and what happened lately for those who may view it.
///
/// # Errors
/// `Internal`.
pub async fn find(services: &Services, caller: &Caller) -> Result<Overview, Error> {
    let account = users::find_own(&mut services.store().read().await?, &caller.own()).await?;
    let recent = if caller.rights().allow(Permission::HistoryView) {
        let mut page = crate::history::list(services, caller, ListHistory::default()).await?;
        page.entries.truncate(RECENT);
        Some(page.entries)
    } else {
        None
    };
    Ok(Overview { roles: account.roles.into_iter().map(|role| role.name).collect(), recent })
}
