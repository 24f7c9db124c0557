//! Whom the history can be asked about, by name, and what it calls those that alone are asked for.

mod support;

use domain::{
    Error, PartnerId, UserId,
    history::{FindPeople, ListHistory, MOST_PEOPLE},
    id::Uuid,
    partners::{ChangePartnerStatus, CreatePartner, PartnerForm},
    profile::SaveProfile,
    roles::CreateRole,
};
use services::{Services, history, partners, profile, roles};
use store::Caller;
use support::{World, termination};

async fn names(services: &Services, caller: &Caller, search: &str) -> Vec<(String, bool)> {
    let request = FindPeople { search: search.into() };
    let people = history::find_people(services, caller, request).await.expect("people");
    people.into_iter().map(|person| (person.name, person.gone)).collect()
}

async fn create_partner(services: &Services, caller: &Caller, name: &str) -> (PartnerId, i64) {
    let fields = PartnerForm { name: name.into(), ..PartnerForm::default() };
    let partner = partners::create(services, caller, CreatePartner { fields }).await.expect("a partner");
    (partner.id, partner.version)
}

async fn rename(services: &Services, caller: &Caller, name: &str) {
    let now = profile::find(services, caller).await.expect("a profile");
    let request = SaveProfile {
        version: now.version,
        name: name.into(),
        email: now.email.clone(),
        language: now.language,
    };
    profile::save(services, caller, request).await.expect("saved");
}

on_both!(who_did_something_is_found_by_a_part_of_the_name_also_when_gone, async |world: World| {
    let (services, admin, tom) = (&world.services, world.caller("admin").await, world.caller("tom").await);
    roles::create(services, &admin, CreateRole { name: "Auditor".into() }).await.expect("a role");
    assert_eq!(names(services, &admin, "lindqvist").await, [], "Tom has done nothing yet");
    create_partner(services, &tom, "Acme").await;
    rename(services, &tom, "Zoë Ångström 100%").await;
    let zoe = |gone| ("Zoë Ångström 100%".to_owned(), gone);
    for search in ["zoe", "ANGST", " ë å ", "0%"] {
        assert_eq!(names(services, &admin, search).await, [zoe(false)], "{search}");
    }
    for nothing in ["", " ", "\u{301}", "_", "lindqvist"] {
        assert_eq!(names(services, &admin, nothing).await, [], "{nothing:?}");
    }
    assert_eq!(names(services, &admin, "%").await, [zoe(false)], "no wildcard");
    for unreadable in ["a".repeat(201), "a\u{202e}b".to_owned()] {
        let answer = history::find_people(services, &admin, FindPeople { search: unreadable }).await;
        assert!(matches!(answer, Err(Error::Invalid(_))), "{answer:?}");
    }
    rename(services, &world.caller("external").await, "Zoltan").await;
    let zoltan = FindPeople { search: "zolt".into() };
    let zoltan = history::find_people(services, &admin, zoltan).await.expect("people");
    assert!(zoltan.len() == 1 && zoltan[0].external, "{zoltan:?}");
    let stranger = world.stranger().await;
    roles::create(services, &stranger, CreateRole { name: "Theirs".into() }).await.expect("a role");
    assert_eq!(names(services, &stranger, "zoe").await, []);
    assert_eq!(names(services, &admin, "sam").await, []);
    assert_eq!(names(services, &stranger, "sam").await, [("Sam South".to_owned(), false)]);

    profile::terminate(services, &tom, termination()).await.expect("the end");
    assert_eq!(names(services, &admin, "angstrom").await, [zoe(true)]);
    assert_eq!(names(services, &admin, "bea").await, [], "others than those who are gone");
    let request = ListHistory { person: Some(tom.user()), ..ListHistory::default() };
    let page = history::list(services, &admin, request.clone()).await.expect("a page");
    assert_eq!(page.person, "Zoë Ångström 100%");
    let theirs = history::list(services, &stranger, request).await.expect("a page");
    assert_eq!((theirs.person.as_str(), theirs.entries.len()), ("", 0));
    world.throwaway.execute("UPDATE person SET name = 'former user' WHERE terminated_at IS NOT NULL").await;
    assert_eq!(names(services, &admin, "former").await, [], "nobody any more");
});

on_both!(no_more_are_offered_than_can_be_chosen_from, async |world: World| {
    let (services, admin) = (&world.services, world.caller("admin").await);
    for local in ["billing", "viewer", "external", "dpo", "carla", "tom", "mina"] {
        let caller = world.caller(local).await;
        rename(services, &caller, &format!("Kim {local}")).await;
    }
    rename(services, &admin, "Kim admin").await;
    let found = names(services, &admin, "kim").await;
    assert_eq!(found.len(), MOST_PEOPLE, "there are eight");
    let sorted: Vec<_> = ["admin", "billing", "carla", "dpo", "external", "mina"]
        .map(|local| (format!("Kim {local}"), false))
        .into();
    assert_eq!(found, sorted);
});

on_both!(what_alone_is_asked_for_has_a_name_where_the_reader_may_see_it, async |world: World| {
    let (services, admin) = (&world.services, world.caller("admin").await);
    let (id, version) = create_partner(services, &admin, "Acme").await;
    let role = roles::create(services, &admin, CreateRole { name: "Auditor".into() }).await.expect("a role");
    let about = async |caller: &Caller, about: Uuid| {
        let request = ListHistory { about: Some(about), ..ListHistory::default() };
        history::list(services, caller, request).await.expect("a page").about
    };
    // A reader of the history without billing details.
    let permissions = domain::PermissionSet::EMPTY.grant(domain::Permission::HistoryView);
    let reader = support::set(&world, &admin, &role, permissions).await;
    let mina: UserId = world.caller("mina").await.user();
    let given = domain::users::AssignRole { role: reader.id, users: vec![mina], held: true };
    services::users::assign_role(services, &admin, given).await.expect("given");
    let taken = support::role(&world, &admin, "Partner manager").await.id;
    let taken = domain::users::AssignRole { role: taken, users: vec![mina], held: false };
    services::users::assign_role(services, &admin, taken).await.expect("taken");
    let mina = world.caller("mina").await;

    assert_eq!(about(&mina, id.0).await, "Acme");
    assert_eq!(about(&mina, reader.id.0).await, "Auditor");
    assert_eq!(about(&mina, mina.user().0).await, "Mina Haddad");
    partners::delete(services, &admin, ChangePartnerStatus { id, version }).await.expect("deleted");
    assert_eq!(about(&mina, id.0).await, "", "without the right to view billing details");
    assert_eq!(about(&admin, id.0).await, "Acme");
    let stranger = world.stranger().await;
    for foreign in [id.0, reader.id.0, mina.user().0] {
        assert_eq!(about(&stranger, foreign).await, "");
    }
});
