//! The organisation itself: name, time zone, and whom it asks for a second factor.

use crate::{
    Services,
    local_time::{end_of_day, last_day, time_zones},
    privacy,
};
use domain::{
    Error, Field, Fields, Problem,
    history::{Action, Subject},
    name::OrganisationName,
    organisation::{Organisation, SaveOrganisation},
    retention::NamePeriods,
};
use store::{Caller, Grant, Tx, grants::OrganisationManage, history, organisation, second_factor, users};

/// The organisation.
///
/// # Errors
/// `Forbidden`.
pub async fn find(services: &Services, caller: &Caller) -> Result<Organisation, Error> {
    let grant = caller.require::<OrganisationManage>()?;
    let mut read = services.store().read().await?;
    let row = organisation::find(&mut read, &grant).await?;
    let own_second_factor = second_factor::is_own_on(&mut read, &caller.own()).await?;
    let name_periods = row.name_periods();
    Ok(Organisation {
        name: row.name,
        time_zone: row.time_zone,
        second_factor_required: row.second_factor_required,
        name_periods,
        periods: privacy::periods(caller.language(), name_periods),
        own_second_factor,
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
    let periods = NamePeriods::parse(&request.name_years_billing, &request.name_years_other, &mut fields);
    let (Some(name), Some(time_zone), Some(name_periods)) = (name, zone, periods) else {
        return Err(fields.errors().into());
    };
    let (version, second_factor_required) = (request.version, request.second_factor_required);
    let change = organisation::Change { version, name, time_zone, second_factor_required, name_periods };
    services
        .store()
        .write(async move |tx| {
            let before = organisation::find(tx, &grant).await?;
            let fields = crate::history::changed([
                (Field::Name, before.name != change.name.as_str()),
                (Field::TimeZone, before.time_zone != change.time_zone),
                (Field::NameYearsBilling, before.name_periods().billing != change.name_periods.billing),
                (Field::NameYearsOther, before.name_periods().other != change.name_periods.other),
                (Field::SecondFactor, before.second_factor_required != change.second_factor_required),
            ]);
            if fields.is_empty() && before.version == request.version {
                return Ok(());
            }
            organisation::update(tx, &grant, &change).await?;
            move_access_ends(tx, &grant, &before.time_zone, &change.time_zone).await?;
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
