//! Partners and their general fields. Deactivating, reactivating and deleting take `billing.edit`.

use crate::{
    Services,
    lists::{parse_search, turn_page},
    local_time::local_time,
};
use domain::{
    Conflict, Error, Field, PartnerId,
    history::{Action, Subject},
    partners::{
        ChangePartnerStatus, CreatePartner, FindPartner, ListPartners, PAGE, Partner, PartnerFields,
        PartnerForm, PartnerPage, PartnerRow, PartnerStatus, UpdatePartner,
    },
};
use store::{
    Caller,
    grants::{BillingEdit, BillingView, PartnersEdit, PartnersView},
    history, partners,
};

/// A page of the list. Those who may view billing details find partners by them too.
///
/// # Errors
/// `Forbidden`, `Invalid` for a search that can't be.
pub async fn list(services: &Services, caller: &Caller, request: ListPartners) -> Result<PartnerPage, Error> {
    let grant = caller.require::<PartnersView>()?;
    let billing = caller.may::<BillingView>();
    let search = parse_search(&request.search)?;
    let request = ListPartners { search, ..request };
    let mut read = services.store().read().await?;
    let mut rows = partners::list(&mut read, &grant, billing.as_ref(), &request).await?;
    drop(read);
    let (has_previous, has_next) =
        turn_page(&mut rows, PAGE, request.after.is_some(), request.before.is_some());
    let partners = rows
        .into_iter()
        .map(|row| PartnerRow {
            id: row.id,
            name: row.name,
            kind: row.kind,
            country: row.country,
            since: local_time(row.created_at, caller.time_zone()),
            status: row.status,
        })
        .collect();
    Ok(PartnerPage { partners, has_previous, has_next })
}

/// One partner.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub async fn find(services: &Services, caller: &Caller, request: FindPartner) -> Result<Partner, Error> {
    let grant = caller.require::<PartnersView>()?;
    let stored = partners::find(&mut services.store().read().await?, &grant, request.id).await?;
    Ok(Partner {
        id: stored.id,
        version: stored.version,
        status: stored.status,
        since: local_time(stored.created_at, caller.time_zone()),
        fields: stored.fields,
    })
}

/// Creates a partner.
///
/// # Errors
/// `Forbidden`, `Invalid`.
pub async fn create(services: &Services, caller: &Caller, request: CreatePartner) -> Result<Partner, Error> {
    let grant = caller.require::<PartnersEdit>()?;
    let fields = request.fields.parse()?;
    let id = services
        .store()
        .write(async move |tx| {
            let id = partners::create(tx, &grant, &fields).await?;
            history::record(tx, &grant, Action::PartnerCreated, Subject::Partner(id)).await?;
            Ok(id)
        })
        .await?;
    find(services, caller, FindPartner { id }).await
}

/// Changes the general fields.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Invalid`, `Stale`.
pub async fn update(services: &Services, caller: &Caller, request: UpdatePartner) -> Result<Partner, Error> {
    let grant = caller.require::<PartnersEdit>()?;
    let view = caller.require::<PartnersView>()?;
    let fields = request.fields.parse()?;
    let id = request.id;
    services
        .store()
        .write(async move |tx| {
            let before = partners::find(tx, &view, id).await?;
            let changed = changed(&before.fields, &fields);
            if changed.is_empty() && before.version == request.version {
                return Ok(());
            }
            partners::update(tx, &grant, id, request.version, &fields).await?;
            let action = Action::PartnerChanged { fields: changed };
            history::record(tx, &grant, action, Subject::Partner(id)).await
        })
        .await?;
    find(services, caller, FindPartner { id }).await
}

fn changed(before: &PartnerForm, after: &PartnerFields) -> Vec<Field> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let country = after.country.map_or("", domain::country::Country::code);
    crate::history::changed([
        (Field::Name, before.name != after.name.as_str()),
        (Field::Kind, before.kind != after.kind),
        (Field::Website, before.website != text(&after.website)),
        (Field::Country, before.country != country),
        (Field::ContactPerson, before.contact_person != text(&after.contact_person)),
        (Field::Note, before.note != text(&after.note)),
    ])
}

/// Pauses a partner.
///
/// # Errors
/// `Forbidden`, `NotFound`, `NotInThatState`, `Stale`.
pub async fn deactivate(
    services: &Services,
    caller: &Caller,
    request: ChangePartnerStatus,
) -> Result<Partner, Error> {
    let id = request.id;
    set_status(services, caller, request, PartnerStatus::Deactivated).await?;
    find(services, caller, FindPartner { id }).await
}

/// Takes a partner back.
///
/// # Errors
/// `Forbidden`, `NotFound`, `NotInThatState`, `Stale`.
pub async fn reactivate(
    services: &Services,
    caller: &Caller,
    request: ChangePartnerStatus,
) -> Result<Partner, Error> {
    let id = request.id;
    set_status(services, caller, request, PartnerStatus::Active).await?;
    find(services, caller, FindPartner { id }).await
}

/// Takes a partner out of every list; erases contact person and note.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Stale`.
pub async fn delete(services: &Services, caller: &Caller, request: ChangePartnerStatus) -> Result<(), Error> {
    set_status(services, caller, request, PartnerStatus::Deleted).await
}

async fn set_status(
    services: &Services,
    caller: &Caller,
    request: ChangePartnerStatus,
    status: PartnerStatus,
) -> Result<(), Error> {
    let grant = caller.require::<BillingEdit>()?;
    let view = caller.require::<PartnersView>()?;
    let id: PartnerId = request.id;
    let action = match status {
        PartnerStatus::Active => Action::PartnerReactivated,
        PartnerStatus::Deactivated => Action::PartnerDeactivated,
        PartnerStatus::Deleted => Action::PartnerDeleted,
    };
    Ok(services
        .store()
        .write(async move |tx| {
            let before = partners::find(tx, &view, id).await?;
            if before.status == status {
                return Err(Conflict::NotInThatState.into());
            }
            partners::set_status(tx, &grant, id, request.version, status).await?;
            history::record(tx, &grant, action.clone(), Subject::Partner(id)).await
        })
        .await?)
}
