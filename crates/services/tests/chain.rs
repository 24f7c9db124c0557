//! The history as a hash chain: whatever is changed in it is found, by whom ever, and nothing else is.

mod support;

use domain::{
    Error, Field, FieldError, Problem,
    chain::{CheckChain, Checked, CompareHead, Compared, Fault},
    retention::FORMER_USER,
    roles::CreateRole,
};
use services::{Services, chain, profile, roles};
use store::Caller;
use support::World;

async fn check(services: &Services, caller: &Caller) -> Checked {
    let mut step = chain::check(services, caller, CheckChain { checked: 0 }).await.expect("a step");
    while !step.is_over() {
        step = chain::check(services, caller, CheckChain { checked: step.checked }).await.expect("a step");
    }
    step
}

async fn compare(services: &Services, caller: &Caller, head: &str) -> Compared {
    chain::compare(services, caller, CompareHead { head: head.into() }).await.expect("compared")
}

async fn create_role(services: &Services, admin: &Caller, name: &str) {
    roles::create(services, admin, CreateRole { name: name.into() }).await.expect("a role");
}

/// Some entries, sealed, and the head.
async fn sealed(world: &World, admin: &Caller) -> Checked {
    for name in ["One", "Two", "Three"] {
        create_role(&world.services, admin, name).await;
    }
    let step = check(&world.services, admin).await;
    assert_eq!(step.fault, None);
    assert!(step.links > 3, "the demo has some as well: {}", step.links);
    step
}

on_both!(a_history_is_as_it_was_and_its_head_can_be_kept, async |world: World| {
    let admin = world.caller("admin").await;
    let kept = sealed(&world, &admin).await;
    let services = &world.services;
    assert_eq!(compare(services, &admin, &kept.head).await, Compared::Fits { since: 0 });
    create_role(services, &admin, "Four").await;
    create_role(services, &admin, "Five").await;
    let later = check(services, &admin).await;
    assert_eq!((later.fault, later.links), (None, kept.links + 2));
    assert_eq!(compare(services, &admin, &kept.head).await, Compared::Fits { since: 2 });
    let other = kept.head.replace(&format!(" {} ", kept.links), &format!(" {} ", kept.links - 1));
    assert_eq!(compare(services, &admin, &other).await, Compared::Differs);
    let future = kept.head.replace(&format!(" {} ", kept.links), &format!(" {} ", kept.links + 9));
    assert_eq!(compare(services, &admin, &future).await, Compared::Differs);
    let nonsense = chain::compare(services, &admin, CompareHead { head: "a head".into() }).await;
    let malformed = FieldError { field: Field::HistoryHead, problem: Problem::Malformed };
    assert_eq!(nonsense, Err(Error::Invalid(vec![malformed])));
    let external = world.caller("external").await;
    let refused = chain::check(services, &external, CheckChain { checked: 0 }).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
});

on_both!(each_organisation_has_a_chain_of_its_own, async |world: World| {
    let admin = world.caller("admin").await;
    let kept = sealed(&world, &admin).await;
    let stranger = world.stranger().await;
    let other = check(&world.services, &stranger).await;
    assert_eq!(other.fault, None);
    assert_ne!(other.links, kept.links);
    assert_eq!(compare(&world.services, &stranger, &kept.head).await, Compared::Elsewhere);
    assert_eq!(check(&world.services, &admin).await, kept, "nothing came in between");
});

/// What is wrong after a change, which is then taken back.
async fn fault_after(world: &World, admin: &Caller, change: &str) -> Option<Fault> {
    world.throwaway.execute_text(change).await;
    let fault = check(&world.services, admin).await.fault;
    for restore in [
        "DELETE FROM history",
        "INSERT INTO history SELECT * FROM kept",
        "DELETE FROM history_head",
        "INSERT INTO history_head SELECT * FROM kept_head",
    ] {
        world.throwaway.execute(restore).await;
    }
    fault
}

on_both!(every_way_to_change_it_is_found, async |world: World| {
    let admin = world.caller("admin").await;
    let links = sealed(&world, &admin).await.links;
    world.throwaway.execute("CREATE TABLE kept AS SELECT * FROM history").await;
    world.throwaway.execute("CREATE TABLE kept_head AS SELECT * FROM history_head").await;
    let last = format!("sequence = {links}");
    for (what, change) in [
        ("the time", "at = at + 1"),
        (
            "who",
            "actor_id = (SELECT p.id FROM person p WHERE p.id <> history.actor_id ORDER BY p.id LIMIT 1)",
        ),
        ("nobody", "actor_id = NULL"),
        ("what", "action = '{\"role_created\":{\"role\":\"Two!\"}}'"),
        ("on what", "subject_id = NULL"),
        ("the kind", "subject_kind = 'user'"),
        ("what it is listed under", "topic = 'users'"),
        ("the hash", "hash = (SELECT h.hash FROM history h WHERE h.sequence = 1)"),
    ] {
        let fault = fault_after(&world, &admin, &format!("UPDATE history SET {change} WHERE {last}")).await;
        assert!(
            matches!(fault, Some(Fault::Changed { sequence, .. }) if sequence == links),
            "{what}: {fault:?}"
        );
    }
    let fault = fault_after(&world, &admin, "UPDATE history SET at = 1 WHERE sequence = 2").await;
    assert!(matches!(fault, Some(Fault::Changed { sequence: 2, .. })), "{fault:?}");
    // The id is anything that is no entry's yet.
    let before_all =
        "INSERT INTO history (id, organisation_id, at, subject_kind, action, topic, sequence, hash)
        SELECT (SELECT id FROM person LIMIT 1), organisation_id, at, 'organisation', action, topic, 0, hash
        FROM history WHERE sequence = 1";
    let fault = fault_after(&world, &admin, before_all).await;
    assert!(matches!(fault, Some(Fault::Changed { sequence: 0, .. })), "{fault:?}");
    let first = "SELECT hash FROM history WHERE sequence = 1";
    for (change, expected) in [
        ("DELETE FROM history WHERE sequence = 2".into(), Fault::Missing { sequence: 2 }),
        ("DELETE FROM history WHERE sequence = 1".into(), Fault::Missing { sequence: 1 }),
        (format!("DELETE FROM history WHERE {last}"), Fault::Missing { sequence: links }),
        (format!("UPDATE history_head SET hash = ({first})"), Fault::Head),
        (format!("UPDATE history_head SET sequence = 1, hash = ({first})"), Fault::Head),
    ] {
        assert_eq!(fault_after(&world, &admin, &change).await, Some(expected), "{change}");
    }
    assert_eq!(check(&world.services, &admin).await.fault, None, "all was taken back");
});

on_both!(a_chain_that_was_made_anew_does_not_fit_a_head_that_was_kept, async |world: World| {
    let admin = world.caller("admin").await;
    let kept = sealed(&world, &admin).await;
    for change in [
        "UPDATE history SET at = at - 1",
        "UPDATE history SET sequence = NULL, hash = NULL",
        "DELETE FROM history_head",
    ] {
        world.throwaway.execute(change).await;
    }
    let anew = check(&world.services, &admin).await;
    assert_eq!((anew.fault, anew.links), (None, kept.links), "in itself it is whole");
    assert_eq!(compare(&world.services, &admin, &kept.head).await, Compared::Differs);
});

on_both!(a_name_that_goes_leaves_the_chain_whole, async |world: World| {
    let (admin, bea) = (world.caller("admin").await, world.caller("billing").await);
    sealed(&world, &admin).await;
    profile::terminate(&world.services, &bea, support::termination()).await.expect("the end");
    world.throwaway.execute_text(&format!("UPDATE person SET name = '{FORMER_USER}'")).await;
    assert_eq!(check(&world.services, &admin).await.fault, None);
});

on_both!(many_at_once_on_two_servers_make_one_chain, async |world: World| {
    let admin = world.caller("admin").await;
    let before = check(&world.services, &admin).await.links;
    let other = Services::new(world.throwaway.second().await, "http://localhost:3000");
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..24 {
        let services = if number % 2 == 0 { world.services.clone() } else { other.clone() };
        let admin = admin.clone();
        tasks.spawn(async move {
            create_role(&services, &admin, &format!("Role {number}")).await;
            store::chain::seal_all(services.store()).await.expect("sealed");
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.expect("no task failed");
    }
    let after = check(&other, &admin).await;
    assert_eq!((after.fault, after.links), (None, before + 24));
});
