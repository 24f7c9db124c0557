//! The organisation itself: name and time zone.

use crate::{
    Services,
    local_time::{end_of_day, last_day, time_zones},
};
use domain::{
    Error, Field, Fields, Problem,
    history::{Action, Subject},
    name::OrganisationName,
    organisation::{Organisation, SaveOrganisation},
};
use store::{Caller, Grant, Tx, grants::OrganisationManage, history, organisation, users};

/// The organisation.
///
/// # Errors
/// `Forbidden`.
pub async fn find(services: &Services, caller: &Caller) -> Result<Organisation, Error> {
    let grant = caller.require::<OrganisationManage>()?;
    let row = organisation::find(&mut services.store().read().await?, &grant).await?;
    Ok(Organisation {
        name: row.name,
        time_zone: row.time_zone,
        version: row.version,
        time_zones: time_zones(),
    })
}

/// Changes it.
///
/// # Errors
/// `Forbidden`, `Invalid`, `Stale`.
pub async fn save(
    services: &Services,
    caller: &Caller,
    request: SaveOrganisation,
) -> Result<Organisation, Error> {
    let grant = caller.require::<OrganisationManage>()?;
    let mut fields = Fields::default();
    let name = fields.take(Field::Name, OrganisationName::parse(&request.name));
    let zone = fields.take(Field::TimeZone, known_zone(&request.time_zone));
    let (Some(name), Some(zone)) = (name, zone) else { return Err(fields.errors().into()) };
    services
        .store()
        .write(async move |tx| {
            let before = organisation::find(tx, &grant).await?;
            let changed =
                [(Field::Name, before.name != name.as_str()), (Field::TimeZone, before.time_zone != zone)];
            let fields = crate::history::changed(changed);
            if fields.is_empty() && before.version == request.version {
                return Ok(());
            }
            organisation::update(tx, &grant, request.version, &name, &zone).await?;
            move_access_ends(tx, &grant, &before.time_zone, &zone).await?;
            history::record(tx, &grant, Action::OrganisationChanged { fields }, Subject::Organisation).await
        })
        .await?;
    find(services, caller).await
}

/// External users' access ends with a day of the organisation, so it moves with the time zone.
async fn move_access_ends(
    tx: &mut Tx,
    grant: &Grant<OrganisationManage>,
    from: &str,
    to: &str,
) -> store::Result<()> {
    if from == to {
        return Ok(());
    }
    for access in users::accesses(tx, grant).await? {
        if let Some(ends_at) = end_of_day(last_day(access.ends_at, from), to) {
            users::move_access_end(tx, grant, users::Access { ends_at, ..access }).await?;
        }
    }
    Ok(())
}

fn known_zone(typed: &str) -> Result<String, Problem> {
    let zone = typed.trim();
    time_zones().into_iter().find(|known| known == zone).ok_or(Problem::Unknown)
}
