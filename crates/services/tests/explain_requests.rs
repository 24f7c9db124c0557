//! Asking for a permission: who may, who is told, who can grant it, and what is left of it.

mod support;

use domain::{
    Conflict, Error, Permission, PermissionRequestId, PermissionSet, RoleId,
    event::{Event, EventKind},
    explain::{AboutPermission, AskedState, FindOpenRequest, GrantRequest, OfferedRole, OpenRequest},
    history::{Action, ChangedRoles, ListHistory},
    roles::SetPermissions,
    users::{AssignRoles, FindUser, UpdateUser},
};
use services::{explain, history, overview, privacy, profile, roles, users};
use store::{Caller, Signal};
use support::{World, filled, role};

const EDIT: AboutPermission = AboutPermission { permission: Permission::BillingEdit };

async fn give(world: &World, admin: &Caller, local: &str, given: RoleId) {
    let id = world.caller(local).await.user();
    let user = users::find(&world.services, admin, FindUser { id }).await.expect("found");
    let roles = user.roles.iter().map(|role| role.id).chain([given]).collect();
    users::assign_roles(&world.services, admin, AssignRoles { id, version: user.version, roles })
        .await
        .expect("assigned");
}

async fn waiting(world: &World, reader: &Caller) -> Vec<OpenRequest> {
    explain::list(&world.services, reader).await.expect("requests").requests
}

/// What somebody's own request for editing billing details has come to.
async fn state(world: &World, caller: &Caller) -> Option<AskedState> {
    let known = explain::why(&world.services, caller, EDIT).await.expect("explained");
    known.asked.map(|asked| asked.state)
}

fn names(roles: &[OfferedRole]) -> Vec<&str> {
    roles.iter().map(|role| role.name.as_str()).collect()
}

on_both!(asked_and_granted_in_one_step, async |world: World| {
    let (admin, viewer) = (world.caller("admin").await, world.caller("viewer").await);
    let mut signals = world.services.store().subscribe();
    for _ in 0..2 {
        let known = explain::ask(&world.services, &viewer, EDIT).await.expect("asked");
        assert_eq!(known.asked.map(|asked| asked.state), Some(AskedState::Open));
    }
    let mut told = Vec::new();
    while told.len() < 2 {
        // What is for everybody comes from the demo.
        if let Signal::Event(Event { user: Some(user), kind: EventKind::RightsChanged, .. }) =
            signals.recv().await.expect("a signal")
        {
            told.push(user);
        }
    }
    assert_eq!(told, [admin.user(), viewer.user()]);
    let found = waiting(&world, &admin).await;
    assert_eq!(found.len(), 1, "asking twice is one request");
    assert_eq!(overview::find(&world.services, &admin).await.expect("overview").to_answer, Some(1));
    let request = &found[0];
    assert_eq!((request.user.id, request.permission), (viewer.user(), Permission::BillingEdit));
    assert_eq!(names(&request.roles), ["Billing manager", "Platform admin"], "least first");
    assert_eq!(
        request.roles[0].also,
        [Permission::HistoryView],
        "and what comes with editing is no surprise"
    );
    let granted = GrantRequest { id: request.id, role: request.roles[0].id };
    let left = explain::grant(&world.services, &admin, granted).await.expect("granted");
    assert!(left.requests.is_empty());
    let viewer = world.caller("viewer").await;
    assert!(viewer.rights().allow(Permission::BillingEdit));
    assert_eq!(state(&world, &viewer).await, Some(AskedState::Granted));
    let own = overview::find(&world.services, &viewer).await.expect("overview");
    assert_eq!((own.asked.len(), own.asked[0].state, own.to_answer), (1, AskedState::Granted, None));
    let entries =
        history::list(&world.services, &admin, ListHistory::default()).await.expect("history").entries;
    let ids = Some(ChangedRoles { added: vec![request.roles[0].id], removed: vec![] });
    let expected = Action::UserRolesChanged { added: vec!["Billing manager".into()], removed: vec![], ids };
    assert_eq!(entries[0].action, expected);
    let again = explain::grant(&world.services, &admin, granted).await;
    assert_eq!(again, Err(Conflict::RequestAnswered.into()));
    let refused = explain::ask(&world.services, &viewer, EDIT).await;
    assert_eq!(refused, Err(Conflict::AlreadyHeld.into()));
});

on_both!(declined_and_asked_again, async |world: World| {
    let (admin, viewer) = (world.caller("admin").await, world.caller("viewer").await);
    explain::ask(&world.services, &viewer, EDIT).await.expect("asked");
    let id = waiting(&world, &admin).await[0].id;
    let decline = FindOpenRequest { id };
    assert!(explain::decline(&world.services, &admin, decline).await.expect("declined").requests.is_empty());
    assert_eq!(state(&world, &viewer).await, Some(AskedState::Declined));
    assert!(!world.caller("viewer").await.rights().allow(Permission::BillingEdit));
    for answer in [
        explain::decline(&world.services, &admin, decline).await,
        explain::grant(&world.services, &admin, GrantRequest { id, role: RoleId(id.0) }).await,
    ] {
        assert_eq!(answer, Err(Conflict::RequestAnswered.into()));
    }
    let known = explain::take_back(&world.services, &viewer, EDIT).await;
    assert_eq!(known, Err(Conflict::RequestAnswered.into()));
    explain::ask(&world.services, &viewer, EDIT).await.expect("asked again");
    assert_eq!(waiting(&world, &admin).await.len(), 1);
});

on_both!(taken_back_it_is_granted_no_more, async |world: World| {
    let (admin, viewer) = (world.caller("admin").await, world.caller("viewer").await);
    let nothing = explain::take_back(&world.services, &viewer, EDIT).await;
    assert_eq!(nothing, Err(Error::NotFound));
    explain::ask(&world.services, &viewer, EDIT).await.expect("asked");
    let request = waiting(&world, &admin).await.remove(0);
    let known = explain::take_back(&world.services, &viewer, EDIT).await.expect("taken back");
    assert_eq!(known.asked, None);
    assert!(waiting(&world, &admin).await.is_empty());
    let granted = GrantRequest { id: request.id, role: request.roles[0].id };
    for answer in [
        explain::grant(&world.services, &admin, granted).await,
        explain::decline(&world.services, &admin, FindOpenRequest { id: request.id }).await,
    ] {
        assert_eq!(answer, Err(Conflict::RequestTakenBack.into()));
    }
    assert!(!world.caller("viewer").await.rights().allow(Permission::BillingEdit));
});

on_both!(nobody_grants_more_than_they_hold, async |world: World| {
    let (admin, viewer) = (world.caller("admin").await, world.caller("viewer").await);
    explain::ask(&world.services, &viewer, EDIT).await.expect("asked");
    let request = waiting(&world, &admin).await.remove(0);
    let manager = role(&world, &admin, "Billing manager").await;
    // Somebody who manages roles and holds nothing of it neither sees nor answers it.
    let keeper =
        filled(&world, &admin, "Role keeper", PermissionSet::EMPTY.grant(Permission::RolesManage)).await;
    give(&world, &admin, "dpo", keeper.id).await;
    let dpo = world.caller("dpo").await;
    assert!(waiting(&world, &dpo).await.is_empty());
    assert_eq!(overview::find(&world.services, &dpo).await.expect("overview").to_answer, Some(0));
    let missing = Err(Error::Forbidden { needs: Some(Permission::PartnersView) });
    let granted = GrantRequest { id: request.id, role: manager.id };
    assert_eq!(explain::grant(&world.services, &dpo, granted).await, missing);
    assert_eq!(explain::decline(&world.services, &dpo, FindOpenRequest { id: request.id }).await, missing);
    // Somebody who holds it, and not all of Platform admin, is offered what they can give.
    give(&world, &admin, "billing", keeper.id).await;
    let billing = world.caller("billing").await;
    let found = waiting(&world, &billing).await;
    assert_eq!(names(&found[0].roles), ["Billing manager"]);
    let system = role(&world, &admin, "Platform admin").await;
    let refused =
        explain::grant(&world.services, &billing, GrantRequest { id: request.id, role: system.id }).await;
    assert!(matches!(refused, Err(Error::Forbidden { needs: Some(_) })), "{refused:?}");
    // A role that doesn't have it, or isn't there, is no answer.
    let partner = role(&world, &admin, "External agency").await;
    for role in [partner.id, RoleId(request.id.0)] {
        let refused = explain::grant(&world.services, &admin, GrantRequest { id: request.id, role }).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }
    assert_eq!(state(&world, &viewer).await, Some(AskedState::Open), "nothing of it counted");
    explain::grant(&world.services, &billing, granted).await.expect("granted");
    assert!(world.caller("viewer").await.rights().allow(Permission::BillingEdit));
    // And who doesn't manage roles at all answers nothing.
    let needs = Error::Forbidden { needs: Some(Permission::RolesManage) };
    assert_eq!(explain::list(&world.services, &viewer).await, Err(needs.clone()));
    assert_eq!(explain::grant(&world.services, &viewer, granted).await, Err(needs));
});

on_both!(external_users_get_what_external_users_can_have, async |world: World| {
    let (admin, external) = (world.caller("admin").await, world.caller("external").await);
    for permission in Permission::ALL.into_iter().filter(|it| it.internal_only()) {
        let refused = explain::ask(&world.services, &external, AboutPermission { permission }).await;
        assert_eq!(refused, Err(Conflict::ExternalUser.into()));
    }
    explain::ask(&world.services, &external, EDIT).await.expect("asked");
    let mixed = PermissionSet::EMPTY.grant(Permission::BillingEdit).grant(Permission::UsersManage);
    let mixed = filled(&world, &admin, "Everything else", mixed).await;
    let request = waiting(&world, &admin).await.remove(0);
    assert_eq!(names(&request.roles), ["Billing manager"], "neither of those that are for insiders");
    let refused =
        explain::grant(&world.services, &admin, GrantRequest { id: request.id, role: mixed.id }).await;
    assert_eq!(refused, Err(Conflict::ExternalUser.into()));
    let granted = GrantRequest { id: request.id, role: request.roles[0].id };
    explain::grant(&world.services, &admin, granted).await.expect("granted");
    assert!(world.caller("external").await.rights().allow(Permission::BillingEdit));
    // Somebody who asked as an insider and is none any more.
    let viewer = world.caller("viewer").await;
    let users_manage = AboutPermission { permission: Permission::UsersManage };
    explain::ask(&world.services, &viewer, users_manage).await.expect("asked");
    let found = users::find(&world.services, &admin, FindUser { id: viewer.user() }).await.expect("found");
    let outside = UpdateUser {
        id: viewer.user(),
        version: found.version,
        name: found.name,
        email: "viewer@demo.test".into(),
        external: true,
        access_ends: String::new(),
        language: found.language,
    };
    users::update(&world.services, &admin, outside).await.expect("outside");
    let request = waiting(&world, &admin).await.remove(0);
    assert!(request.roles.is_empty());
    let refused =
        explain::grant(&world.services, &admin, GrantRequest { id: request.id, role: mixed.id }).await;
    assert_eq!(refused, Err(Conflict::ExternalUser.into()));
});

on_both!(what_is_given_by_another_door_is_granted, async |world: World| {
    let (admin, viewer) = (world.caller("admin").await, world.caller("viewer").await);
    explain::ask(&world.services, &viewer, EDIT).await.expect("asked");
    explain::ask(&world.services, &world.caller("tom").await, EDIT).await.expect("asked");
    explain::ask(&world.services, &world.caller("external").await, EDIT).await.expect("asked");
    // To one by a role, to all who hold a role by the matrix; to somebody else not at all.
    let manager = role(&world, &admin, "Billing manager").await;
    give(&world, &admin, "viewer", manager.id).await;
    assert_eq!(state(&world, &viewer).await, Some(AskedState::Granted));
    assert_eq!(waiting(&world, &admin).await.len(), 2);
    let partner = role(&world, &admin, "Partner manager").await;
    let request = SetPermissions {
        id: partner.id,
        version: partner.version,
        permissions: partner.permissions.grant(Permission::BillingEdit),
    };
    roles::set_permissions(&world.services, &admin, request).await.expect("changed");
    let left = waiting(&world, &admin).await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].user.name, "Elena Rossi");
});

on_both!(another_organisation_sees_nothing_of_it, async |world: World| {
    let (admin, viewer) = (world.caller("admin").await, world.caller("viewer").await);
    explain::ask(&world.services, &viewer, EDIT).await.expect("asked");
    let request = waiting(&world, &admin).await.remove(0);
    let stranger = world.stranger().await;
    assert!(waiting(&world, &stranger).await.is_empty());
    let nothing = PermissionRequestId(request.user.id.0);
    for id in [request.id, nothing] {
        let granted = GrantRequest { id, role: request.roles[0].id };
        assert_eq!(explain::grant(&world.services, &stranger, granted).await, Err(Error::NotFound));
        let declined = explain::decline(&world.services, &stranger, FindOpenRequest { id }).await;
        assert_eq!(declined, Err(Error::NotFound));
    }
    assert_eq!(state(&world, &viewer).await, Some(AskedState::Open));
    let holders = explain::holders(&world.services, &stranger, EDIT).await.expect("said");
    assert_eq!(holders.named.iter().map(|it| it.user.name.as_str()).collect::<Vec<_>>(), ["Sam South"]);
});

on_both!(asking_has_an_end_and_asking_twice_costs_nothing, async |world: World| {
    let viewer = world.caller("viewer").await;
    for _ in 0..20 {
        explain::ask(&world.services, &viewer, EDIT).await.expect("one request");
    }
    let mut asked = 1;
    let refused = loop {
        explain::take_back(&world.services, &viewer, EDIT).await.expect("taken back");
        match explain::ask(&world.services, &viewer, EDIT).await {
            Ok(_) => asked += 1,
            Err(refused) => break refused,
        }
    };
    assert!(matches!(refused, Error::TooManyRequests { .. }), "{refused:?}");
    assert_eq!(asked, 12);
    let other = explain::ask(&world.services, &world.caller("tom").await, EDIT).await;
    assert!(other.is_ok(), "somebody else has attempts of their own");
});

on_both!(it_is_seen_and_taken_along_and_goes_with_the_account, async |world: World| {
    let (admin, viewer) = (world.caller("admin").await, world.caller("viewer").await);
    explain::ask(&world.services, &viewer, EDIT).await.expect("asked");
    let stored = privacy::find(&world.services, &viewer).await.expect("what is stored");
    let text = serde_json::to_string(&stored).expect("text");
    assert!(text.contains("Rights that you asked for") && text.contains("Edit billing details"), "{text}");
    let rows = async || world.throwaway.dump().await["permission_request"].len();
    assert_eq!(rows().await, 1);
    explain::ask(&world.services, &world.caller("tom").await, EDIT).await.expect("asked");
    profile::terminate(&world.services, &viewer, support::termination()).await.expect("ended");
    assert_eq!(rows().await, 1, "that of somebody else stays");
    assert_eq!(waiting(&world, &admin).await[0].user.name, "Tom Lindqvist");
});

on_both!(an_answer_is_forgotten_after_90_days, async |world: World| {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let begin = 1_800_000_000_000;
    let (world, hand) = world.at(begin).await;
    let turn = |to: i64| hand.store(to, std::sync::atomic::Ordering::SeqCst);
    let (admin, viewer) = (world.caller("admin").await, world.caller("viewer").await);
    let tom = world.caller("tom").await;
    explain::ask(&world.services, &viewer, EDIT).await.expect("asked");
    explain::ask(&world.services, &tom, EDIT).await.expect("asked");
    let id = waiting(&world, &admin).await[0].id;
    explain::decline(&world.services, &admin, FindOpenRequest { id }).await.expect("declined");
    let tidied = async |at| {
        turn(at);
        store::housekeeping::tidy_up(world.services.store()).await.expect("tidied");
        world.throwaway.dump().await["permission_request"].len()
    };
    assert_eq!(tidied(begin + 90 * DAY - 1).await, 2);
    assert_eq!(tidied(begin + 90 * DAY).await, 1, "what waits goes on waiting");
});
