//! Rights that went while a request waited for its turn to write: whoever had them uses them no more, least of
//! all to get them back.

mod support;

use domain::{
    Error, Permission,
    explain::{AboutPermission, FindOpenRequest, GrantRequest, OpenRequest},
    history::{ListHistory, RevertEntry},
    roles::{CopyRole, CreateRole, DeleteRole, RenameRole, Role, SetPermissions},
    users::{AssignRole, AssignRoles, ChangeUser, CreateUser, FindUser, IssueLink, UpdateUser, User},
};
use services::{explain, history, roles, users};
use store::Caller;
use support::World;

/// The world as a platform admin sees it, who has what a request is made of.
struct Scene {
    world: World,
    admin: Caller,
    tom: Caller,
}

impl Scene {
    /// Tom is a second platform admin. His rights of this moment are kept, as by a request that waits.
    async fn new(world: World) -> Self {
        let (admin, tom) = (world.caller("admin").await, world.caller("tom").await.user());
        let system = system(&world, &admin).await;
        let given = AssignRole { role: system.id, users: vec![tom], held: true };
        users::assign_role(&world.services, &admin, given).await.expect("given");
        let viewer = world.caller("viewer").await;
        for permission in [Permission::BillingEdit, Permission::InsightsView] {
            explain::ask(&world.services, &viewer, AboutPermission { permission }).await.expect("asked");
        }
        let tom = world.caller("tom").await;
        Self { world, admin, tom }
    }

    async fn role(&self, name: &str) -> Role {
        let matrix = roles::matrix(&self.world.services, &self.admin).await.expect("the matrix");
        matrix.roles.into_iter().find(|role| role.name == name).expect("the role")
    }

    async fn user(&self, local: &str) -> User {
        let id = self.world.caller(local).await.user();
        users::find(&self.world.services, &self.admin, FindUser { id }).await.expect("a user")
    }

    async fn waiting(&self) -> OpenRequest {
        let waiting = explain::list(&self.world.services, &self.admin).await.expect("requests");
        waiting.requests.into_iter().next().expect("a request")
    }

    /// What somebody comes to who does each thing that changes rights or an account.
    async fn attempts(&self, by: &Caller) -> Vec<(&'static str, Result<(), Error>)> {
        let mut ends = self.with_roles(by).await;
        ends.extend(self.with_requests(by).await);
        ends.extend(self.with_people(by).await);
        ends
    }

    async fn with_roles(&self, by: &Caller) -> Vec<(&'static str, Result<(), Error>)> {
        let services = &self.world.services;
        let Role { id, version, permissions, .. } = self.role("Billing manager").await;
        let create = roles::create(services, by, CreateRole { name: "New".into() }).await;
        let copy = CopyRole { id, version, name: "Copy".into() };
        let copied = roles::copy(services, by, copy).await;
        let set = SetPermissions { id, version, permissions: permissions.revoke(Permission::BillingEdit) };
        let set = roles::set_permissions(services, by, set).await;
        let entry = history::list(services, &self.admin, ListHistory::default()).await.expect("entries");
        let revert = RevertEntry { id: entry.entries[0].id };
        let reverted = history::revert::revert(services, by, revert).await;
        let Role { id, version, .. } = self.role("Billing manager").await;
        let renamed = roles::rename(services, by, RenameRole { id, version, name: "Other".into() }).await;
        let Role { id, version, .. } = self.role("External agency").await;
        let deleted = roles::delete(services, by, DeleteRole { id, version }).await;
        vec![
            ("create", create.map(drop)),
            ("copy", copied.map(drop)),
            ("set", set.map(drop)),
            ("revert", reverted),
            ("rename", renamed.map(drop)),
            ("delete", deleted),
        ]
    }

    async fn with_requests(&self, by: &Caller) -> Vec<(&'static str, Result<(), Error>)> {
        let services = &self.world.services;
        let OpenRequest { id, roles, .. } = self.waiting().await;
        let granted = explain::grant(services, by, GrantRequest { id, role: roles[0].id }).await;
        let OpenRequest { id, .. } = self.waiting().await;
        let declined = explain::decline(services, by, FindOpenRequest { id }).await;
        vec![("grant", granted.map(drop)), ("decline", declined.map(drop))]
    }

    async fn with_people(&self, by: &Caller) -> Vec<(&'static str, Result<(), Error>)> {
        let services = &self.world.services;
        let system = self.role("Platform admin").await.id;
        let (carla, mina) = (self.user("carla").await, self.user("mina").await);
        let together = AssignRole { role: system, users: vec![self.tom.user(), carla.id], held: true };
        let together = users::assign_role(services, by, together).await;
        let assigned = AssignRoles { id: mina.id, version: mina.version, roles: vec![system] };
        let assigned = users::assign_roles(services, by, assigned).await;
        let invited = CreateUser {
            name: "Nora".into(),
            email: "nora@demo.test".into(),
            roles: vec![system],
            ..CreateUser::default()
        };
        let invited = users::create(services, by, invited).await;
        let link = users::issue_link(services, by, IssueLink { id: carla.id }).await;
        let mina = self.user("mina").await;
        let updated = users::update(services, by, renamed(&mina)).await;
        let version = self.user("mina").await.version;
        let suspended = users::suspend(services, by, ChangeUser { id: mina.id, version }).await;
        vec![
            ("assign together", together.map(drop)),
            ("assign", assigned.map(drop)),
            ("invite", invited.map(drop)),
            ("link", link.map(drop)),
            ("update", updated.map(drop)),
            ("suspend", suspended.map(drop)),
        ]
    }
}

async fn system(world: &World, admin: &Caller) -> Role {
    let matrix = roles::matrix(&world.services, admin).await.expect("the matrix");
    matrix.roles.into_iter().find(|role| role.system).expect("platform admin")
}

fn renamed(user: &User) -> UpdateUser {
    UpdateUser {
        id: user.id,
        version: user.version,
        name: "Somebody else".into(),
        email: user.email.clone().expect("an address"),
        external: user.external,
        access_ends: String::new(),
        language: user.language,
    }
}

const SUSPENDED: &str = "UPDATE account SET status = 'suspended' WHERE user_id IN
     (SELECT id FROM person WHERE name = 'Tom Lindqvist')";
const BACK: &str = "UPDATE account SET status = 'active'";

on_both!(what_went_meanwhile_is_used_no_more, async |world: World| {
    let scene = Scene::new(world).await;
    let (services, throwaway) = (&scene.world.services, &scene.world.throwaway);
    throwaway.execute(SUSPENDED).await;
    for (what, end) in scene.attempts(&scene.tom).await {
        assert_eq!(end, Err(Error::Unauthenticated), "{what}, suspended");
    }
    throwaway.execute(BACK).await;
    let role = system(&scene.world, &scene.admin).await.id;
    let taken = AssignRole { role, users: vec![scene.tom.user()], held: false };
    users::assign_role(services, &scene.admin, taken).await.expect("taken");
    for (what, end) in scene.attempts(&scene.tom).await {
        assert!(matches!(end, Err(Error::Forbidden { needs: Some(_) })), "{what}, without rights: {end:?}");
    }
    assert!(!scene.world.caller("tom").await.rights().allow(Permission::RolesManage));
    for (what, end) in scene.attempts(&scene.admin).await {
        assert_eq!(end, Ok(()), "{what}, by somebody who still may");
    }
});
