//! Billing details of partners and of the organisation. Viewing takes `billing.view`, saving
//! `billing.edit`; each save is a new version.

use crate::{Services, local_time::local_time};
use domain::{
    Error, Field, PartnerId,
    billing::{
        BillingDetails, BillingField, BillingForm, CurrentBilling, FindPartnerBilling, PartnerBilling,
        SaveOrganisationBilling, SavePartnerBilling, Saved,
    },
    history::{Action, Subject},
    partners::PartnerStatus,
};
use store::{
    Caller, Read, Result as StoreResult, Tx,
    billing::{self, Owner},
    grants::{BillingEdit, BillingView, HistoryView, PartnersView},
    history, partners,
};

/// The billing details of a partner. Those of a deleted one are read from the history, so they
/// take `history.view` besides.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub async fn find_partner(
    services: &Services,
    caller: &Caller,
    request: FindPartnerBilling,
) -> Result<PartnerBilling, Error> {
    let grant = caller.require::<BillingView>()?;
    let mut read = services.store().read().await?;
    let partner = partners::find_even_deleted(&mut read, &grant, request.id).await?;
    if partner.status == PartnerStatus::Deleted && caller.may::<HistoryView>().is_none() {
        return Err(Error::NotFound);
    }
    Ok(PartnerBilling {
        partner: partner.id,
        name: partner.fields.name,
        status: partner.status,
        partner_version: partner.version,
        billing: current(&mut read, caller, Owner::Partner(request.id)).await?,
    })
}

/// The organisation's own billing details.
///
/// # Errors
/// `Forbidden`.
pub async fn find_organisation(services: &Services, caller: &Caller) -> Result<CurrentBilling, Error> {
    current(&mut services.store().read().await?, caller, Owner::Organisation).await
}

/// Saves a new version of a partner's billing details.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Invalid`, `Stale`; `ProofNeeded` for another IBAN.
pub async fn save_partner(
    services: &Services,
    caller: &Caller,
    request: SavePartnerBilling,
) -> Result<PartnerBilling, Error> {
    let grant = caller.require::<BillingEdit>()?;
    let view = caller.require::<PartnersView>()?;
    let details = request.details.parse(caller.language())?;
    let id: PartnerId = request.id;
    let save = Save { caller: caller.clone(), owner: Owner::Partner(id), version: request.version, details };
    services
        .store()
        .write(async move |tx| {
            partners::find(tx, &view, id).await?;
            let fields = save.write(tx).await?;
            let action = Action::PartnerBillingChanged { version: save.version + 1, fields };
            history::record(tx, &grant, action, Subject::Partner(id)).await
        })
        .await?;
    find_partner(services, caller, FindPartnerBilling { id }).await
}

/// Saves a new version of the organisation's own billing details.
///
/// # Errors
/// `Forbidden`, `Invalid`, `Stale`; `ProofNeeded` for another IBAN.
pub async fn save_organisation(
    services: &Services,
    caller: &Caller,
    request: SaveOrganisationBilling,
) -> Result<CurrentBilling, Error> {
    let grant = caller.require::<BillingEdit>()?;
    let details = request.details.parse(caller.language())?;
    let save = Save { caller: caller.clone(), owner: Owner::Organisation, version: request.version, details };
    services
        .store()
        .write(async move |tx| {
            let fields = save.write(tx).await?;
            let action = Action::OrganisationBillingChanged { version: save.version + 1, fields };
            history::record(tx, &grant, action, Subject::Organisation).await
        })
        .await?;
    find_organisation(services, caller).await
}

struct Save {
    caller: Caller,
    owner: Owner,
    version: i64,
    details: BillingDetails,
}

impl Save {
    /// Writes the version and gives back which fields changed.
    async fn write(&self, tx: &mut Tx) -> StoreResult<Vec<Field>> {
        let grant = self.caller.require::<BillingEdit>()?;
        let view = self.caller.require::<BillingView>()?;
        let before = billing::current(tx, &view, self.owner).await?.map(|current| current.details);
        let before = before.unwrap_or_default();
        if before.iban != self.details.iban {
            // Where the money goes is worth more than a browser that was left open.
            self.caller.proven(tx.now())?;
        }
        billing::save(tx, &grant, self.owner, self.version, &self.details).await?;
        let language = self.caller.language();
        let before = BillingForm::from_details(before, language);
        let after = BillingForm::from_details(self.details.clone(), language);
        let changed =
            BillingField::all().map(|field| (Field::Billing(field), before.get(field) != after.get(field)));
        Ok(crate::history::changed(changed))
    }
}

async fn current(read: &mut Read, caller: &Caller, owner: Owner) -> Result<CurrentBilling, Error> {
    let grant = caller.require::<BillingView>()?;
    let Some(current) = billing::current(read, &grant, owner).await? else {
        return Ok(CurrentBilling::default());
    };
    Ok(CurrentBilling {
        version: current.version,
        details: BillingForm::from_details(current.details, caller.language()),
        saved: Some(Saved { by: current.saved_by, at: local_time(current.saved_at, caller.time_zone()) }),
    })
}
