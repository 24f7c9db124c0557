//! The billing details of one partner.

use crate::{
    Failure,
    billing::{
        form::{Save, billing_form, billing_sections},
        functions,
    },
    components::toast::use_toast,
    load::{again, load, loaded, replace},
    messages::messages,
    partners::head::{self, Head, Tab, forget_with, partner_head, partner_in_path},
};
use domain::{
    Error, PartnerId,
    billing::{FindPartnerBilling, PartnerBilling, SavePartnerBilling},
    partners::{Partner, PartnerStatus},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The billing details, and the partner itself unless it was deleted.
type Both = (PartnerBilling, Option<Partner>);

async fn find(id: Option<PartnerId>) -> Result<Both, Failure> {
    let wanted = id.ok_or(Error::NotFound)?;
    let billing = functions::find_partner(FindPartnerBilling { id: wanted }).await?;
    let partner = match billing.status {
        PartnerStatus::Deleted => None,
        _ => head::find(id).await.ok(),
    };
    Ok((billing, partner))
}

/// The billing details of one partner.
#[component]
pub fn PartnerBillingPage() -> impl IntoView {
    let words = messages();
    let toasts = use_toast();
    let id = partner_in_path();
    let resource = load(move || id.get(), find);
    let deleted = RwSignal::new(false);
    let form = billing_form(deleted).when_stale(move || again(resource));
    forget_with(form, id);
    loaded(resource, move |stored| {
        deleted.set(stored.with_untracked(is_deleted));
        Effect::new(move |_| deleted.set(stored.with(is_deleted)));
        let save = Callback::new(move |Save { version, details }| {
            let (id, partner) =
                stored.with_untracked(|(billing, partner)| (billing.partner, partner.clone()));
            let request = SavePartnerBilling { id, version, details };
            form.send(functions::save_partner(request), move |saved| {
                replace(resource, (saved, partner));
                toasts.show(words.common.saved);
            });
        });
        let head = Signal::derive(move || stored.with(head_of));
        let billing = Signal::derive(move || stored.with(|(stored, _)| stored.billing.clone()));
        view! {
            {partner_head(head, Tab::Billing, Arc::new(move || again(resource)))}
            {billing_sections(form, billing, deleted.into(), save)}
        }
        .into_any()
    })
}

fn is_deleted((billing, _): &Both) -> bool {
    billing.status == PartnerStatus::Deleted
}

fn head_of((billing, partner): &Both) -> Head {
    let about = partner.as_ref().map(|partner| Head::of(partner).about).unwrap_or_default();
    Head {
        id: billing.partner,
        name: billing.name.clone(),
        status: billing.status,
        version: billing.partner_version,
        about,
    }
}
