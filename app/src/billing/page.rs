//! The organisation's own billing details.

use crate::{
    billing::{
        form::{Save, billing_form, billing_sections},
        functions,
    },
    components::{page_head::PageHead, toast::use_toast},
    load::{again, load, loaded, replace},
    messages::messages,
};
use domain::billing::SaveOrganisationBilling;
use leptos::prelude::*;

/// The organisation's own billing details.
#[component]
pub fn BillingPage() -> impl IntoView {
    let words = messages();
    let toasts = use_toast();
    let resource = load(|| (), |()| functions::find_organisation());
    let form = billing_form(RwSignal::new(false)).when_stale(move || again(resource));
    loaded(resource, move |stored| {
        let save = Callback::new(move |Save { version, details }| {
            let request = SaveOrganisationBilling { version, details };
            form.send(functions::save_organisation(request), move |saved| {
                replace(resource, saved);
                toasts.show(words.common.saved);
            });
        });
        view! {
            <PageHead title=words.billing.title lead=words.billing.lead/>
            {billing_sections(form, stored, Signal::stored(false), save)}
        }
        .into_any()
    })
}
