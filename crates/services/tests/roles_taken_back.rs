//! Taking back from the history that somebody was given roles, or that roles were taken from them.

mod support;

use domain::{
    Conflict, Error, HistoryId, Permission, PermissionSet, RoleId, UserId,
    history::{Action, ChangedRoles, Entry, ListHistory, NamedSubject, RevertEntry, Topic},
    profile::Appoint,
    roles::{CreateRole, DeleteRole, Role, SetPermissions},
    users::{AssignRole, AssignRoles, ChangeUser, FindUser, UpdateUser, User},
};
use services::{
    Services, chain,
    history::{self, revert},
    roles, succession, users,
};
use store::Caller;
use support::World;

/// What these tests do, as the platform admin.
struct Desk<'a> {
    services: &'a Services,
    admin: Caller,
}

impl<'a> Desk<'a> {
    async fn of(world: &'a World) -> Self {
        Self { services: &world.services, admin: world.caller("admin").await }
    }

    async fn role(&self, name: &str, permissions: &[Permission]) -> Role {
        let created = roles::create(self.services, &self.admin, CreateRole { name: name.into() }).await;
        let Role { id, version, .. } = created.expect("a role");
        let permissions = permissions.iter().fold(PermissionSet::EMPTY, |set, one| set.grant(*one));
        let request = SetPermissions { id, version, permissions };
        roles::set_permissions(self.services, &self.admin, request).await.expect("set")
    }

    async fn named(&self, name: &str) -> Role {
        let matrix = roles::matrix(self.services, &self.admin).await.expect("the matrix");
        matrix.roles.into_iter().find(|role| role.name == name).expect("the role")
    }

    async fn delete(&self, role: &Role) {
        let request = DeleteRole { id: role.id, version: role.version };
        roles::delete(self.services, &self.admin, request).await.expect("deleted");
    }

    async fn user(&self, id: UserId) -> User {
        users::find(self.services, &self.admin, FindUser { id }).await.expect("a user")
    }

    async fn held(&self, id: UserId) -> Vec<String> {
        self.user(id).await.roles.into_iter().map(|role| role.name).collect()
    }

    /// Lets somebody hold these roles and no others, and answers the entry that tells of it.
    async fn assign(&self, id: UserId, roles: &[RoleId]) -> HistoryId {
        let version = self.user(id).await.version;
        let request = AssignRoles { id, version, roles: roles.to_vec() };
        users::assign_roles(self.services, &self.admin, request).await.expect("assigned");
        self.newest().await.id
    }

    async fn newest(&self) -> Entry {
        let wanted = ListHistory { topic: Some(Topic::Rights), ..ListHistory::default() };
        history::list(self.services, &self.admin, wanted).await.expect("a page").entries.remove(0)
    }

    async fn take_back(&self, id: HistoryId) -> Result<(), Error> {
        self.take_back_as(&self.admin, id).await
    }

    async fn take_back_as(&self, caller: &Caller, id: HistoryId) -> Result<(), Error> {
        revert::revert(self.services, caller, RevertEntry { id }).await
    }
}

fn refused(conflict: Conflict) -> Result<(), Error> {
    Err(conflict.into())
}

on_both!(roles_come_and_go_again_and_each_time_it_is_written_down, async |world: World| {
    let (desk, tom) = (Desk::of(&world).await, world.caller("tom").await.user());
    let auditor = desk.role("Auditor", &[Permission::HistoryView]).await;
    let (partners, money) = (desk.named("Partner manager").await, desk.named("Billing manager").await);
    let entry = desk.assign(tom, &[auditor.id, money.id]).await;
    let changed = |added: &[&Role], removed: &[&Role]| {
        let ids = |roles: &[&Role]| roles.iter().map(|role| role.id).collect();
        let names = |roles: &[&Role]| roles.iter().map(|role| role.name.clone()).collect();
        let ids = Some(ChangedRoles { added: ids(added), removed: ids(removed) });
        Action::UserRolesChanged { added: names(added), removed: names(removed), ids }
    };
    assert_eq!(desk.newest().await.action, changed(&[&auditor, &money], &[&partners]));

    desk.take_back(entry).await.expect("taken back");
    assert_eq!(desk.held(tom).await, ["Partner manager"]);
    let newest = desk.newest().await;
    assert_eq!(newest.action, changed(&[&partners], &[&auditor, &money]), "it says exactly what changed");
    assert!(matches!(newest.subject, NamedSubject::User(user) if user.id == tom));
    assert!(world.caller("tom").await.may::<store::grants::BillingEdit>().is_none(), "at the next request");
    assert_eq!(desk.take_back(entry).await, refused(Conflict::NothingToRevert));

    desk.take_back(newest.id).await.expect("and again");
    assert_eq!(desk.held(tom).await, ["Auditor", "Billing manager"]);
    let stranger = world.stranger().await;
    assert_eq!(desk.take_back_as(&stranger, entry).await, Err(Error::NotFound), "of another organisation");
});

on_both!(what_was_changed_since_is_left_as_it_is, async |world: World| {
    let (desk, tom) = (Desk::of(&world).await, world.caller("tom").await.user());
    let (auditor, reader) = (desk.role("Auditor", &[]).await, desk.role("Reader", &[]).await);
    let given = desk.assign(tom, &[auditor.id]).await;
    let taken = desk.assign(tom, &[]).await;
    desk.assign(tom, &[auditor.id]).await;
    let before = desk.user(tom).await;
    assert_eq!(desk.take_back(given).await, refused(Conflict::ChangedSince), "somebody gave it once more");
    assert_eq!(desk.take_back(taken).await, refused(Conflict::NothingToRevert));
    assert_eq!(desk.user(tom).await, before, "nothing changed");

    let request = AssignRole { role: reader.id, users: vec![tom], held: true };
    users::assign_role(desk.services, &desk.admin, request).await.expect("assigned");
    let other = desk.newest().await.id;
    let request = AssignRole { role: auditor.id, users: vec![tom], held: false };
    users::assign_role(desk.services, &desk.admin, request).await.expect("taken");
    desk.take_back(other).await.expect("what came since is about another role");
    assert_eq!(desk.held(tom).await, [""; 0]);
});

on_both!(a_role_that_was_deleted_gives_nobody_anything, async |world: World| {
    let (desk, tom) = (Desk::of(&world).await, world.caller("tom").await.user());
    let auditor = desk.role("Auditor", &[Permission::HistoryView]).await;
    let reader = desk.role("Reader", &[]).await;
    desk.assign(tom, &[]).await;
    let given = desk.assign(tom, &[auditor.id]).await;
    let taken = desk.assign(tom, &[]).await;
    desk.delete(&auditor).await;
    assert_eq!(desk.take_back(taken).await, refused(Conflict::RoleGone));
    let new = desk.role("Auditor", &[Permission::BillingEdit]).await;
    assert_eq!(desk.take_back(taken).await, refused(Conflict::RoleGone), "its name is not the role");
    assert_eq!(desk.take_back(given).await, refused(Conflict::NothingToRevert), "it went with its role");
    assert_eq!(desk.held(tom).await, [""; 0]);

    let both = desk.assign(tom, &[new.id, reader.id]).await;
    desk.delete(&new).await;
    desk.take_back(both).await.expect("what is left of it is taken back");
    assert_eq!(desk.held(tom).await, [""; 0]);
});

on_both!(nobody_gives_or_takes_more_than_they_hold, async |world: World| {
    let desk = Desk::of(&world).await;
    let (viewer, tom) = (world.caller("viewer").await.user(), world.caller("tom").await.user());
    let money = desk.named("Billing manager").await;
    let helper = desk.role("Helper", &[Permission::RolesManage, Permission::HistoryView]).await;
    let given = desk.assign(viewer, &[money.id]).await;
    let caller = world.caller("tom").await;
    let without = desk.take_back_as(&caller, given).await;
    assert!(matches!(without, Err(Error::Forbidden { .. })), "without the right to manage roles");
    desk.assign(tom, &[helper.id]).await;
    let caller = world.caller("tom").await;
    let lacking = Err(Error::Forbidden { needs: Some(Permission::PartnersView) });
    assert_eq!(desk.take_back_as(&caller, given).await, lacking, "they take what they don't hold");
    let taken = desk.assign(viewer, &[]).await;
    assert_eq!(desk.take_back_as(&caller, taken).await, lacking, "they give what they don't hold");
    assert_eq!(desk.held(viewer).await, [""; 0]);
    desk.take_back(taken).await.expect("who holds it may");
    assert_eq!(desk.held(viewer).await, ["Billing manager"]);
});

on_both!(externals_the_last_admin_and_former_users_are_kept_as_they_are, async |world: World| {
    let desk = Desk::of(&world).await;
    let (viewer, tom) = (world.caller("viewer").await.user(), world.caller("tom").await.user());
    let keeper = desk.role("Keeper", &[Permission::UsersManage]).await;
    desk.assign(tom, &[keeper.id]).await;
    let taken = desk.assign(tom, &[]).await;
    let User { name, version, language, .. } = desk.user(tom).await;
    let email = "tom@demo.test".to_owned();
    let outside =
        UpdateUser { id: tom, version, name, email, external: true, access_ends: String::new(), language };
    users::update(desk.services, &desk.admin, outside).await.expect("external");
    assert_eq!(desk.take_back(taken).await, refused(Conflict::ExternalUser));

    succession::appoint(desk.services, &desk.admin, Appoint { id: viewer }).await.expect("appointed");
    let appointed = desk.newest().await.id;
    world
        .throwaway
        .execute(
            "UPDATE account SET status = 'suspended' WHERE user_id IN
        (SELECT id FROM person WHERE name = 'Alex Admin')",
        )
        .await;
    let last = world.caller("viewer").await;
    assert_eq!(desk.take_back_as(&last, appointed).await, refused(Conflict::LastAdmin));
    world.throwaway.execute("UPDATE account SET status = 'active'").await;
    desk.take_back(appointed).await.expect("there is another one");

    let version = desk.user(tom).await.version;
    users::terminate(desk.services, &desk.admin, ChangeUser { id: tom, version }).await.expect("terminated");
    assert_eq!(desk.take_back(taken).await, refused(Conflict::UserGone));
});

on_both!(an_entry_of_names_alone_reads_and_stays_sealed, async |world: World| {
    let (desk, tom) = (Desk::of(&world).await, world.caller("tom").await.user());
    let auditor = desk.role("Auditor", &[]).await;
    let entry = desk.assign(tom, &[auditor.id]).await;
    let older = "UPDATE history SET action =
        '{\"user_roles_changed\":{\"added\":[\"Auditor\"],\"removed\":[]}}' WHERE action LIKE '%user_roles_changed%'";
    world.throwaway.execute(older).await;
    let request = domain::chain::CheckChain { checked: 0 };
    let sealed = chain::check(desk.services, &desk.admin, request).await.expect("checked");
    assert_eq!(sealed.fault, None);
    let names = desk.newest().await;
    let expected = Action::UserRolesChanged { added: vec!["Auditor".into()], removed: Vec::new(), ids: None };
    assert_eq!(names.action, expected);
    assert_eq!(desk.take_back(entry).await, refused(Conflict::NotReversible));
    desk.assign(tom, &[]).await;
    let sealed = chain::check(desk.services, &desk.admin, request).await.expect("checked");
    assert_eq!((sealed.fault, sealed.checked), (None, sealed.links), "new ones after old ones");
});
