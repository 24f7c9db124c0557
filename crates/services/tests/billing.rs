//! Billing details: versions, who sees and finds them, and what stays of a deleted partner.

mod support;

use domain::{
    Conflict, Error, Field, PartnerId,
    billing::{
        BillingField, BillingForm, ChangedDetail, FindBillingChange, FindPartnerBilling,
        SaveOrganisationBilling, SavePartnerBilling,
    },
    history::{Action, ListHistory, NamedSubject},
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
    let with_blanks = format!(" {} ", details.name);
    let found = partners::list(&world.services, &outsider, search(&with_blanks)).await.expect("a page");
    assert!(!found.partners.is_empty());
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

fn changed(field: BillingField, before: &str, after: &str) -> ChangedDetail {
    ChangedDetail { field, before: before.into(), after: after.into() }
}

on_both!(old_and_new_values_are_reached_through_the_versions, async |world: World| {
    let (services, caller) = (&world.services, world.caller("billing").await);
    let id = any_partner(&world, &caller).await;
    let find = async |caller: &Caller, partner, version| {
        billing::find_change(services, caller, FindBillingChange { partner, version }).await
    };
    let before = billing::find_partner(services, &caller, FindPartnerBilling { id }).await.expect("details");
    let before = before.billing.details;
    let details = BillingForm { iban: IBAN.into(), city: "Kanariengasse".into(), ..before.clone() };
    let save = SavePartnerBilling { id, version: 1, details };
    let after = billing::save_partner(services, &caller, save).await.expect("saved").billing.details;
    let second = find(&caller, Some(id), 2).await.expect("a change");
    let (city, iban) = (BillingField::City, BillingField::Iban);
    let expected = [changed(city, &before.city, "Kanariengasse"), changed(iban, &before.iban, &after.iban)];
    assert_eq!((&second.fields[..], second.saved.by.as_str()), (&expected[..], "Bea Brandt"));
    let entry = &history::list(services, &caller, ListHistory::default()).await.expect("a page").entries[0];
    let fields = vec![Field::Billing(city), Field::Billing(iban)];
    assert_eq!(entry.action, Action::PartnerBillingChanged { version: 2, fields }, "the entry leads there");
    let first = find(&caller, Some(id), 1).await.expect("a change").fields;
    assert!(first.iter().all(|detail| detail.before.is_empty()) && first.len() > 10);
    assert!(first.contains(&changed(iban, "", &before.iban)));
    for version in [0, 3, -1, i64::MIN, i64::MAX] {
        assert_eq!(find(&caller, Some(id), version).await, Err(Error::NotFound), "{version}");
    }

    let own = billing::find_organisation(services, &caller).await.expect("details");
    let details = BillingForm { city: "Bremen".into(), ..own.details.clone() };
    let save = SaveOrganisationBilling { version: own.version, details };
    billing::save_organisation(services, &caller, save).await.expect("saved");
    let change = find(&caller, None, own.version + 1).await.expect("a change");
    assert_eq!(change.fields, [changed(city, &own.details.city, "Bremen")]);
    assert_eq!(change.partner, None);
    let stranger = world.stranger().await;
    for partner in [Some(id), None] {
        assert_eq!(find(&stranger, partner, 2).await, Err(Error::NotFound), "of another organisation");
    }
});

on_both!(values_are_for_those_who_view_billing_details_and_in_no_entry, async |world: World| {
    let (services, manager) = (&world.services, world.caller("billing").await);
    let (viewer, officer) = (world.caller("viewer").await, world.caller("dpo").await);
    let id = any_partner(&world, &manager).await;
    let details = BillingForm { iban: IBAN.into(), legal_name: "Kanarienwerk".into(), ..Default::default() };
    let save = SavePartnerBilling { id, version: 1, details };
    billing::save_partner(services, &manager, save).await.expect("saved");
    let request = FindBillingChange { partner: Some(id), version: 2 };
    let found = billing::find_change(services, &viewer, request).await.expect("they view billing details");
    let values: Vec<_> = found.fields.iter().flat_map(|field| [&field.before, &field.after]).collect();
    assert!(values.iter().any(|value| *value == "Kanarienwerk"));
    for outsider in [&officer, &world.caller("external").await] {
        let refused = billing::find_change(services, outsider, request).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    }
    let everything = ListHistory::default();
    let page = history::list(services, &officer, everything.clone()).await.expect("a page");
    let csv = history::export::piece(services, &officer, &everything, history::export::Format::Csv).await;
    let told = format!("{page:?} {}", csv.expect("a piece").text);
    assert!(told.contains("PartnerBillingChanged") && told.contains("partner_billing_changed"));
    // The partner is named in the history, and its legal name may be the same.
    let name = found.partner.clone().expect("a name");
    for value in values.into_iter().filter(|value| value.len() > 3 && **value != name) {
        assert!(!told.contains(value.as_str()), "{value}");
    }

    let version = partners::find(services, &manager, FindPartner { id }).await.expect("a partner").version;
    partners::delete(services, &manager, ChangePartnerStatus { id, version }).await.expect("deleted");
    let kept = billing::find_change(services, &manager, request).await.expect("kept for accounting");
    assert_eq!(kept.fields, found.fields);
    assert_eq!(billing::find_change(services, &viewer, request).await, Err(Error::NotFound));
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
