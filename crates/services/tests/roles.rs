//! The matrix: who may give what, and what the rights are the moment after.

mod support;

use domain::{
    Conflict, Error, Field, FieldError, Permission, PermissionSet, Problem, RoleId, UserId,
    history::{Action, ListHistory},
    roles::{CopyRole, CreateRole, DeleteRole, MOST_ROLES, RenameRole, Role, SetPermissions},
    users::{AssignRole, AssignRoles, CreateUser},
};
use services::{history, roles, sign_in, users};
use store::Caller;
use support::{World, role};

fn set(role: &Role, permissions: PermissionSet) -> SetPermissions {
    SetPermissions { id: role.id, version: role.version, permissions }
}

fn copy(role: &Role, name: &str) -> CopyRole {
    CopyRole { id: role.id, version: role.version, name: name.into() }
}

/// Tom, who keeps roles and users and holds nothing else, and his only role at version 2.
async fn keeper(world: &World, admin: &Caller) -> (Caller, Role) {
    let created = roles::create(&world.services, admin, CreateRole { name: "Role keeper".into() })
        .await
        .expect("a role");
    let permissions = PermissionSet::EMPTY.grant(Permission::RolesManage).grant(Permission::UsersManage);
    let filled =
        roles::set_permissions(&world.services, admin, set(&created, permissions)).await.expect("set");
    let tom = world.caller("tom").await.user();
    let request = AssignRoles { id: tom, version: 1, roles: vec![filled.id] };
    users::assign_roles(&world.services, admin, request).await.expect("assigned");
    (world.caller("tom").await, filled)
}

on_both!(a_change_reaches_the_next_request_and_the_history, async |world: World| {
    let admin = world.caller("admin").await;
    let email = "billing@demo.test";
    let before = world.try_sign_in(email).await.expect("signing in");
    assert!(before.rights().allow(Permission::BillingEdit));
    let manager = role(&world, &admin, "Billing manager").await;
    let less = manager.permissions.revoke(Permission::BillingView);
    let changed =
        roles::set_permissions(&world.services, &admin, set(&manager, less)).await.expect("changed");
    assert_eq!(changed.permissions, less);
    let after = world.try_sign_in(email).await.expect("signing in");
    assert!(!after.rights().allow(Permission::BillingView) && !after.rights().allow(Permission::BillingEdit));
    let page = history::list(&world.services, &admin, ListHistory::default()).await.expect("history");
    let expected = Action::RolePermissionsChanged {
        role: "Billing manager".into(),
        granted: vec![],
        revoked: vec![Permission::BillingView, Permission::BillingEdit],
    };
    assert_eq!(page.entries[0].action, expected);
});

on_both!(what_is_stale_open_or_of_the_system_is_refused, async |world: World| {
    let admin = world.caller("admin").await;
    let manager = role(&world, &admin, "Billing manager").await;
    let old = SetPermissions { version: manager.version - 1, ..set(&manager, PermissionSet::EMPTY) };
    let refused = roles::set_permissions(&world.services, &admin, old).await;
    assert_eq!(refused, Err(Conflict::Stale.into()));
    let open = set(&manager, [Permission::BillingEdit].into_iter().collect());
    assert!(matches!(roles::set_permissions(&world.services, &admin, open).await, Err(Error::Invalid(_))));
    let system = role(&world, &admin, "Platform admin").await;
    let refused = roles::set_permissions(&world.services, &admin, set(&system, PermissionSet::EMPTY)).await;
    assert_eq!(refused, Err(Conflict::SystemRole.into()));
    let delete = DeleteRole { id: system.id, version: system.version };
    assert_eq!(roles::delete(&world.services, &admin, delete).await, Err(Conflict::SystemRole.into()));
    assert_eq!(role(&world, &admin, "Billing manager").await, manager, "nothing changed");
});

fn needs<T>(permission: Permission) -> Result<T, Error> {
    Err(Error::Forbidden { needs: Some(permission) })
}

on_both!(nobody_gives_or_takes_what_they_do_not_hold, async |world: World| {
    let admin = world.caller("admin").await;
    let (keeper, keeper_role) = keeper(&world, &admin).await;

    let manager = role(&world, &keeper, "Billing manager").await;
    let more = manager.permissions.grant(Permission::InsightsView);
    assert_eq!(
        roles::set_permissions(&world.services, &keeper, set(&manager, more)).await,
        needs(Permission::InsightsView)
    );
    let less = manager.permissions.revoke(Permission::HistoryView);
    assert_eq!(
        roles::set_permissions(&world.services, &keeper, set(&manager, less)).await,
        needs(Permission::HistoryView)
    );
    let rename = RenameRole { id: manager.id, version: manager.version, name: "Harmless".into() };
    assert_eq!(roles::rename(&world.services, &keeper, rename).await, needs(Permission::PartnersView));
    let own = AssignRoles { id: keeper.user(), version: 2, roles: vec![keeper_role.id, manager.id] };
    let refused = users::assign_roles(&world.services, &keeper, own).await;
    assert_eq!(refused, needs(Permission::PartnersView));
    let held = keeper_role.permissions.revoke(Permission::UsersManage);
    assert!(roles::set_permissions(&world.services, &keeper, set(&keeper_role, held)).await.is_ok());
});

on_both!(external_users_never_hold_what_is_internal, async |world: World| {
    let admin = world.caller("admin").await;
    let agency = role(&world, &admin, "External agency").await;
    assert!(agency.held_by_external);
    let more = agency.permissions.grant(Permission::UsersManage);
    let refused = roles::set_permissions(&world.services, &admin, set(&agency, more)).await;
    assert_eq!(refused, Err(Conflict::ExternalUser.into()));
    let fine = agency.permissions.grant(Permission::HistoryView);
    assert!(roles::set_permissions(&world.services, &admin, set(&agency, fine)).await.is_ok());
    let system = role(&world, &admin, "Platform admin").await;
    let request = CreateUser {
        name: "Outsider".into(),
        email: "out@demo.test".into(),
        external: true,
        roles: vec![system.id],
        ..CreateUser::default()
    };
    let refused = users::create(&world.services, &admin, request.clone()).await;
    assert_eq!(refused, Err(Conflict::ExternalUser.into()));
    let inside = CreateUser { external: false, ..request };
    assert!(
        users::create(&world.services, &admin, inside).await.is_ok(),
        "nothing was left of the refused one"
    );
});

on_both!(there_is_an_end_to_roles_and_names_are_taken_once, async |world: World| {
    let admin = world.caller("admin").await;
    let taken = roles::create(&world.services, &admin, CreateRole { name: "BILLING Manager".into() }).await;
    assert_eq!(taken, Err(Conflict::NameTaken.into()));
    let there =
        i64::try_from(roles::matrix(&world.services, &admin).await.expect("roles").roles.len()).expect("few");
    for number in there..MOST_ROLES {
        let request = CreateRole { name: format!("Role {number}") };
        roles::create(&world.services, &admin, request).await.expect("room for one more");
    }
    let one_more = roles::create(&world.services, &admin, CreateRole { name: "One more".into() }).await;
    assert_eq!(one_more, Err(Conflict::TooManyRoles.into()));
    let last = role(&world, &admin, "Role 199").await;
    let one_more = roles::copy(&world.services, &admin, copy(&last, "One more")).await;
    assert_eq!(one_more, Err(Conflict::TooManyRoles.into()));

    let delete = DeleteRole { id: last.id, version: last.version };
    roles::delete(&world.services, &admin, delete).await.expect("deleted");
    let create = |name: &str| roles::create(&world.services, &admin, CreateRole { name: name.into() });
    let (one, other) = tokio::join!(create("One"), create("Other"));
    assert!(one.is_ok() != other.is_ok(), "one of two takes the last place: {one:?} {other:?}");
    assert!([one, other].contains(&Err(Conflict::TooManyRoles.into())));
});

on_both!(a_copy_may_do_the_same_and_nobody_holds_it, async |world: World| {
    let admin = world.caller("admin").await;
    let manager = role(&world, &admin, "Billing manager").await;
    let copied =
        roles::copy(&world.services, &admin, copy(&manager, " Billing  deputy ")).await.expect("copied");
    assert_eq!((copied.permissions, copied.members, copied.system), (manager.permissions, 0, false));
    assert_eq!(role(&world, &admin, "Billing deputy").await, copied);
    assert_eq!(role(&world, &admin, "Billing manager").await, manager, "that one is as it was");
    let page = history::list(&world.services, &admin, ListHistory::default()).await.expect("history");
    let expected = Action::RoleCopied {
        from: "Billing manager".into(),
        role: "Billing deputy".into(),
        granted: manager.permissions.into(),
    };
    assert_eq!(page.entries[0].action, expected);

    let system = role(&world, &admin, "Platform admin").await;
    let twin = roles::copy(&world.services, &admin, copy(&system, "Everything")).await.expect("copied");
    assert_eq!((twin.permissions, twin.system), (PermissionSet::all(), false));
    let less = twin.permissions.revoke(Permission::RolesManage);
    assert!(roles::set_permissions(&world.services, &admin, set(&twin, less)).await.is_ok());
});

on_both!(nobody_copies_what_they_do_not_hold, async |world: World| {
    let admin = world.caller("admin").await;
    let (keeper, keeper_role) = keeper(&world, &admin).await;
    let before = roles::matrix(&world.services, &admin).await;
    for name in ["Billing manager", "Platform admin", "External agency"] {
        let more = role(&world, &keeper, name).await;
        let refused = roles::copy(&world.services, &keeper, copy(&more, "Mine")).await;
        assert_eq!(refused, needs(Permission::PartnersView), "{name}");
    }
    assert_eq!(roles::matrix(&world.services, &admin).await, before);
    assert!(roles::copy(&world.services, &keeper, copy(&keeper_role, "Mine")).await.is_ok());
    let viewer = world.caller("viewer").await;
    let refused = roles::copy(&world.services, &viewer, copy(&keeper_role, "Also mine")).await;
    assert_eq!(refused, needs(Permission::RolesManage));
});

on_both!(what_changed_meanwhile_is_not_copied, async |world: World| {
    let admin = world.caller("admin").await;
    let agency = role(&world, &admin, "External agency").await;
    let more = agency.permissions.grant(Permission::PartnersEdit);
    roles::set_permissions(&world.services, &admin, set(&agency, more)).await.expect("changed");
    let refused = roles::copy(&world.services, &admin, copy(&agency, "Another agency")).await;
    assert_eq!(refused, Err(Conflict::Stale.into()));
    let now = role(&world, &admin, "External agency").await;
    assert!(roles::copy(&world.services, &admin, copy(&now, "Another agency")).await.is_ok());
    let taken = roles::copy(&world.services, &admin, copy(&now, "another AGENCY")).await;
    assert_eq!(taken, Err(Conflict::NameTaken.into()));
});

on_both!(names_of_roles_are_what_can_be_seen, async |world: World| {
    let admin = world.caller("admin").await;
    let mut one =
        roles::create(&world.services, &admin, CreateRole { name: "One".into() }).await.expect("one");
    let sixty = "x".repeat(60);
    for name in ["🦊 Füchse 🦊", "👩‍👩‍👧 Familie", "مدير الفواتير", "אחראי billing", "é", sixty.as_str()]
    {
        let request = RenameRole { id: one.id, version: one.version, name: name.into() };
        one = roles::rename(&world.services, &admin, request).await.expect(name);
        assert_eq!(one.name, name);
    }
    let before = roles::matrix(&world.services, &admin).await;
    let too_long = Problem::TooLong { most: 60 };
    for (name, problem) in [
        ("x".repeat(10_000), too_long),
        ("🦊".repeat(61), too_long),
        ("  \u{a0} ".into(), Problem::Missing),
        ("admin\u{202e}nimda".into(), Problem::ControlCharacters),
        ("\u{2067}admin\u{2069}".into(), Problem::ControlCharacters),
        ("Billing\u{200b} manager".into(), Problem::ControlCharacters),
        ("two\nlines".into(), Problem::ControlCharacters),
    ] {
        let refused = || -> Result<Role, Error> { Err(FieldError { field: Field::Name, problem }.into()) };
        let created = roles::create(&world.services, &admin, CreateRole { name: name.clone() }).await;
        assert_eq!(created, refused(), "{name}");
        assert_eq!(roles::copy(&world.services, &admin, copy(&one, &name)).await, refused(), "{name}");
        let rename = RenameRole { id: one.id, version: one.version, name };
        assert_eq!(roles::rename(&world.services, &admin, rename).await, refused());
    }
    assert_eq!(roles::matrix(&world.services, &admin).await, before, "nothing changed");
});

on_both!(a_role_made_again_under_its_name_gives_nobody_anything, async |world: World| {
    let admin = world.caller("admin").await;
    let manager = role(&world, &admin, "Billing manager").await;
    let delete = DeleteRole { id: manager.id, version: manager.version };
    roles::delete(&world.services, &admin, delete).await.expect("deleted");
    let again = roles::create(&world.services, &admin, CreateRole { name: manager.name.clone() })
        .await
        .expect("again");
    roles::set_permissions(&world.services, &admin, set(&again, manager.permissions)).await.expect("filled");
    assert!(world.caller("billing").await.rights().permissions().is_empty());
});

on_both!(a_session_ends_with_its_sign_out_and_no_other, async |world: World| {
    let (one, two) = (world.caller("dpo").await, world.caller("dpo").await);
    sign_in::sign_out(&world.services, &one).await.expect("signed out");
    assert_eq!(sign_in::again(&world.services, &one).await.err(), Some(Error::Unauthenticated));
    assert_eq!(
        sign_in::again(&world.services, &two).await.map(|caller| caller.expires_at()),
        Ok(two.expires_at())
    );
});

on_both!(a_role_is_given_to_many_at_once_or_to_nobody, async |world: World| {
    let (services, admin) = (&world.services, world.caller("admin").await);
    let role = roles::create(services, &admin, CreateRole { name: "Reader".into() }).await.expect("a role");
    let rights = PermissionSet::EMPTY.grant(Permission::UsersManage).grant(Permission::InsightsView);
    let role = roles::set_permissions(services, &admin, set(&role, rights)).await.expect("set");
    let mut users = Vec::new();
    for local in ["tom", "carla", "mina"] {
        users.push(world.caller(local).await.user());
    }
    let assign = async |caller: &Caller, users: &[UserId], held| {
        users::assign_role(services, caller, AssignRole { role: role.id, users: users.to_vec(), held }).await
    };
    let first = assign(&admin, &users[..1], true).await.expect("given").changed;
    assert_eq!(first, users[..1]);
    let twice = [&users[..], &users[..]].concat();
    let rest = assign(&admin, &twice, true).await.expect("given").changed;
    assert_eq!(rest.len(), 2, "one held it already, and nobody gets it twice");
    assert!(world.caller("carla").await.rights().allow(Permission::InsightsView));
    let taken = assign(&admin, &users, false).await.expect("taken").changed;
    assert_eq!(taken.len(), 3);
    assert!(!world.caller("carla").await.rights().allow(Permission::InsightsView));

    let external = world.caller("external").await.user();
    let mixed = [users[0], external];
    assert_eq!(assign(&admin, &mixed, true).await, Err(Conflict::ExternalUser.into()));
    let foreign = [users[0], world.stranger().await.user()];
    assert_eq!(assign(&admin, &foreign, true).await, Err(Error::NotFound));
    let many: Vec<_> = (0..101).map(|number| UserId(domain::id::Uuid::from_u128(number))).collect();
    assert!(matches!(assign(&admin, &many, true).await, Err(Error::Invalid(_))));
    assert_eq!(
        assign(&admin, &many[1..], true).await,
        Err(Error::NotFound),
        "so many may be, but are not there"
    );
    assert_eq!(assign(&admin, &users, false).await.expect("taken").changed, [], "nothing was half done");

    let matrix = roles::matrix(services, &admin).await.expect("the matrix");
    let system = matrix.roles.iter().find(|role| role.system).expect("platform admin").id;
    let everybody = AssignRole { role: system, users: vec![admin.user()], held: false };
    assert_eq!(users::assign_role(services, &admin, everybody).await, Err(Conflict::LastAdmin.into()));
});

on_both!(a_role_of_another_organisation_is_none, async |world: World| {
    let (services, admin) = (&world.services, world.caller("admin").await);
    let stranger = world.stranger().await;
    let theirs = role(&world, &admin, "External agency").await;
    let ours = roles::create(services, &stranger, CreateRole { name: "Ours".into() }).await.expect("a role");
    let me = stranger.user();
    let ends = async |role: RoleId| {
        let together = |held| AssignRole { role, users: vec![me], held };
        let version = 1;
        let invited = CreateUser {
            name: "Nora".into(),
            email: "nora@south.test".into(),
            roles: vec![ours.id, role],
            ..CreateUser::default()
        };
        let copied = CopyRole { id: role, version, name: "Copy".into() };
        [
            users::assign_role(services, &stranger, together(true)).await.map(drop),
            users::assign_role(services, &stranger, together(false)).await.map(drop),
            users::assign_roles(services, &stranger, AssignRoles { id: me, version, roles: vec![role] })
                .await
                .map(drop),
            users::create(services, &stranger, invited).await.map(drop),
            roles::copy(services, &stranger, copied).await.map(drop),
            roles::delete(services, &stranger, DeleteRole { id: role, version }).await,
        ]
    };
    let before = world.throwaway.dump().await;
    let foreign = ends(theirs.id).await;
    assert_eq!(foreign, ends(RoleId(me.0)).await, "as if it were not there");
    assert!(matches!(foreign[0], Err(Error::Invalid(_))) && foreign[4] == Err(Error::NotFound));
    assert!(world.throwaway.dump().await == before, "and nothing changed");
    let own = AssignRole { role: ours.id, users: vec![me], held: true };
    users::assign_role(services, &stranger, own).await.expect("one's own can be given");
});
