//! The first page.

use crate::{Services, explain};
use domain::{Error, Permission, history::ListHistory, overview::Overview};
use store::{Caller, users};

/// How many entries of the history it shows.
const RECENT: usize = 8;

/// One's roles, what one asked for, and what happened lately and what waits for those who may know.
///
/// # Errors
/// `Internal`.
pub async fn find(services: &Services, caller: &Caller) -> Result<Overview, Error> {
    let mut read = services.store().read().await?;
    let roles = match caller.preview() {
        Some(preview) => preview.of.as_ref().map(|of| of.roles.clone()).unwrap_or_default(),
        None => {
            let account = users::find_own(&mut read, &caller.own()).await?;
            account.roles.into_iter().map(|role| role.name).collect()
        }
    };
    let asked = explain::own_requests(&mut read, caller).await?;
    drop(read);
    let recent = if caller.rights().allow(Permission::HistoryView) {
        let mut page = crate::history::list(services, caller, ListHistory::default()).await?;
        page.entries.truncate(RECENT);
        Some(page.entries)
    } else {
        None
    };
    Ok(Overview { roles, recent, asked, to_answer: explain::count(services, caller).await? })
}
