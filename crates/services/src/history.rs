//! Reading the history. It is written by the use cases themselves.

use crate::{Services, local_time::local_time};
use domain::{
    Error, Field,
    history::{Entry, HistoryPage, ListHistory, PAGE},
};
use store::{
    Caller,
    grants::{BillingView, HistoryView},
    history,
};

/// A page, newest first. The name of a deleted partner is only for those who may view billing
/// details.
///
/// # Errors
/// `Forbidden`.
pub async fn list(services: &Services, caller: &Caller, request: ListHistory) -> Result<HistoryPage, Error> {
    let grant = caller.require::<HistoryView>()?;
    let billing = caller.may::<BillingView>();
    let mut read = services.store().read().await?;
    let mut rows = history::list(&mut read, &grant, billing.as_ref(), &request).await?;
    drop(read);
    let has_next = rows.len() > PAGE;
    rows.truncate(PAGE);
    let entries = rows
        .into_iter()
        .map(|row| Entry {
            id: row.id,
            at: local_time(row.at, caller.time_zone()),
            actor: row.actor,
            action: row.action,
            subject: row.subject,
        })
        .collect();
    Ok(HistoryPage { entries, has_next })
}

/// The fields that changed, for an entry of the history: names, never values.
pub(crate) fn changed(fields: impl IntoIterator<Item = (Field, bool)>) -> Vec<Field> {
    fields.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect()
}
