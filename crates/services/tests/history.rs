//! Reading the history: what is wanted of it, in pages and as a file.

mod support;

use domain::{
    Conflict, Error, Permission, PermissionSet,
    history::{Action, Entry, ListHistory, ListOwnHistory, NamedSubject, PAGE, RevertEntry, Topic},
    partners::{CreatePartner, PartnerForm},
    roles::{CreateRole, DeleteRole, SetPermissions},
    time::Date,
    users::AssignRoles,
};
use services::{
    Services,
    history::{
        self,
        export::{Format, piece},
        revert,
    },
    partners, roles, users,
};
use std::collections::BTreeSet;
use store::Caller;
use support::World;

/// 24 November 2026, 22:30 UTC: half past eleven in the evening in Berlin.
const EVENING: i64 = 1_795_559_400_000;
const HOUR: i64 = 60 * 60 * 1000;

async fn list(services: &Services, caller: &Caller, wanted: ListHistory) -> Vec<Entry> {
    history::list(services, caller, wanted).await.expect("a page").entries
}

async fn create_role(services: &Services, admin: &Caller, name: &str) {
    roles::create(services, admin, CreateRole { name: name.into() }).await.expect("a role");
}

async fn create_partner(services: &Services, caller: &Caller, name: &str) -> domain::PartnerId {
    let fields = PartnerForm { name: name.into(), ..PartnerForm::default() };
    partners::create(services, caller, CreatePartner { fields }).await.expect("a partner").id
}

fn everything() -> ListHistory {
    ListHistory::default()
}

on_both!(what_is_wanted_is_listed_and_nothing_else, async |world: World| {
    let (services, admin, tom) = (&world.services, world.caller("admin").await, world.caller("tom").await);
    let viewer = world.caller("viewer").await;
    create_role(services, &admin, "Auditor").await;
    create_role(services, &admin, "Reader").await;
    let acme = create_partner(services, &viewer, "Acme").await;
    let actor = |entry: &Entry| entry.actor.as_ref().map(|actor| actor.id);
    let all = list(services, &admin, everything()).await;
    assert!(all.len() > 4);

    let own = list(services, &admin, ListHistory { person: Some(viewer.user()), ..everything() }).await;
    assert_eq!(own[0].action, Action::PartnerCreated);
    assert!(own.iter().all(|entry| actor(entry) == Some(viewer.user())));
    assert!(all.iter().any(|entry| actor(entry) == Some(admin.user())), "there is more to leave out");
    assert_eq!(list(services, &admin, ListHistory { person: Some(tom.user()), ..everything() }).await, []);

    let rights = list(services, &admin, ListHistory { topic: Some(Topic::Rights), ..everything() }).await;
    assert!(rights.len() > 1 && rights.iter().all(|entry| entry.action.topic() == Topic::Rights));
    for topic in Topic::ALL {
        let listed = list(services, &admin, ListHistory { topic: Some(topic), ..everything() }).await;
        let (of_topic, others): (Vec<_>, Vec<_>) =
            all.iter().partition(|entry| entry.action.topic() == topic);
        assert!(of_topic.iter().all(|entry| listed.contains(entry)), "{topic:?}");
        assert!(!others.iter().any(|entry| listed.contains(entry)), "{topic:?}");
    }

    let about = ListHistory { about: Some(acme.0), ..everything() };
    let entries = list(services, &admin, about.clone()).await;
    assert_eq!(entries.len(), 1);
    assert!(matches!(&entries[0].subject, NamedSubject::Partner(partner) if partner.name == "Acme"));
    let both = ListHistory { person: Some(viewer.user()), topic: Some(Topic::Partners), ..about };
    assert_eq!(list(services, &admin, both.clone()).await, entries);
    assert_eq!(list(services, &admin, ListHistory { person: Some(admin.user()), ..both }).await, []);
    let combined = ListHistory { person: Some(viewer.user()), topic: Some(Topic::Partners), ..everything() };
    assert_eq!(list(services, &admin, combined).await, entries);

    let stranger = world.stranger().await;
    let foreign = ListHistory { person: Some(admin.user()), ..everything() };
    assert_eq!(list(services, &stranger, foreign).await, [], "somebody of another organisation");
});

on_both!(a_day_is_one_of_the_organisation, async |world: World| {
    let (world, hand) = world.at(EVENING).await;
    let admin = world.caller("admin").await;
    create_role(&world.services, &admin, "Before midnight").await;
    hand.store(EVENING + HOUR, std::sync::atomic::Ordering::Relaxed);
    create_role(&world.services, &admin, "After midnight").await;
    let of = async |from: u8, to: u8| {
        let day = |day| Some(Date { year: 2026, month: 11, day });
        let wanted = ListHistory {
            topic: Some(Topic::Rights),
            person: Some(admin.user()),
            from: day(from),
            to: day(to),
            ..everything()
        };
        let entries = list(&world.services, &admin, wanted).await;
        entries
            .into_iter()
            .map(|entry| match entry.action {
                Action::RoleCreated { role } => role,
                other => panic!("{other:?}"),
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(of(24, 24).await, ["Before midnight"]);
    assert_eq!(of(25, 25).await, ["After midnight"]);
    assert_eq!(of(24, 25).await, ["After midnight", "Before midnight"]);
    assert_eq!(of(26, 27).await, [""; 0]);
    assert_eq!(of(25, 24).await, [""; 0]);
});

on_both!(ones_own_actions_take_no_right_and_show_no_more, async |world: World| {
    let (services, admin) = (&world.services, world.caller("admin").await);
    let viewer = world.caller("viewer").await;
    create_partner(services, &viewer, "Acme").await;
    let refused = history::list(services, &world.caller("external").await, everything()).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    let own = async |caller: &Caller| {
        history::list_own(services, caller, ListOwnHistory::default()).await.expect("a page").entries
    };
    let mine = own(&viewer).await;
    assert!(matches!(&mine[0].subject, NamedSubject::Partner(partner) if partner.name == "Acme"));
    assert!(mine.iter().all(|entry| entry.actor.as_ref().is_some_and(|actor| actor.id == viewer.user())));
    world.throwaway.execute("DELETE FROM role_permission").await;
    let viewer = world.caller("viewer").await;
    assert_eq!(own(&viewer).await[0].subject, NamedSubject::Withheld, "without the right to see partners");
    assert!(!own(&admin).await.is_empty());
});

/// So many entries by the admin that they take several pieces.
async fn fill(world: &World, many: usize) {
    let filler = "INSERT INTO history (id, organisation_id, at, actor_id, subject_kind, action, topic)
        SELECT $ID, h.organisation_id, h.at, h.actor_id, 'organisation', '\"support_changed\"', 'organisation'
        FROM (SELECT * FROM history WHERE actor_id IS NOT NULL ORDER BY id LIMIT 1) h, $NUMBERS";
    let (id, numbers) = if world.throwaway.is_sqlite() {
        (
            "unhex('019e00000000' || '7000' || '8000' || printf('%012x', n))",
            format!(
                "(WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {many}) SELECT n FROM number)"
            ),
        )
    } else {
        (
            "('019e0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid",
            format!("generate_series(1, {many}) n"),
        )
    };
    world.throwaway.execute_text(&filler.replace("$ID", id).replace("$NUMBERS", &numbers)).await;
}

async fn whole_file(services: &Services, caller: &Caller, format: Format) -> (String, usize) {
    let mut request = everything();
    let (mut file, mut pieces) = (String::new(), 0);
    loop {
        let part = piece(services, caller, &request, format).await.expect("a piece");
        file.push_str(&part.text);
        pieces += 1;
        match part.next {
            Some(after) => request.after = Some(after),
            None => return (file, pieces),
        }
    }
}

on_both!(a_file_has_every_entry_once, async |world: World| {
    let (services, admin) = (&world.services, world.caller("admin").await);
    fill(&world, 2500).await;
    let entries = world.throwaway.dump().await["history"].len();
    let (lines, pieces) = whole_file(services, &admin, Format::JsonLines).await;
    assert_eq!(pieces, 3);
    let ids: BTreeSet<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].to_string())
        .collect();
    assert_eq!((lines.lines().count(), ids.len()), (entries, entries));
    let (table, _) = whole_file(services, &admin, Format::Csv).await;
    assert_eq!(table.matches("\r\n").count(), entries + 1, "and its head");
    assert!(table.starts_with("\"id\",\"at\",\"actor_id\",\"actor\","));
    assert_eq!(list(services, &admin, everything()).await.len(), PAGE);

    let dpo = world.caller("dpo").await;
    let first = piece(services, &dpo, &everything(), Format::Csv).await.expect("a piece");
    world.throwaway.execute("DELETE FROM role_permission WHERE permission = 'history.view'").await;
    let rest = ListHistory { after: first.next, ..everything() };
    let refused = piece(services, &dpo, &rest, Format::Csv).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "the right was taken in between");
    let refused = piece(services, &world.caller("external").await, &everything(), Format::Csv).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
});

on_both!(a_change_of_rights_is_taken_back_from_its_entry, async |world: World| {
    let (services, admin) = (&world.services, world.caller("admin").await);
    let role = roles::create(services, &admin, CreateRole { name: "Auditor".into() }).await.expect("a role");
    let set = async |version, permissions| {
        let request = SetPermissions { id: role.id, version, permissions };
        roles::set_permissions(services, &admin, request).await.expect("set")
    };
    let (view, edit) = (Permission::BillingView, Permission::BillingEdit);
    let viewing = set(role.version, PermissionSet::EMPTY.grant(view)).await;
    let entry = async || list(services, &admin, everything()).await[0].id;
    let granted = entry().await;
    let editing = set(viewing.version, viewing.permissions.grant(edit)).await;
    let edited = entry().await;
    let now = async || {
        let matrix = roles::matrix(services, &admin).await.expect("the matrix");
        matrix.roles.into_iter().find(|one| one.id == role.id).expect("the role").permissions
    };
    let take_back = async |caller: &Caller, id| revert::revert(services, caller, RevertEntry { id }).await;

    take_back(&admin, edited).await.expect("taken back");
    assert_eq!(now().await, viewing.permissions);
    let newest = list(services, &admin, everything()).await.remove(0);
    let revoked = vec![edit];
    let expected = Action::RolePermissionsChanged { role: "Auditor".into(), granted: Vec::new(), revoked };
    assert_eq!(newest.action, expected, "it says exactly what changed");
    assert_eq!(take_back(&admin, edited).await, Err(Conflict::NothingToRevert.into()));
    take_back(&admin, newest.id).await.expect("and again");
    assert_eq!(now().await, editing.permissions);
    take_back(&admin, granted).await.expect("with what implies it");
    assert_eq!(now().await, PermissionSet::EMPTY);

    let created = list(services, &admin, everything()).await;
    let created =
        created.iter().find(|entry| matches!(entry.action, Action::RoleCreated { .. })).expect("one");
    assert_eq!(take_back(&admin, created.id).await, Err(Conflict::NotReversible.into()));
    let stranger = world.stranger().await;
    assert_eq!(take_back(&stranger, edited).await, Err(Error::NotFound), "of another organisation");
    let version = roles::matrix(services, &admin).await.expect("the matrix").roles;
    let version = version.into_iter().find(|one| one.id == role.id).expect("the role").version;
    roles::delete(services, &admin, DeleteRole { id: role.id, version }).await.expect("deleted");
    assert_eq!(take_back(&admin, edited).await, Err(Conflict::NotReversible.into()), "its role is gone");
});

on_both!(nobody_takes_back_more_than_they_may_hand_out, async |world: World| {
    let (services, admin) = (&world.services, world.caller("admin").await);
    let role = async |name: &str, permissions: &[Permission]| {
        let role = roles::create(services, &admin, CreateRole { name: name.into() }).await.expect("a role");
        let permissions = permissions.iter().fold(PermissionSet::EMPTY, |set, one| set.grant(*one));
        let request = SetPermissions { id: role.id, version: role.version, permissions };
        roles::set_permissions(services, &admin, request).await.expect("set")
    };
    let helper = role("Helper", &[Permission::RolesManage, Permission::HistoryView]).await;
    role("Money", &[Permission::BillingEdit]).await;
    let entry = list(services, &admin, everything()).await[0].id;
    let tom = world.caller("tom").await;
    let refused = revert::revert(services, &tom, RevertEntry { id: entry }).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "without the right to manage roles");
    let request = AssignRoles { id: tom.user(), version: 1, roles: vec![helper.id] };
    users::assign_roles(services, &admin, request).await.expect("assigned");
    let tom = world.caller("tom").await;
    let refused = revert::revert(services, &tom, RevertEntry { id: entry }).await;
    assert_eq!(refused, Err(Error::Forbidden { needs: Some(Permission::PartnersView) }));
    revert::revert(services, &admin, RevertEntry { id: entry }).await.expect("who holds it may");
});
