//! Billing details: versions, who sees and finds them, and what stays of a deleted partner.

mod support;

use domain::{
    Conflict, Error, PartnerId,
    billing::{BillingForm, FindPartnerBilling, SavePartnerBilling},
    history::{ListHistory, NamedSubject},
    partners::{ChangePartnerStatus, FindPartner, ListPartners},
};
use services::{billing, history, partners};
use store::Caller;
use support::World;

const IBAN: &str = "DE02120300000000202051";

async fn any_partner(world: &World, caller: &Caller) -> PartnerId {
    partners::list(&world.services, caller, ListPartners::default()).await.expect("partners").partners[0].id
}

fn search(text: &str) -> ListPartners {
    ListPartners { search: text.into(), ..ListPartners::default() }
}

on_both!(each_save_adds_a_version_and_none_is_overwritten, async |world: World| {
    let caller = world.caller("billing").await;
    let id = any_partner(&world, &caller).await;
    let save = |version, iban: &str| SavePartnerBilling {
        id,
        version,
        details: BillingForm { iban: iban.into(), ..BillingForm::default() },
    };
    let before = world.throwaway.dump().await["billing_version"].clone();
    let saved = billing::save_partner(&world.services, &caller, save(1, IBAN)).await.expect("saved");
    assert_eq!(
        (saved.billing.version, saved.billing.details.iban.as_str()),
        (2, "DE02 1203 0000 0000 2020 51")
    );
    assert_eq!(saved.billing.saved.expect("who").by, "Bea Brandt");
    let after = world.throwaway.dump().await["billing_version"].clone();
    assert!(before.iter().all(|row| after.contains(row)) && after.len() == before.len() + 1);
    let stale = billing::save_partner(&world.services, &caller, save(1, IBAN)).await;
    assert_eq!(stale, Err(Conflict::Stale.into()));
    let wrong = billing::save_partner(&world.services, &caller, save(2, "DE02120300000000202052")).await;
    assert!(matches!(wrong, Err(Error::Invalid(_))));
});

on_both!(two_saves_from_one_version_at_once_keep_one, async |world: World| {
    let caller = world.caller("billing").await;
    let id = any_partner(&world, &caller).await;
    let save = || SavePartnerBilling { id, version: 1, details: BillingForm::default() };
    let (one, two) = tokio::join!(
        billing::save_partner(&world.services, &caller, save()),
        billing::save_partner(&world.services, &caller, save()),
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
});

on_both!(details_are_found_only_by_those_who_may_view_them, async |world: World| {
    let (reader, outsider) = (world.caller("viewer").await, world.caller("external").await);
    let id = any_partner(&world, &reader).await;
    let details =
        billing::find_partner(&world.services, &reader, FindPartnerBilling { id }).await.expect("details");
    let compact = details.billing.details.iban.replace(' ', "");
    for text in [details.billing.details.iban.as_str(), &compact, &details.billing.details.vat_id] {
        let found = partners::list(&world.services, &reader, search(text)).await.expect("a page");
        assert_eq!(found.partners.iter().map(|row| row.id).collect::<Vec<_>>(), [id], "{text}");
        let hidden = partners::list(&world.services, &outsider, search(text)).await.expect("a page");
        assert!(hidden.partners.is_empty(), "{text}");
    }
    let name = details.name;
    assert!(
        !partners::list(&world.services, &outsider, search(&name)).await.expect("a page").partners.is_empty()
    );
});

on_both!(a_deleted_partner_leaves_its_billing_and_nothing_to_find, async |world: World| {
    let (manager, reader) = (world.caller("billing").await, world.caller("viewer").await);
    let id = any_partner(&world, &manager).await;
    let before = partners::find(&world.services, &manager, FindPartner { id }).await.expect("a partner");
    assert!(!before.fields.contact_person.is_empty());
    let request = ChangePartnerStatus { id, version: before.version };
    partners::delete(&world.services, &manager, request).await.expect("deleted");
    let gone = partners::find(&world.services, &manager, FindPartner { id }).await;
    assert_eq!(gone, Err(Error::NotFound));
    let listed =
        partners::list(&world.services, &manager, search(&before.fields.name)).await.expect("a page");
    assert!(listed.partners.iter().all(|row| row.id != id));
    let kept =
        billing::find_partner(&world.services, &manager, FindPartnerBilling { id }).await.expect("kept");
    assert!(!kept.billing.details.iban.is_empty());
    let without_history = billing::find_partner(&world.services, &reader, FindPartnerBilling { id }).await;
    assert_eq!(without_history, Err(Error::NotFound));
    let officer = world.caller("dpo").await;
    for (reader, sees) in [(&manager, true), (&officer, false)] {
        let request = ListHistory { about: Some(id.0), ..ListHistory::default() };
        let page = history::list(&world.services, reader, request).await.expect("the history");
        assert!(!page.entries.is_empty());
        for entry in page.entries {
            let NamedSubject::Partner(partner) = entry.subject else { panic!("another subject") };
            assert_eq!((partner.name == before.fields.name, partner.gone), (sees, true));
        }
    }
    let id = id.0.simple().to_string();
    let rows = world.throwaway.dump().await;
    let row = rows["partner"].iter().find(|row| row.contains(&id)).expect("the row");
    assert!(!row.contains(&before.fields.contact_person.to_lowercase()));
});

on_both!(paging_forth_and_back_shows_each_partner_once, async |world: World| {
    let caller = world.caller("external").await;
    let mut seen = Vec::new();
    let mut request = ListPartners::default();
    loop {
        let page = partners::list(&world.services, &caller, request.clone()).await.expect("a page");
        seen.extend(page.partners.iter().map(|row| row.name.clone()));
        let Some(last) = page.partners.last().filter(|_| page.has_next) else { break };
        request.after = Some(last.id);
    }
    let mut sorted = seen.clone();
    sorted.sort_by_key(|name| store::sort_key(name));
    sorted.dedup();
    assert_eq!((seen.len(), &seen), (60, &sorted));
    let last = partners::list(&world.services, &caller, request).await.expect("the last page");
    let back = ListPartners { before: Some(last.partners[0].id), ..ListPartners::default() };
    let page = partners::list(&world.services, &caller, back).await.expect("the page before");
    assert_eq!(
        page.partners.iter().map(|row| &row.name).collect::<Vec<_>>(),
        seen[25..50].iter().collect::<Vec<_>>()
    );
    assert!(page.has_previous && page.has_next);
});
