//! The names of former users: for how long they stay, and that they go when their period is over.

mod support;

use domain::{
    Error, Field, FieldError, Problem, UserId,
    billing::{BillingForm, SaveOrganisationBilling},
    history::ListHistory,
    organisation::SaveOrganisation,
    receipts::FindReceipt,
    retention::{FORMER_USER, KeptName, NameGround},
};
use services::{billing, history, organisation, profile, receipts, retention};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering::Relaxed},
};
use store::Caller;
use support::{World, termination};

/// 25 December 2096, noon, UTC: whenever this runs, after the demo was filled.
const NOON: i64 = 4_007_275_200_000;
const DAY: i64 = 24 * 60 * 60 * 1000;
/// 1 January 2100, 0:00 in Berlin, where the demo is: the end of the third year after 2096.
const AFTER_3: i64 = 4_102_441_200_000;
/// 1 January 2098, 0:00 in Berlin.
const AFTER_1: i64 = 4_039_369_200_000;
/// 1 January 2107, 0:00 in Berlin.
const AFTER_10: i64 = 4_323_279_600_000;

/// On how many rows of any table the name stands.
async fn found(world: &World, name: &str) -> usize {
    let dump = world.throwaway.dump().await;
    dump.values().flatten().filter(|row| row.contains(&name.to_lowercase())).count()
}

/// Saves billing details of the organisation.
async fn save_billing(world: &World, caller: &Caller) {
    let version = billing::find_organisation(&world.services, caller).await.expect("billing").version;
    let request = SaveOrganisationBilling { version, details: BillingForm::default() };
    billing::save_organisation(&world.services, caller, request).await.expect("saved");
}

/// Ends the account, and returns who it was, and what was said before about the name.
async fn end(world: &World, caller: &Caller) -> (UserId, KeptName) {
    let services = &world.services;
    let said = profile::preview_termination(services, caller).await.expect("numbers").effects.name;
    let token = profile::terminate(services, caller, termination()).await.expect("the end").receipt;
    let kept = receipts::find(services, &FindReceipt { token }).await.expect("a receipt").receipt.kept;
    assert_eq!((kept[0].until, kept[0].ground.as_str()), (said.until, said.ground.articles()));
    (caller.user(), said)
}

async fn set(world: &World, admin: &Caller, billing: &str, other: &str) -> Result<(), Error> {
    let now = organisation::find(&world.services, admin).await.expect("the organisation");
    let request = SaveOrganisation {
        version: now.version,
        name: now.name,
        time_zone: now.time_zone,
        second_factor_required: now.second_factor_required,
        name_years_billing: billing.into(),
        name_years_other: other.into(),
    };
    organisation::save(&world.services, admin, request).await.map(drop)
}

async fn replaced_at(world: &World, clock: &Arc<AtomicI64>, moment: i64) -> u64 {
    clock.store(moment, Relaxed);
    retention::replace_names(&world.services).await.expect("replaced")
}

on_both!(a_name_goes_when_its_period_is_over_and_not_before, async |world: World| {
    let (world, clock) = world.at(NOON).await;
    let (carla, bea) = (world.caller("carla").await, world.caller("billing").await);
    save_billing(&world, &bea).await;
    let (_, kept) = end(&world, &carla).await;
    assert_eq!(kept, KeptName { ground: NameGround::Interest, until: 2099 });
    let (_, kept) = end(&world, &bea).await;
    assert_eq!(kept, KeptName { ground: NameGround::Accounting, until: 2106 });
    let names = ["Carla", "Bea Brandt"];
    for name in names {
        assert_eq!(found(&world, name).await, 1, "{name} stands in one place");
    }

    assert_eq!(replaced_at(&world, &clock, AFTER_3 - 1).await, 0);
    assert_eq!(found(&world, names[0]).await, 1);
    assert_eq!(replaced_at(&world, &clock, AFTER_3).await, 1);
    assert_eq!((found(&world, names[0]).await, found(&world, names[1]).await), (0, 1));
    assert_eq!(replaced_at(&world, &clock, AFTER_3 + DAY).await, 0, "once");
    assert_eq!(replaced_at(&world, &clock, AFTER_10 - 1).await, 0);
    assert_eq!(replaced_at(&world, &clock, AFTER_10).await, 1);
    assert_eq!(found(&world, names[1]).await, 0);

    let admin = world.caller("admin").await;
    let page = history::list(&world.services, &admin, ListHistory::default()).await.expect("the history");
    let former: Vec<_> =
        page.entries.iter().filter_map(|entry| entry.actor.as_ref()).filter(|actor| actor.gone).collect();
    assert!(!former.is_empty() && former.iter().all(|actor| actor.name == FORMER_USER), "{former:?}");
});

on_both!(whoever_has_an_account_keeps_the_name, async |world: World| {
    let (world, clock) = world.at(NOON).await;
    let before = found(&world, "Tom Lindqvist").await;
    assert!(before > 0);
    assert_eq!(replaced_at(&world, &clock, AFTER_10 + 100 * 365 * DAY).await, 0);
    assert_eq!(found(&world, "Tom Lindqvist").await, before);
});

on_both!(other_periods_hold_for_names_that_are_kept_already, async |world: World| {
    let (world, clock) = world.at(NOON).await;
    let (admin, carla) = (world.caller("admin").await, world.caller("carla").await);
    end(&world, &carla).await;
    set(&world, &admin, "10", "5").await.expect("longer");
    assert_eq!(replaced_at(&world, &clock, AFTER_3).await, 0);
    clock.store(NOON, Relaxed);
    set(&world, &admin, "10", "1").await.expect("shorter");
    assert_eq!(replaced_at(&world, &clock, AFTER_1 - 1).await, 0);
    assert_eq!(replaced_at(&world, &clock, AFTER_1).await, 1);
    let page = history::list(&world.services, &admin, ListHistory::default()).await.expect("the history");
    let told = page.entries.iter().any(|entry| format!("{:?}", entry.action).contains("NameYearsOther"));
    assert!(told, "the change of the period is in the history");
});

on_both!(what_is_no_number_of_years_is_refused_beside_its_field, async |world: World| {
    let admin = world.caller("admin").await;
    let problem = Problem::OutOfRange { most: 30 };
    let wrong = |field| FieldError { field, problem };
    let refused = set(&world, &admin, "31", "-1").await;
    let both = vec![wrong(Field::NameYearsBilling), wrong(Field::NameYearsOther)];
    assert_eq!(refused, Err(Error::Invalid(both)));
    let carla = world.caller("carla").await;
    let forbidden = organisation::find(&world.services, &carla).await;
    assert!(matches!(forbidden, Err(Error::Forbidden { .. })), "{forbidden:?}");
});
