//! One's own account: changing it, and what is left after ending it.

mod support;

use domain::{
    Conflict, Error, Field, Language, Problem,
    history::{Action, ListHistory},
    profile::{SaveProfile, Terminate},
    receipts::{Category, Erasure, FindReceipt, Removed},
    sign_in::Prove,
    users::{AssignRoles, FindUser, UpdateUser},
};
use services::{Services, history, profile, receipts, roles, users};
use std::sync::atomic::Ordering::Relaxed;
use support::World;

on_both!(name_and_address_can_be_changed, async |world: World| {
    // Where no mail is sent nobody could confirm a new address, so it is the user's at once.
    let off = Services::new(world.throwaway.second().await, "http://localhost:3000");
    let caller = world.caller("billing").await;
    let found = profile::find(&world.services, &caller).await.expect("a profile");
    assert_eq!((found.name.as_str(), found.email.as_str()), ("Bea Brandt", "billing@demo.test"));
    let change = |email: &str, version| SaveProfile {
        version,
        name: "Beate Brandt".into(),
        email: email.into(),
        language: Language::German,
    };
    let taken = profile::save(&off, &caller, change("Admin@Demo.Test", found.version)).await;
    assert_eq!(taken, Err(Conflict::EmailTaken.into()));
    let saved = profile::save(&off, &caller, change("beate@demo.test", found.version)).await.expect("saved");
    assert_eq!((saved.name.as_str(), saved.email.as_str()), ("Beate Brandt", "beate@demo.test"));
    let stale = profile::save(&off, &caller, change("b@demo.test", found.version)).await;
    assert_eq!(stale, Err(Conflict::Stale.into()));
    assert!(world.try_sign_in("beate@demo.test").await.is_ok());
    let gone = world.try_sign_in("billing@demo.test").await;
    assert_eq!(gone.err(), Some(Conflict::WrongCredentials.into()));
});

on_both!(termination_leaves_the_name_in_one_place_and_nothing_else, async |world: World| {
    let caller = world.caller("billing").await;
    let other = world.caller("carla").await;
    let id = caller.user().0.simple().to_string();
    let mentions = |dump: &std::collections::BTreeMap<String, Vec<String>>| -> Vec<String> {
        let has = |rows: &Vec<String>| rows.iter().any(|row| row.contains(&id));
        dump.iter().filter(|(_, rows)| has(rows)).map(|(table, _)| table.clone()).collect()
    };
    let before = world.throwaway.dump().await;
    let tables = [
        "account",
        "history",
        "known_device",
        "notice_agreement",
        "person",
        "role_assignment",
        "session",
        "user_contact",
        "user_key",
        "user_password",
    ];
    assert_eq!(mentions(&before), tables);

    let preview = profile::preview_termination(&world.services, &caller).await.expect("numbers");
    let goes = |category| move |removed: &&Removed| removed.category == category;
    let count = |category| preview.effects.removed.iter().find(goes(category)).map(|removed| removed.count);
    assert_eq!(
        (count(Category::SignIns), count(Category::Roles), preview.last_admin),
        (Some(1), Some(1), false)
    );
    assert_eq!(count(Category::Passkeys), None, "what there is none of is not listed");
    let wrong = profile::terminate(
        &world.services,
        &caller,
        Terminate { proof: Prove::Typed { proof: "wrong".into() } },
    )
    .await;
    let expected = domain::FieldError { field: Field::Proof, problem: Problem::WrongPassword };
    assert_eq!(wrong, Err(expected.into()));
    assert!(world.try_sign_in("billing@demo.test").await.is_ok(), "nothing happened without the password");

    profile::terminate(&world.services, &caller, support::termination()).await.expect("the end");
    let after = world.throwaway.dump().await;
    assert_eq!(mentions(&after), ["history", "person"]);
    let named: Vec<_> =
        after.iter().filter(|(_, rows)| rows.iter().any(|row| row.contains("bea brandt"))).collect();
    assert_eq!(named.iter().map(|(table, _)| table.as_str()).collect::<Vec<_>>(), ["person"]);
    assert!(profile::find(&world.services, &other).await.is_ok(), "nobody else is touched");
    let gone = world.try_sign_in("billing@demo.test").await;
    assert_eq!(gone.err(), Some(Conflict::WrongCredentials.into()));

    let admin = world.caller("admin").await;
    let page = history::list(&world.services, &admin, ListHistory::default()).await.expect("the history");
    let entry =
        page.entries.into_iter().find(|entry| entry.action == Action::UserTerminated).expect("an entry");
    let actor = entry.actor.expect("who did it");
    assert_eq!((actor.name.as_str(), actor.gone), ("Bea Brandt", true));
});

on_both!(a_receipt_says_what_went_and_stayed_and_names_nobody, async |world: World| {
    let (services, caller) = (&world.services, world.caller("billing").await);
    let id = caller.user().0.simple().to_string();
    let preview = profile::preview_termination(services, &caller).await.expect("numbers");
    let receipt =
        profile::terminate(services, &caller, support::termination()).await.expect("the end").receipt;
    let find = async |token: &str| receipts::find(services, &FindReceipt { token: token.into() }).await;
    let shown = find(&receipt).await.expect("a receipt");
    assert_eq!(shown.receipt.removed, preview.effects.removed, "as it was said before");
    assert_eq!(shown.receipt.kept[0].count, preview.effects.actions);
    assert_eq!(shown.receipt.erasure, Erasure::Done);
    let key = receipts::public_key(services);
    assert_eq!(receipts::verify(&key, shown.file.as_bytes()), Ok(shown.receipt));
    assert_eq!(find("made up").await, Err(Error::NotFound));
    let kept = world.throwaway.dump().await["receipt"].concat();
    assert!(kept.contains("sign_ins"), "it is read where it is kept");
    for personal in [id.as_str(), "Bea", "billing@demo.test", receipt.as_str()] {
        assert!(!kept.contains(personal) && !shown.file.contains(personal), "{personal}");
    }
});

on_both!(a_receipt_waits_for_what_was_cut_short, async |world: World| {
    let (services, caller) = (&world.services, world.caller("tom").await);
    let store = &world.throwaway.store;
    let token = store::termination::begin(store, &caller.own()).await.expect("the mark");
    let find = async || {
        let token = token.reveal().to_owned();
        receipts::find(services, &FindReceipt { token }).await.map(|shown| shown.receipt.erasure)
    };
    store::receipts::settle(store).await.expect("settled");
    assert_eq!(find().await, Ok(Erasure::Pending), "the account is still there");
    store::termination::resume(store).await.expect("resumed");
    assert_eq!(find().await, Ok(Erasure::Done));
});

on_both!(a_receipt_is_gone_after_thirty_days, async |world: World| {
    let (world, hand) = world.at(1_795_521_600_000).await;
    let caller = world.caller("tom").await;
    let token =
        profile::terminate(&world.services, &caller, support::termination()).await.expect("the end").receipt;
    let find =
        async || receipts::find(&world.services, &FindReceipt { token: token.clone() }).await.map(drop);
    hand.fetch_add(30 * 24 * 60 * 60 * 1000 - 1, Relaxed);
    assert_eq!(find().await, Ok(()));
    hand.fetch_add(1, Relaxed);
    assert_eq!(find().await, Err(Error::NotFound));
    store::housekeeping::tidy_up(world.services.store()).await.expect("tidied up");
    assert!(world.throwaway.dump().await["receipt"].is_empty());
});

on_both!(a_termination_that_was_cut_short_is_finished_by_the_next_start, async |world: World| {
    let caller = world.caller("tom").await;
    let id = caller.user().0.simple().to_string();
    store::termination::begin(&world.throwaway.store, &caller.own()).await.expect("the mark");
    let refused = world.try_sign_in("tom@demo.test").await;
    assert_eq!(refused.err(), Some(Conflict::WrongCredentials.into()));
    assert_eq!(store::termination::resume(&world.throwaway.store).await.expect("resumed"), 1);
    assert_eq!(store::termination::resume(&world.throwaway.store).await.expect("nothing left"), 0);
    let dump = world.throwaway.dump().await;
    assert!(dump["user_key"].iter().all(|row| !row.contains(&id)));
    assert!(dump["account"].iter().all(|row| !row.contains(&id)));
});

on_both!(the_last_admin_stays, async |world: World| {
    let admin = world.caller("admin").await;
    assert!(profile::preview_termination(&world.services, &admin).await.expect("numbers").last_admin);
    let refused = profile::terminate(&world.services, &admin, support::termination()).await;
    assert_eq!(refused, Err(Error::Conflict(Conflict::LastAdmin)));
    assert!(world.try_sign_in("admin@demo.test").await.is_ok(), "nothing half-done");
});

on_both!(two_admins_who_leave_at_once_are_never_both_gone, async |world: World| {
    let first = world.caller("admin").await;
    let second = world.caller("tom").await;
    let matrix = roles::matrix(&world.services, &first).await.expect("roles");
    let system = matrix.roles.iter().find(|role| role.system).expect("Platform admin").id;
    let request = AssignRoles { id: second.user(), version: 1, roles: vec![system] };
    users::assign_roles(&world.services, &first, request).await.expect("a second admin");
    let (one, two) = tokio::join!(
        profile::terminate(&world.services, &first, support::termination()),
        profile::terminate(&world.services, &second, support::termination()),
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
});

on_both!(ones_own_save_does_not_undo_what_an_admin_decided, async |world: World| {
    let (admin, vincent) = (world.caller("admin").await, world.caller("viewer").await);
    let find = async || {
        let request = FindUser { id: vincent.user() };
        users::find(&world.services, &admin, request).await.expect("a user")
    };
    let before = find().await;
    let request = UpdateUser {
        id: before.id,
        version: before.version,
        name: before.name.clone(),
        email: before.email.clone().expect("an address"),
        external: true,
        access_ends: String::new(),
        language: before.language,
    };
    users::update(&world.services, &admin, request).await.expect("made external");
    // As in a race: what was read before the admin's change is written after it.
    let grant = vincent.own();
    let change = store::users::Change {
        id: vincent.user(),
        version: before.version + 1,
        name: domain::name::PersonName::parse("Vince").expect("a name"),
        address: None,
        standing: None,
        language: Language::English,
    };
    let store = &world.throwaway.store;
    store.write(async move |tx| store::users::update_own(tx, &grant, &change).await).await.expect("saved");
    let after = find().await;
    assert_eq!((after.name.as_str(), after.external), ("Vince", true));
});
