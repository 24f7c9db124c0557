//! Preview: what both hold and nothing else, from one moment to the next, and written down.

mod support;

use domain::{
    Error, Permission, PermissionSet, RoleId,
    history::{Action, ListHistory, NamedSubject},
    partners::ListPartners,
    preview::{StartPreview, Target},
    roles::{CreateRole, DeleteRole},
    users::{AssignRoles, FindUser},
};
use services::{billing, history, notice, overview, partners, preview, privacy, roles, sign_in, users};
use store::Caller;
use support::{World, filled, role, set, termination};

/// Lets somebody hold these roles and no other.
async fn hold(world: &World, admin: &Caller, local: &str, roles: Vec<RoleId>) {
    let id = world.caller(local).await.user();
    let version = users::find(&world.services, admin, FindUser { id }).await.expect("found").version;
    let request = AssignRoles { id, version, roles };
    users::assign_roles(&world.services, admin, request).await.expect("assigned");
}

/// The caller within a preview of that.
async fn previewing(world: &World, caller: &Caller, target: Target) -> Caller {
    preview::start(&world.services, caller, StartPreview { target }).await.expect("started");
    now(world, caller).await
}

/// The caller of the same session, at this moment.
async fn now(world: &World, caller: &Caller) -> Caller {
    sign_in::again(&world.services, caller).await.expect("signed in")
}

fn hidden(caller: &Caller) -> PermissionSet {
    caller.preview().expect("a preview").hidden
}

/// Whose view it is, by name.
fn whose(caller: &Caller) -> Option<String> {
    caller.preview().expect("a preview").of.as_ref().map(|of| of.name.clone())
}

on_both!(a_user_is_previewed_with_their_very_rights, async |world: World| {
    let admin = world.caller("admin").await;
    for local in ["billing", "viewer", "external", "dpo"] {
        let user = world.caller(local).await;
        let elsewhere = world.caller("admin").await;
        let seen = previewing(&world, &elsewhere, Target::User(user.user())).await;
        assert_eq!(seen.rights(), user.rights(), "{local}");
        assert!(hidden(&seen).is_empty());
        assert_eq!(seen.user(), admin.user(), "whoever acts is who they are");
        let theirs = overview::find(&world.services, &user).await.expect("overview");
        let shown = overview::find(&world.services, &seen).await.expect("overview");
        assert_eq!((shown.roles, shown.to_answer), (theirs.roles, theirs.to_answer), "{local}");
        assert!(now(&world, &admin).await.preview().is_none(), "another session is in none");
    }
});

on_both!(a_preview_never_shows_more_than_the_previewer_may_see, async |world: World| {
    let admin = world.caller("admin").await;
    let manages = PermissionSet::EMPTY.grant(Permission::RolesManage).grant(Permission::PartnersView);
    let manager = filled(&world, &admin, "Role manager", manages).await;
    hold(&world, &admin, "viewer", vec![manager.id]).await;
    let viewer = world.caller("viewer").await;
    let wanted = role(&world, &viewer, "Billing manager").await;
    assert!(wanted.permissions.contains(Permission::BillingEdit));
    let seen = previewing(&world, &viewer, Target::Role(wanted.id)).await;
    for permission in Permission::ALL {
        let both = manages.contains(permission) && wanted.permissions.contains(permission);
        assert_eq!(seen.rights().allow(permission), both, "{permission:?}");
        assert_eq!(hidden(&seen).contains(permission), wanted.permissions.contains(permission) && !both);
    }
    let billing = billing::find_organisation(&world.services, &seen).await;
    assert_eq!(billing.err(), Some(Error::Forbidden { needs: Some(Permission::BillingView) }));
    partners::list(&world.services, &seen, ListPartners::default()).await.expect("what both may see");
    let full = previewing(&world, &admin, Target::Role(wanted.id)).await;
    billing::find_organisation(&world.services, &full).await.expect("for whoever holds it");
    assert_eq!(full.rights().permissions(), wanted.permissions);
});

on_both!(a_preview_follows_what_it_shows, async |world: World| {
    let (admin, other) = (world.caller("admin").await, world.caller("admin").await);
    let reader = filled(&world, &other, "Reader", PermissionSet::EMPTY.grant(Permission::HistoryView)).await;
    let seen = previewing(&world, &admin, Target::Role(reader.id)).await;
    assert!(seen.rights().allow(Permission::HistoryView) && !seen.rights().allow(Permission::InsightsView));
    let more = set(&world, &other, &reader, reader.permissions.grant(Permission::InsightsView)).await;
    assert!(now(&world, &admin).await.rights().allow(Permission::InsightsView));
    let delete = DeleteRole { id: more.id, version: more.version };
    roles::delete(&world.services, &other, delete).await.expect("deleted");
    let gone = now(&world, &admin).await;
    assert!(gone.rights().permissions().is_empty(), "nobody goes on as themselves without having ended it");
    assert_eq!(whose(&gone), None);
    assert_eq!(preview::end(&world.services, &gone).await, Ok("/".into()));
    assert_eq!(now(&world, &admin).await.rights(), other.rights());
});

on_both!(nothing_is_shown_of_whoever_is_gone, async |world: World| {
    let (admin, viewer) = (world.caller("admin").await, world.caller("viewer").await);
    let seen = previewing(&world, &admin, Target::User(viewer.user())).await;
    assert_eq!(whose(&seen).as_deref(), Some(viewer.session().name.as_str()));
    let kept = async || {
        let rows = world.throwaway.dump().await["preview"].concat().replace('-', "").to_lowercase();
        rows.contains(&viewer.user().to_string().replace('-', ""))
    };
    assert!(kept().await);
    services::profile::terminate(&world.services, &viewer, termination()).await.expect("terminated");
    let gone = now(&world, &admin).await;
    assert!(gone.rights().permissions().is_empty());
    assert_eq!(whose(&gone), None);
    assert!(hidden(&gone).is_empty());
    assert!(!kept().await, "no row names who is gone");
});

on_both!(whoever_may_not_manage_roles_any_more_sees_nothing, async |world: World| {
    let admin = world.caller("admin").await;
    let manages = PermissionSet::EMPTY.grant(Permission::RolesManage);
    let manager = filled(&world, &admin, "Role manager", manages).await;
    let partner_manager = role(&world, &admin, "Partner manager").await;
    hold(&world, &admin, "viewer", vec![manager.id, partner_manager.id]).await;
    let viewer = world.caller("viewer").await;
    let seen = previewing(&world, &viewer, Target::Role(partner_manager.id)).await;
    assert!(seen.rights().allow(Permission::PartnersView));
    hold(&world, &admin, "viewer", vec![partner_manager.id]).await;
    let left = now(&world, &viewer).await;
    assert!(left.rights().permissions().is_empty());
    assert_eq!(whose(&left), None);
    preview::end(&world.services, &left).await.expect("ended");
    let own = now(&world, &viewer).await;
    assert!(own.preview().is_none() && own.rights().allow(Permission::PartnersView));
});

on_both!(only_what_is_of_ones_own_organisation_is_previewed_by_whoever_may, async |world: World| {
    let admin = world.caller("admin").await;
    let target = Target::Role(role(&world, &admin, "Billing manager").await.id);
    let start = async |caller: &Caller, target| {
        preview::start(&world.services, caller, StartPreview { target }).await
    };
    for local in ["billing", "viewer", "external", "dpo"] {
        let needs = Some(Permission::RolesManage);
        assert_eq!(start(&world.caller(local).await, target).await, Err(Error::Forbidden { needs }));
    }
    let stranger = world.stranger().await;
    let theirs = roles::matrix(&world.services, &stranger).await.expect("the matrix").roles[0].id;
    for foreign in [Target::Role(theirs), Target::User(stranger.user()), Target::Role(RoleId(theirs.0))] {
        assert_eq!(start(&admin, foreign).await, Err(Error::NotFound));
        assert!(now(&world, &admin).await.preview().is_none());
    }
    start(&admin, target).await.expect("one's own");
    assert_eq!(start(&now(&world, &admin).await, target).await, Err(Error::InPreview));
    sign_in::sign_out(&world.services, &now(&world, &admin).await).await.expect("signed out");
    assert_eq!(start(&admin, target).await, Err(Error::Unauthenticated), "a session that ended meanwhile");
});

on_both!(rights_are_not_changed_within_a_preview, async |world: World| {
    let admin = world.caller("admin").await;
    let own = role(&world, &admin, "Platform admin").await;
    let seen = previewing(&world, &admin, Target::Role(own.id)).await;
    assert!(seen.rights().allow(Permission::RolesManage), "nothing but the preview refuses");
    let create = async |caller: &Caller| {
        roles::create(&world.services, caller, CreateRole { name: "New".into() }).await.map(drop)
    };
    assert_eq!(create(&seen).await, Err(Error::InPreview));
    assert_eq!(create(&admin).await, Err(Error::InPreview), "a request that waited while it began");
    preview::end(&world.services, &seen).await.expect("ended");
    assert_eq!(create(&now(&world, &admin).await).await, Ok(()));
});

on_both!(it_is_written_down_and_whoever_is_previewed_is_told, async |world: World| {
    let (admin, viewer) = (world.caller("admin").await, world.caller("viewer").await);
    let billing = role(&world, &admin, "Billing manager").await;
    let looks = async || {
        let page = privacy::find(&world.services, &viewer).await.expect("what is stored");
        page.views.into_iter().map(|view| view.name).collect::<Vec<_>>()
    };
    assert!(looks().await.is_empty());
    let seen = previewing(&world, &admin, Target::Role(billing.id)).await;
    assert_eq!(preview::end(&world.services, &seen).await, Ok("/roles".into()));
    assert!(looks().await.is_empty());
    let seen = previewing(&world, &admin, Target::User(viewer.user())).await;
    assert_eq!(looks().await, [admin.session().name]);
    assert_eq!(preview::end(&world.services, &seen).await, Ok(format!("/users/{}", viewer.user())));
    let entries =
        history::list(&world.services, &admin, ListHistory::default()).await.expect("history").entries;
    assert_eq!(entries[0].action, Action::UserPreviewed);
    assert!(matches!(&entries[0].subject, NamedSubject::User(user) if user.id == viewer.user()));
    assert_eq!(entries[1].action, Action::RolePreviewed { role: "Billing manager".into() });
    let actor = entries[0].actor.as_ref().map(|actor| actor.id);
    assert_eq!(actor, Some(admin.user()));
});

on_both!(a_new_notice_comes_before_a_preview_goes_on, async |world: World| {
    let (admin, dpo) = (world.caller("admin").await, world.caller("dpo").await);
    let billing = role(&world, &admin, "Billing manager").await;
    let seen = previewing(&world, &admin, Target::Role(billing.id)).await;
    assert!(!seen.rights().allow(Permission::RolesManage));
    world.throwaway.execute("DELETE FROM notice_agreement").await;
    let asked = now(&world, &admin).await;
    assert!(asked.preview().is_none() && !asked.has_agreed(), "agreeing is one's own");
    let agree = domain::notice::Agree { version: 1, return_to: String::new() };
    notice::agree(&world.services, &asked, &agree).await.expect("agreed");
    assert_eq!(whose(&now(&world, &admin).await).as_deref(), Some("Billing manager"));
    assert!(now(&world, &dpo).await.preview().is_none());
});
