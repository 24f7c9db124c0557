//! Users: creating them, their one-time links, and what nobody may do to somebody who holds more.

mod support;

use domain::{
    Conflict, Error, Language, Permission, PermissionSet, RoleId, UserId,
    roles::{CreateRole, SetPermissions},
    sign_in::{LinkPurpose, SetPassword, Visitor},
    users::{AssignRoles, CreateUser, FindUser, IssueLink, PasswordLink, UpdateUser, UserStatus},
};
use services::{links, roles, sign_in, users};
use store::Caller;
use support::World;

fn somebody(email: &str) -> CreateUser {
    CreateUser { name: "Nora New".into(), email: email.into(), ..CreateUser::default() }
}

fn token(url: &str) -> String {
    url.split_once("token=").expect("a token").1.to_owned()
}

/// Somebody who is invited by a link to hand over.
async fn invite(world: &World, caller: &Caller) -> PasswordLink {
    let invited = users::create(&world.services, caller, somebody("nora@demo.test")).await.expect("invited");
    users::issue_link(&world.services, caller, IssueLink { id: invited.id }).await.expect("a link")
}

/// What a link is good for, by the page that it opens.
fn purpose(url: &str) -> LinkPurpose {
    [LinkPurpose::Invitation, LinkPurpose::Password]
        .into_iter()
        .find(|purpose| url.contains(purpose.path()))
        .expect("a page for links")
}

async fn use_up(world: &World, url: &str) -> Result<(), Error> {
    let request = SetPassword { token: token(url), password: support::PASSWORD.into() };
    links::set_password(&world.services, Visitor::default(), purpose(url), request).await.map(drop)
}

/// Tom, who manages users and holds nothing else.
async fn user_keeper(world: &World, admin: &Caller) -> Caller {
    let role = roles::create(&world.services, admin, CreateRole { name: "User keeper".into() })
        .await
        .expect("a role");
    let permissions = PermissionSet::EMPTY.grant(Permission::UsersManage);
    let request = SetPermissions { id: role.id, version: role.version, permissions };
    roles::set_permissions(&world.services, admin, request).await.expect("filled");
    let tom = world.caller("tom").await.user();
    let request = AssignRoles { id: tom, version: 1, roles: vec![role.id] };
    users::assign_roles(&world.services, admin, request).await.expect("assigned");
    world.caller("tom").await
}

on_both!(a_link_works_once_and_a_newer_one_ends_it, async |world: World| {
    let admin = world.caller("admin").await;
    let first = invite(&world, &admin).await;
    let found = users::find(&world.services, &admin, FindUser { id: first.id }).await.expect("found");
    assert_eq!((found.status, found.email.as_deref()), (UserStatus::Invited, Some("nora@demo.test")));
    let second =
        users::issue_link(&world.services, &admin, IssueLink { id: first.id }).await.expect("a link");
    let expired = Err(Error::Conflict(Conflict::LinkExpired));
    assert_eq!(use_up(&world, &first.url).await, expired);
    assert_eq!(use_up(&world, &second.url).await, Ok(()));
    assert_eq!(use_up(&world, &second.url).await, expired);
    assert!(world.try_sign_in("nora@demo.test").await.is_ok());
});

on_both!(one_link_used_twice_at_once_works_once, async |world: World| {
    let admin = world.caller("admin").await;
    let link = invite(&world, &admin).await;
    let (one, two) = tokio::join!(use_up(&world, &link.url), use_up(&world, &link.url));
    assert!(one.is_ok() != two.is_ok());
});

on_both!(an_address_is_there_once_whatever_its_case, async |world: World| {
    let admin = world.caller("admin").await;
    let taken = users::create(&world.services, &admin, somebody("BILLING@demo.test")).await;
    assert_eq!(taken, Err(Conflict::EmailTaken.into()));
    let keys = world.throwaway.dump().await["user_key"].len();
    let accounts = world.throwaway.dump().await["account"].len();
    assert_eq!(keys, accounts, "the key of the refused one is gone too");
});

on_both!(nobody_touches_somebody_who_holds_more, async |world: World| {
    let admin = world.caller("admin").await;
    let keeper = user_keeper(&world, &admin).await;
    let update = |id| UpdateUser {
        id,
        version: 1,
        name: "Taken".into(),
        email: "mine@demo.test".into(),
        external: false,
        access_ends: String::new(),
        language: Language::English,
    };
    for above in [admin.user(), world.caller("billing").await.user()] {
        let link = users::issue_link(&world.services, &keeper, IssueLink { id: above }).await;
        assert!(matches!(link, Err(Error::Forbidden { needs: Some(_) })), "{link:?}");
        let changed = users::update(&world.services, &keeper, update(above)).await;
        assert!(matches!(changed, Err(Error::Forbidden { needs: Some(_) })), "{changed:?}");
    }
    let below =
        users::create(&world.services, &keeper, somebody("nora@demo.test")).await.expect("created").id;
    assert!(users::issue_link(&world.services, &keeper, IssueLink { id: below }).await.is_ok());
    assert!(users::update(&world.services, &keeper, update(below)).await.is_ok());
    let with_role = CreateUser {
        roles: vec![roles::matrix(&world.services, &admin).await.expect("roles").roles[1].id],
        ..somebody("other@demo.test")
    };
    let refused = users::create(&world.services, &keeper, with_role).await;
    assert_eq!(refused, Err(Error::Forbidden { needs: Some(Permission::RolesManage) }));
});

/// How often two admins try to demote each other at the same moment.
const ROUNDS: usize = 1000;

on_both!(of_two_admins_who_demote_each_other_one_always_stays, async |world: World| {
    let tokens = [world.token("admin").await, world.token("tom").await];
    let caller = async |at: usize| {
        let caller = sign_in::resolve(&world.services, &tokens[at]).await.expect("answered");
        caller.expect("signed in")
    };
    let assign = async |by: &Caller, to: UserId, roles: &[RoleId]| {
        let version = users::find(&world.services, by, FindUser { id: to }).await?.version;
        let request = AssignRoles { id: to, version, roles: roles.to_vec() };
        users::assign_roles(&world.services, by, request).await.map(drop)
    };
    let admin = caller(0).await;
    let matrix = roles::matrix(&world.services, &admin).await.expect("roles");
    let system = matrix.roles.iter().find(|role| role.system).expect("Platform admin").id;
    let second = caller(1).await.user();
    assign(&admin, second, &[system]).await.expect("a second admin");
    for round in 0..ROUNDS {
        let (one, two) = (caller(0).await, caller(1).await);
        let (first, other) = tokio::join!(assign(&one, two.user(), &[]), assign(&two, one.user(), &[]));
        assert!(first.is_ok() != other.is_ok(), "round {round}: {first:?} {other:?}");
        let (stays, gone) = if first.is_ok() { (one, two.user()) } else { (two, one.user()) };
        assign(&stays, gone, &[system]).await.expect("an admin again");
    }
});

on_both!(a_link_dies_when_its_owner_comes_to_hold_more, async |world: World| {
    let admin = world.caller("admin").await;
    let keeper = user_keeper(&world, &admin).await;
    let matrix = roles::matrix(&world.services, &admin).await.expect("roles");
    let external = matrix.roles.iter().find(|role| role.name == "External agency").expect("a role");
    let expired = Err(Error::Conflict(Conflict::LinkExpired));
    let nora = invite(&world, &keeper).await;
    let given = AssignRoles { id: nora.id, version: 1, roles: vec![external.id] };
    users::assign_roles(&world.services, &admin, given).await.expect("assigned");
    assert_eq!(use_up(&world, &nora.url).await, expired, "a role was given");

    let link = users::issue_link(&world.services, &admin, IssueLink { id: nora.id }).await.expect("a link");
    let permissions = external.permissions.grant(Permission::BillingView);
    let request = SetPermissions { id: external.id, version: external.version, permissions };
    let more = roles::set_permissions(&world.services, &admin, request).await.expect("more");
    assert_eq!(use_up(&world, &link.url).await, expired, "the role gives more");

    let link = users::issue_link(&world.services, &admin, IssueLink { id: nora.id }).await.expect("a link");
    let less = more.permissions.revoke(Permission::BillingView);
    let request = SetPermissions { id: more.id, version: more.version, permissions: less };
    roles::set_permissions(&world.services, &admin, request).await.expect("less");
    assert_eq!(use_up(&world, &link.url).await, Ok(()), "less is no danger");
});
