//! What is stored about oneself, who looked at it, and taking it along.
//!
//! All of it is read by the personal-data register (`store::personal_data`), so page, export and
//! database can't disagree; the words are in [`texts`]. Nothing here asks for a permission, since it is
//! always one's own, and nothing may ever depend on agreeing to anything.

mod archive;
mod describe;
mod periods;
mod texts;
mod words;

pub use archive::{SCHEMA, make_next};
pub use periods::{periods, written as written_periods};
pub use texts::permission as permission_label;

use crate::{Services, local_time::local_time};
use domain::{
    Error, ExportId, Language, Permission, PermissionSet, UserId,
    privacy::{Export, MOST_VALUES, MOST_VIEWS, Privacy, View},
    retention::NamePeriods,
    time::Date,
};
use jiff::civil::date;
use std::collections::BTreeMap;
use store::{
    Caller, Grant, Own, Read,
    grants::UsersView,
    limits::{self, Attempt, Limit, Whom},
    privacy::{
        exports::{self, State},
        readers, views,
    },
    retention, users,
};

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// Who reads it.
#[derive(Debug)]
struct Reader {
    language: Language,
    organisation: String,
    time_zone: String,
    /// How long names of former users stay.
    name_periods: NamePeriods,
    /// What the reader may do.
    held: PermissionSet,
    /// How many people hold a permission.
    holders: BTreeMap<Permission, i64>,
}

impl Reader {
    async fn find(read: &mut Read, grant: &Grant<Own>, now: i64) -> Result<(Self, exports::About), Error> {
        let about = exports::about(read, grant).await?;
        let reader = Self {
            language: Language::from_code(&about.language).unwrap_or_default(),
            organisation: about.organisation.clone(),
            time_zone: about.time_zone.clone(),
            name_periods: retention::own_facts(read, grant).await?.periods,
            held: users::find_own(read, grant).await?.permissions,
            holders: readers::count(read, grant, now).await?,
        };
        Ok((reader, about))
    }
}

/// What is stored about oneself.
///
/// # Errors
/// `Internal`.
pub async fn find(services: &Services, caller: &Caller) -> Result<Privacy, Error> {
    let (store, grant) = (services.store(), caller.own());
    let mut read = store.read().await?;
    let (reader, _) = Reader::find(&mut read, &grant, store.clock().now()).await?;
    let limit = i64::try_from(MOST_VIEWS + 1).unwrap_or(i64::MAX);
    let mut looks = views::list(&mut read, &grant, limit).await?;
    drop(read);
    let more_views = looks.len() > MOST_VIEWS;
    looks.truncate(MOST_VIEWS);
    let described = describe::describe(services, &grant, &reader, MOST_VALUES).await?;
    Ok(Privacy {
        sections: described.sections,
        absent: described.absent,
        withheld: described.withheld,
        not_stored: not_stored(reader.language),
        views: looks.into_iter().map(view).collect(),
        more_views,
    })
}

fn not_stored(language: Language) -> Vec<String> {
    texts::of(language).not_stored.iter().map(|text| (*text).to_owned()).collect()
}

fn view(stored: views::Stored) -> View {
    let views::Stored { name, external, gone, looked_on } = stored;
    View { name, external, gone, day: local_time(looked_on.saturating_mul(DAY), "UTC").into() }
}

/// Notes that the page of a user was opened: today, where the organisation is. Whoever can't be noted
/// doesn't get to see it either.
pub(crate) async fn note_view(
    services: &Services,
    caller: &Caller,
    grant: &Grant<UsersView>,
    user: UserId,
) -> Result<(), Error> {
    let now = services.store().clock().now();
    let today = days(local_time(now, caller.time_zone()).into());
    Ok(views::note(services.store(), grant, user, today).await?)
}

/// A day, counted from 1970-01-01.
fn days(Date { year, month, day }: Date) -> i64 {
    let today = date(year, month.cast_signed(), day.cast_signed());
    i64::from(today.since(date(1970, 1, 1)).map_or(0, |span| span.get_days()))
}

/// Where one's export stands.
///
/// # Errors
/// `Internal`.
pub async fn export(services: &Services, caller: &Caller) -> Result<Export, Error> {
    let (mut read, now) = (services.store().read().await?, services.store().clock().now());
    Ok(match exports::find(&mut read, &caller.own(), now).await? {
        None => Export::Nothing,
        Some(State::Queued { percent }) => Export::Running { percent },
        Some(State::Failed) => Export::Failed,
        Some(State::Ready { id, ends_at, bytes }) => Export::Ready {
            id,
            ends: local_time(ends_at, caller.time_zone()),
            kilobytes: bytes.div_euclid(1024) + 1,
        },
    })
}

/// Asks for an export, unless one is being made already.
///
/// # Errors
/// `ProofNeeded`: whoever finds a browser that was left alone must not carry everything away;
/// `TooManyRequests`.
pub async fn start_export(services: &Services, caller: &Caller) -> Result<Export, Error> {
    let store = services.store();
    let proven = caller.proven(store.clock().now())?;
    limits::charge(store, &Attempt::new(store, Limit::Export, Whom::User(caller.user()), None)).await?;
    exports::ask(store, &caller.own(), &proven).await?;
    export(services, caller).await
}

/// Whether an export may be downloaded at this moment.
///
/// # Errors
/// `ProofNeeded`, as for asking for one.
pub fn check_download(services: &Services, caller: &Caller) -> Result<(), Error> {
    caller.proven(services.store().clock().now()).map(drop)
}

/// The file of one's own export.
///
/// # Errors
/// `NotFound` if there is none of that name, it has ended or is somebody else's; `ProofNeeded`.
pub async fn download(services: &Services, caller: &Caller, id: ExportId) -> Result<Vec<u8>, Error> {
    let file = exports::file(services.store(), &caller.own(), id).await?;
    // What is not there is not there, proven or not.
    check_download(services, caller)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days(Date { year: 1970, month: 1, day: 1 }), 0);
        assert_eq!(days(Date { year: 1970, month: 2, day: 1 }), 31);
        assert_eq!(days(Date { year: 2026, month: 11, day: 25 }), 20_782);
    }
}
