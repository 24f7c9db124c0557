//! What the page of a user says of their rights is what the server lets them do.

mod support;

use domain::{
    Permission, PermissionSet,
    organisation::SaveOrganisation,
    rights::EffectiveRights,
    users::{AssignRoles, FindUser},
};
use services::{organisation, roles, users};
use store::Caller;
use support::World;

/// What is said of `whom`, as a set, after each right was found to come from somewhere.
async fn said(world: &World, reader: &Caller, whom: &Caller) -> (PermissionSet, EffectiveRights) {
    let user = users::find(&world.services, reader, FindUser { id: whom.user() }).await.expect("a user");
    let known = user.rights.expect("for those who manage roles");
    for right in &known.rights {
        let held: Vec<_> = user.roles.iter().map(|role| &role.name).collect();
        assert!(!right.roles.is_empty() && right.roles.iter().all(|role| held.contains(&role)), "{right:?}");
    }
    (known.rights.iter().map(|right| right.permission).collect(), known)
}

on_both!(what_is_said_is_what_is_allowed, async |world: World| {
    let admin = world.caller("admin").await;
    for local in ["admin", "billing", "viewer", "external", "dpo", "tom", "mina", "carla"] {
        let user = world.caller(local).await;
        assert_eq!(said(&world, &admin, &user).await.0, user.rights().permissions(), "{local}");
    }
});

on_both!(somebody_from_outside_gets_no_more_through_any_role, async |world: World| {
    let (admin, external) = (world.caller("admin").await, world.caller("external").await);
    let all = roles::matrix(&world.services, &admin).await.expect("roles").roles;
    let outside =
        |role: &&domain::roles::Role| !role.system && role.permissions.iter().all(|it| !it.internal_only());
    let roles = all.iter().filter(outside).map(|role| role.id).collect();
    let found = users::find(&world.services, &admin, FindUser { id: external.user() }).await.expect("found");
    let request = AssignRoles { id: external.user(), version: found.version, roles };
    users::assign_roles(&world.services, &admin, request).await.expect("assigned");
    let external = world.caller("external").await;
    let (said, _) = said(&world, &admin, &external).await;
    assert_eq!(said, external.rights().permissions());
    assert!(!said.is_empty() && said.iter().all(|held| !held.internal_only()));
});

on_both!(what_waits_for_a_second_factor_is_not_said_to_be_held, async |world: World| {
    let admin = world.caller("admin").await;
    let before = organisation::find(&world.services, &admin).await.expect("found");
    let billing = world.caller("billing").await;
    assert!(said(&world, &admin, &billing).await.0.contains(Permission::BillingEdit));
    // The admin has one already, and goes on managing roles.
    support::phone::Phone::set_up(&world, &admin).await;
    let request = SaveOrganisation {
        version: before.version,
        name: before.name,
        time_zone: before.time_zone,
        second_factor_required: true,
        name_years_billing: "10".into(),
        name_years_other: "3".into(),
    };
    organisation::save(&world.services, &admin, request).await.expect("required");
    let billing = world.caller("billing").await;
    let (said, known) = said(&world, &admin, &billing).await;
    assert_eq!(said, billing.rights().permissions());
    assert!(known.wait_for_second_factor && !said.contains(Permission::BillingEdit));
});

on_both!(only_those_who_manage_roles_are_told, async |world: World| {
    let (viewer, admin) = (world.caller("viewer").await, world.caller("admin").await);
    let find = || FindUser { id: admin.user() };
    let shown = users::find(&world.services, &viewer, find()).await.expect("who views users sees the page");
    assert_eq!(shown.rights, None);
    assert!(users::find(&world.services, &admin, find()).await.expect("found").rights.is_some());
});
