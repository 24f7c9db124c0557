//! What is explained is what is decided: who lacks a permission and why, who holds it, who can grant it.

mod support;

use domain::{
    Error, Permission, PermissionSet, RoleId,
    billing::FindPartnerBilling,
    explain::AboutPermission,
    organisation::SaveOrganisation,
    partners::ListPartners,
    rights::Missing,
    roles::{CreateRole, SetPermissions},
    users::{AssignRoles, ChangeUser, FindUser},
};
use services::{billing, explain, organisation, partners, roles, sign_in, users};
use store::Caller;
use support::World;

fn about(permission: Permission) -> AboutPermission {
    AboutPermission { permission }
}

/// A role of the test's own that somebody holds and nothing else, to be filled with one set after the other.
struct Filled {
    role: RoleId,
    version: i64,
}

impl Filled {
    async fn held_by(world: &World, local: &str) -> Self {
        let admin = world.caller("admin").await;
        let request = CreateRole { name: "Changing".into() };
        let role = roles::create(&world.services, &admin, request).await.expect("a role");
        let id = world.caller(local).await.user();
        let version = users::find(&world.services, &admin, FindUser { id }).await.expect("found").version;
        let request = AssignRoles { id, version, roles: vec![role.id] };
        users::assign_roles(&world.services, &admin, request).await.expect("assigned");
        Self { role: role.id, version: role.version }
    }

    async fn fill(&mut self, world: &World, admin: &Caller, permissions: PermissionSet) {
        let request = SetPermissions { id: self.role, version: self.version, permissions };
        self.version = roles::set_permissions(&world.services, admin, request).await.expect("filled").version;
    }
}

/// Whether the service that takes this permission lets them in.
async fn refuses(world: &World, caller: &Caller, permission: Permission) -> bool {
    use services::{history, insights, newsletters, notice};
    let services = &world.services;
    let answer: Result<(), Error> = match permission {
        Permission::PartnersView => partners::list(services, caller, ListPartners::default()).await.map(drop),
        Permission::PartnersEdit => {
            let fields = domain::partners::PartnerForm::default();
            partners::create(services, caller, domain::partners::CreatePartner { fields }).await.map(drop)
        }
        Permission::BillingView => billing::find_organisation(services, caller).await.map(drop),
        Permission::BillingEdit => {
            let details = domain::billing::BillingForm::default();
            let request = domain::billing::SaveOrganisationBilling { version: -1, details };
            billing::save_organisation(services, caller, request).await.map(drop)
        }
        Permission::UsersView => {
            users::list(services, caller, domain::users::ListUsers::default()).await.map(drop)
        }
        Permission::UsersManage => {
            users::create(services, caller, domain::users::CreateUser::default()).await.map(drop)
        }
        Permission::RolesManage => roles::matrix(services, caller).await.map(drop),
        Permission::HistoryView => {
            history::list(services, caller, domain::history::ListHistory::default()).await.map(drop)
        }
        Permission::InsightsView => {
            let period = domain::insights::Period::Month;
            insights::find(services, caller, domain::insights::FindInsights { period }).await.map(drop)
        }
        Permission::NewslettersManage => newsletters::list(services, caller).await.map(drop),
        Permission::PrivacyManage => notice::find_draft(services, caller).await.map(drop),
        Permission::OrganisationManage => organisation::find(services, caller).await.map(drop),
    };
    match answer {
        Err(Error::Forbidden { needs }) => {
            assert_eq!(needs, Some(permission));
            true
        }
        Err(Error::Internal { .. }) => panic!("{permission:?} broke"),
        _ => false,
    }
}

/// The least set with a permission, the largest without it, and both ends, each once.
fn telling_sets() -> Vec<PermissionSet> {
    let mut sets = vec![PermissionSet::EMPTY, PermissionSet::all()];
    for permission in Permission::ALL {
        sets.push(PermissionSet::EMPTY.grant(permission));
        sets.push(PermissionSet::all().revoke(permission));
    }
    sets
}

on_both!(what_is_said_to_be_missing_is_what_is_refused, async |world: World| {
    let admin = world.caller("admin").await;
    for local in ["tom", "external"] {
        let mut role = Filled::held_by(&world, local).await;
        let token = world.token(local).await;
        for set in telling_sets() {
            let outside = local == "external";
            let set = if outside {
                set.revoke(Permission::UsersManage).revoke(Permission::RolesManage)
            } else {
                set
            };
            role.fill(&world, &admin, set).await;
            let caller =
                sign_in::resolve(&world.services, &token).await.expect("an answer").expect("somebody");
            for permission in Permission::ALL {
                let known =
                    explain::why(&world.services, &caller, about(permission)).await.expect("explained");
                let refused = refuses(&world, &caller, permission).await;
                assert_eq!(known.missing.is_some(), refused, "{local} with {set:?}: {permission:?}");
                let external = outside && permission.internal_only();
                assert_eq!(known.missing == Some(Missing::External), external, "{permission:?}");
            }
        }
        let last = roles::matrix(&world.services, &admin).await.expect("roles");
        let last = last.roles.iter().find(|it| it.id == role.role).expect("the role");
        let request = domain::roles::DeleteRole { id: last.id, version: last.version };
        roles::delete(&world.services, &admin, request).await.expect("deleted");
    }
});

const EVERYBODY: [&str; 8] = ["admin", "billing", "viewer", "external", "dpo", "tom", "mina", "carla"];

on_both!(who_can_see_an_iban_is_who_gets_one, async |world: World| {
    let admin = world.caller("admin").await;
    let partner = partners::list(&world.services, &admin, ListPartners::default()).await.expect("partners");
    let request = || FindPartnerBilling { id: partner.partners[0].id };
    let said = explain::holders(&world.services, &admin, about(Permission::BillingView)).await.expect("said");
    assert_eq!(said.count, said.named.len());
    let mut seen = 0;
    for local in EVERYBODY {
        let caller = world.caller(local).await;
        let sees = billing::find_partner(&world.services, &caller, request()).await.is_ok();
        let holder = said.named.iter().find(|holder| holder.user.id == caller.user());
        assert_eq!(holder.is_some(), sees, "{local}");
        assert!(holder.is_none_or(|holder| !holder.roles.is_empty()), "{local}");
        seen += usize::from(sees);
    }
    assert!(seen > 2 && seen < EVERYBODY.len() && seen == said.count);
    let mina = said.named.iter().find(|holder| holder.user.name == "Mina Haddad").expect("Mina");
    assert_eq!(mina.roles, ["Partner manager"]);
    // Who can't sign in can't see it either.
    let id = mina.user.id;
    let version = users::find(&world.services, &admin, FindUser { id }).await.expect("found").version;
    users::suspend(&world.services, &admin, ChangeUser { id, version }).await.expect("suspended");
    let after =
        explain::holders(&world.services, &admin, about(Permission::BillingView)).await.expect("said");
    assert_eq!(after.count, seen - 1);
});

on_both!(who_holds_what_is_for_those_who_manage_roles, async |world: World| {
    for local in EVERYBODY {
        let caller = world.caller(local).await;
        let said = explain::holders(&world.services, &caller, about(Permission::BillingView)).await;
        match local {
            "admin" => assert!(said.is_ok()),
            _ => {
                assert_eq!(said, Err(Error::Forbidden { needs: Some(Permission::RolesManage) }), "{local}");
            }
        }
    }
});

on_both!(who_can_grant_it_is_named_to_those_who_see_users, async |world: World| {
    let (viewer, external) = (world.caller("viewer").await, world.caller("external").await);
    let wanted = || about(Permission::BillingEdit);
    let told = explain::why(&world.services, &viewer, wanted()).await.expect("explained");
    assert_eq!(told.missing, Some(Missing::Role));
    assert_eq!(told.roles, ["Platform admin", "Billing manager"]);
    let names: Vec<_> = told.granters.named.iter().map(|named| named.name.as_str()).collect();
    assert_eq!((told.granters.count, names), (1, vec!["Alex Admin"]));
    let told = explain::why(&world.services, &external, wanted()).await.expect("explained");
    assert_eq!((told.granters.count, told.granters.named), (1, vec![]), "no names, no ids");
    // Somebody who manages roles and doesn't hold it can't grant it.
    let admin = world.caller("admin").await;
    let mut role = Filled::held_by(&world, "tom").await;
    role.fill(&world, &admin, PermissionSet::EMPTY.grant(Permission::RolesManage)).await;
    let count = async |permission| {
        explain::why(&world.services, &viewer, about(permission)).await.expect("explained").granters.count
    };
    assert_eq!(count(Permission::BillingEdit).await, 1);
    assert_eq!(count(Permission::RolesManage).await, 2);
});

on_both!(what_waits_for_a_second_factor_is_explained_so, async |world: World| {
    let admin = world.caller("admin").await;
    let before = organisation::find(&world.services, &admin).await.expect("found");
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
    let known =
        explain::why(&world.services, &billing, about(Permission::BillingEdit)).await.expect("explained");
    assert_eq!(known.missing, Some(Missing::SecondFactor));
    let refused = explain::ask(&world.services, &billing, about(Permission::BillingEdit)).await;
    assert_eq!(refused, Err(domain::Conflict::AlreadyHeld.into()));
    let holders =
        explain::holders(&world.services, &admin, about(Permission::BillingEdit)).await.expect("said");
    assert_eq!(holders.count, 1, "the admin alone has a second factor");
});
