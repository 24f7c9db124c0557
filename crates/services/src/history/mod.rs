//! Reading the history, taking it along as a file ([`export`], and how far that is: [`progress`]), and taking changes back ([`revert`]). It is written
//! by the use cases themselves.

pub mod export;
pub mod progress;
pub mod revert;

use crate::{
    Services,
    local_time::{end_of_day, local_time, start_of_day},
};
use domain::{
    Error, Field, UserId,
    history::{Entry, FindPeople, HistoryPage, ListHistory, ListOwnHistory, Named, NamedSubject, PAGE},
};
use store::{
    Caller,
    grants::{BillingView, HistoryView, PartnersView, UsersView},
    history::{self, Stored, Wanted, names},
};

/// A page, newest first. The name of a deleted partner is only for those who may view billing
/// details.
///
/// # Errors
/// `Forbidden`.
pub async fn list(services: &Services, caller: &Caller, request: ListHistory) -> Result<HistoryPage, Error> {
    let grant = caller.require::<HistoryView>()?;
    let billing = caller.may::<BillingView>();
    let wanted = wanted(&request, caller, PAGE + 1);
    let mut read = services.store().read().await?;
    let rows = history::list(&mut read, &grant, billing.as_ref(), &wanted).await?;
    let (person, about) = names::of_wanted(&mut read, &grant, billing.as_ref(), &wanted).await?;
    drop(read);
    Ok(HistoryPage { person, about, ..page(rows, caller) })
}

/// Those who did something and are called so, to choose from; nobody where nothing is looked for.
///
/// # Errors
/// `Forbidden`, `Invalid` for a search that can't be.
pub async fn find_people(
    services: &Services,
    caller: &Caller,
    request: FindPeople,
) -> Result<Vec<Named<UserId>>, Error> {
    let grant = caller.require::<HistoryView>()?;
    let search = crate::lists::parse_search(&request.search)?;
    let mut read = services.store().read().await?;
    Ok(names::people(&mut read, &grant, &search).await?)
}

/// A page of what one did oneself, newest first; it takes no right. Others are named to those who may see them.
///
/// # Errors
/// `Internal`.
pub async fn list_own(
    services: &Services,
    caller: &Caller,
    request: ListOwnHistory,
) -> Result<HistoryPage, Error> {
    let billing = caller.may::<BillingView>();
    let request = ListHistory { after: request.after, ..ListHistory::default() };
    let wanted = wanted(&request, caller, PAGE + 1);
    let mut read = services.store().read().await?;
    let mut rows = history::list_own(&mut read, &caller.own(), billing.as_ref(), &wanted).await?;
    drop(read);
    for row in &mut rows {
        let may_see = match &row.subject {
            NamedSubject::User(user) => user.id == caller.user() || caller.may::<UsersView>().is_some(),
            NamedSubject::Partner(_) => caller.may::<PartnersView>().is_some(),
            _ => true,
        };
        if !may_see {
            row.subject = NamedSubject::Withheld;
        }
    }
    Ok(page(rows, caller))
}

fn page(mut rows: Vec<Stored>, caller: &Caller) -> HistoryPage {
    let has_next = rows.len() > PAGE;
    rows.truncate(PAGE);
    let entries = rows.into_iter().map(|row| entry(row, caller.time_zone())).collect();
    HistoryPage { entries, has_next, ..HistoryPage::default() }
}

/// Days are those of the organisation. One that no calendar has leaves nothing out.
fn wanted(request: &ListHistory, caller: &Caller, limit: usize) -> Wanted {
    let ListHistory { person, about, topic, from, to, after } = *request;
    Wanted {
        person,
        about,
        topic,
        since: from.and_then(|day| start_of_day(day, caller.time_zone())),
        until: to.and_then(|day| end_of_day(day, caller.time_zone())),
        after,
        limit: i64::try_from(limit).unwrap_or(i64::MAX),
    }
}

fn entry(row: Stored, time_zone: &str) -> Entry {
    let Stored { id, at, actor, action, subject } = row;
    Entry { id, at: local_time(at, time_zone), actor, action, subject }
}

/// The fields that changed, for an entry of the history: names, never values.
pub(crate) fn changed(fields: impl IntoIterator<Item = (Field, bool)>) -> Vec<Field> {
    fields.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect()
}
