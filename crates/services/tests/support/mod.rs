//! Runs each test on both databases, with the demo organisation in it.

#![allow(dead_code, reason = "each test binary uses a part of it")]

pub mod authenticator;
pub mod canaries;
pub mod logs;
pub mod mail_server;
pub mod phone;

use domain::{
    Language, PermissionSet,
    name::OrganisationName,
    profile::Terminate,
    roles::{CreateRole, Role, SetPermissions},
    sign_in::{Prove, SignIn, Visitor},
    users::Contact,
};
use services::{Services, mail::Mailer, sign_in::SignedIn};
use std::sync::{Arc, atomic::AtomicI64};
use store::{Caller, Clock, set_up::FirstOrganisation, testing::Throwaway};

/// The password of all demo accounts here.
pub const PASSWORD: &str = "a password for tests";

/// Ends one's own account, by the password of all.
pub fn termination() -> Terminate {
    Terminate { proof: Prove::Typed { proof: PASSWORD.into() } }
}

/// A filled database and the services over it.
pub struct World {
    /// The database.
    pub throwaway: Throwaway,
    /// The services.
    pub services: Services,
}

impl World {
    /// With the demo organisation.
    pub async fn new(throwaway: Throwaway) -> Self {
        let store = throwaway.store.clone();
        let services = Services::with_mailer(store, "http://localhost:3000", Mailer::inbox());
        assert!(services::demo::fill(&services, PASSWORD).await.expect("the demo"));
        Self { throwaway, services }
    }

    /// The same at a moment of the test's own (unix milliseconds), and the hand of its clock.
    pub async fn at(self, moment: i64) -> (Self, Arc<AtomicI64>) {
        let hand = Arc::new(AtomicI64::new(moment));
        let store = self.throwaway.at(Clock::Fixed(hand.clone())).await;
        let services = Services::with_mailer(store, "http://localhost:3000", Mailer::inbox());
        (Self { services, ..self }, hand)
    }

    /// The token of somebody of the demo, signed in anew.
    pub async fn token(&self, local: &str) -> String {
        self.signed_in(&format!("{local}@demo.test")).await.expect("signing in").token
    }

    /// Another server on the same database, whose clock says what `milliseconds` does.
    pub async fn server_at(&self, milliseconds: &Arc<AtomicI64>) -> Services {
        let store = self.throwaway.at(Clock::Fixed(milliseconds.clone())).await;
        Services::with_mailer(store, "http://localhost:3000", Mailer::inbox())
    }

    /// Somebody of the demo, signed in anew.
    pub async fn caller(&self, local: &str) -> Caller {
        self.try_sign_in(&format!("{local}@demo.test")).await.expect("signing in")
    }

    /// Signs in with the password of all.
    pub async fn try_sign_in(&self, email: &str) -> Result<Caller, domain::Error> {
        let signed_in = self.signed_in(email).await?;
        let caller = services::sign_in::resolve(&self.services, &signed_in.token).await?;
        caller.ok_or(domain::Error::Unauthenticated)
    }

    /// The platform admin of a second organisation, "Southwind". From then on whoever signs in has to
    /// name one.
    pub async fn stranger(&self) -> Caller {
        let next = FirstOrganisation {
            name: OrganisationName::parse("Southwind").expect("a name"),
            time_zone: "UTC".into(),
            admin: Contact::parse("Sam South", "sam@south.test").expect("a contact"),
            password_hash: String::new(),
            language: Language::English,
            notice: domain::notice::Texts::default(),
        };
        store::set_up::create_another(self.services.store(), next).await.expect("another");
        // All here have the same password, so they can have the same hash.
        let same = "UPDATE user_password SET hash = (SELECT MAX(hash) FROM user_password)";
        self.throwaway.execute(same).await;
        let signed_in = self.signed_in_at("Southwind", "sam@south.test").await.expect("signing in");
        let caller = services::sign_in::resolve(&self.services, &signed_in.token).await;
        caller.expect("answered").expect("somebody")
    }

    async fn signed_in(&self, email: &str) -> Result<SignedIn, domain::Error> {
        self.signed_in_at("", email).await
    }

    async fn signed_in_at(&self, organisation: &str, email: &str) -> Result<SignedIn, domain::Error> {
        let request = SignIn {
            email: email.into(),
            password: PASSWORD.into(),
            organisation: organisation.into(),
            return_to: String::new(),
        };
        let entry = services::sign_in::sign_in(&self.services, Visitor::default(), request).await?;
        entry.session().ok_or(domain::Error::Unauthenticated)
    }
}

/// The role of that name.
pub async fn role(world: &World, reader: &Caller, name: &str) -> Role {
    let matrix = services::roles::matrix(&world.services, reader).await.expect("the matrix");
    matrix.roles.into_iter().find(|role| role.name == name).expect("the role")
}

/// A new role with these permissions.
pub async fn filled(world: &World, admin: &Caller, name: &str, permissions: PermissionSet) -> Role {
    let request = CreateRole { name: name.into() };
    let created = services::roles::create(&world.services, admin, request).await.expect("a role");
    set(world, admin, &created, permissions).await
}

/// The role, with these permissions in place of its own.
pub async fn set(world: &World, admin: &Caller, role: &Role, permissions: PermissionSet) -> Role {
    let request = SetPermissions { id: role.id, version: role.version, permissions };
    services::roles::set_permissions(&world.services, admin, request).await.expect("filled")
}

/// One body, run on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both {
    ($name:ident, $body:expr) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                ($body)($crate::support::World::new(store::testing::Throwaway::sqlite().await).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                ($body)($crate::support::World::new(store::testing::Throwaway::postgres().await).await).await;
            }
        }
    };
}
