//! Keys that a creation left behind when its server died, and what has had its time.

mod support;

use domain::{
    Language,
    users::{Contact, IssueLink},
};
use services::users as users_service;
use store::{
    Clock, Store,
    grants::UsersManage,
    housekeeping::{destroy_ownerless_keys, tidy_up},
    users,
};
use support::World;

const HOUR: i64 = 60 * 60 * 1000;
/// More than are looked at in one go.
const MANY: usize = 450;

fn draft(contact: &Contact) -> users::Draft<'_> {
    users::Draft { contact, external: false, access_ends_at: None, language: Language::English }
}

/// Begins to create a user, and never goes on.
async fn cut_short(world: &World, server: &Store) -> String {
    let grant = world.caller("admin").await.require::<UsersManage>().expect("the right");
    let contact = Contact::parse("Nora New", "nora@demo.test").expect("a contact");
    let account = users::prepare(server, &grant, &draft(&contact), 0).await.expect("a key");
    account.user().0.simple().to_string()
}

async fn has_key(world: &World, id: &str) -> bool {
    world.throwaway.dump().await["user_key"].iter().any(|row| row.contains(id))
}

on_both!(a_key_without_an_account_is_destroyed_after_an_hour, async |world: World| {
    let now = world.throwaway.store.clock().now();
    let old = cut_short(&world, &world.throwaway.at(Clock::fixed(now)).await).await;
    let young = cut_short(&world, &world.throwaway.at(Clock::fixed(now + HOUR)).await).await;
    let late = world.throwaway.at(Clock::fixed(now + HOUR + 1)).await;
    assert_eq!(
        destroy_ownerless_keys(&world.throwaway.at(Clock::fixed(now + HOUR)).await).await.expect("a look"),
        0
    );
    assert!(has_key(&world, &old).await, "an hour has not passed");
    assert_eq!(destroy_ownerless_keys(&late).await.expect("a look"), 1);
    assert!(!has_key(&world, &old).await);
    assert!(has_key(&world, &young).await, "somebody may just be creating that account");
    assert_eq!(destroy_ownerless_keys(&late).await.expect("a second look"), 0);
});

on_both!(however_many_keys_there_are_those_with_an_account_stay, async |world: World| {
    let admin = world.caller("admin").await;
    let grant = admin.require::<UsersManage>().expect("the right");
    let contact = Contact::parse("Nora New", "nora@demo.test").expect("a contact");
    for _ in 0..MANY {
        users::prepare(&world.throwaway.store, &grant, &draft(&contact), 0).await.expect("a key");
    }
    let last = users::prepare(&world.throwaway.store, &grant, &draft(&contact), 0).await.expect("a key");
    let id = last.user().0.simple().to_string();
    let store = &world.throwaway.store;
    store.write(async move |tx| users::create(tx, &grant, &last).await).await.expect("an account");
    let late = world.throwaway.at(Clock::fixed(store.clock().now() + 2 * HOUR)).await;
    assert_eq!(destroy_ownerless_keys(&late).await.expect("a look"), MANY);
    assert!(has_key(&world, &id).await, "the last of all, with an account");
    let dump = world.throwaway.dump().await;
    assert_eq!(dump["user_key"].len(), dump["account"].len());
    assert!(world.try_sign_in("admin@demo.test").await.is_ok(), "nobody else's key is touched");
});

on_both!(what_has_had_its_time_goes_and_the_rest_stays, async |world: World| {
    let admin = world.caller("admin").await;
    let carla = world.caller("carla").await.user();
    users_service::issue_link(&world.services, &admin, IssueLink { id: carla }).await.expect("a link");
    let store = &world.throwaway.store;
    let count = async |table: &str| world.throwaway.dump().await[table].len();
    let (sessions, links) = (count("session").await, count("link").await);
    assert!(sessions >= 2 && links == 1, "{sessions} {links}");
    tidy_up(store).await.expect("tidied");
    assert_eq!((count("session").await, count("link").await), (sessions, links), "too early");
    let late = world.throwaway.at(Clock::fixed(store.clock().now() + 8 * 24 * HOUR)).await;
    tidy_up(&late).await.expect("tidied");
    assert_eq!((count("session").await, count("link").await), (0, 0));
    assert!(world.try_sign_in("carla@demo.test").await.is_ok());
});
