//! Two organisations for the tests of rights, and in one of them everybody that a server function can be about:
//! Tom, who asks and holds nothing but the role "Tester"; Mina, who holds nothing; Vincent, who is suspended; Ida,
//! who is invited; and the roles "Spare", which nobody holds, and "Theirs".

use super::{
    NOON, PASSWORD, URL,
    bodies::{self, Ids},
    sign_in,
};
use domain::{
    RoleId,
    partners::{ListPartners, StatusFilter},
    preview::{StartPreview, Target},
    requests::{FileRequest, RequestKind},
    roles::CreateRole,
    users::{CreateUser, ListUsers},
};
use services::{Services, mail::Mailer};
use store::{Caller, Clock, testing::Throwaway};

const HOME: &str = "Northwind Partners";

/// What no use case makes, after everybody has signed in.
const ARRANGED: [&str; 8] = [
    "DELETE FROM role_assignment WHERE user_id IN
     (SELECT id FROM person WHERE name IN ('Tom Lindqvist', 'Mina Haddad', 'Vincent Okoro'))",
    "INSERT INTO role_assignment (user_id, role_id) SELECT p.id, r.id FROM person p
     JOIN role r ON r.organisation_id = p.organisation_id WHERE p.name = 'Tom Lindqvist' AND r.name = 'Tester'",
    "UPDATE account SET status = 'suspended' WHERE user_id IN (SELECT id FROM person WHERE name = 'Vincent Okoro')",
    "UPDATE partner SET status = 'deactivated' WHERE name LIKE 'Tamarind%'",
    "UPDATE newsletter_issue SET subject_en = 'Not sent yet', body_en = 'Hello'",
    "INSERT INTO totp (user_id, secret, confirmed, last_step)
     SELECT id, X'00', TRUE, 0 FROM person WHERE name = 'Mina Haddad'",
    // What is called `bodies::NOTHING` is there for Tom: a passkey and another session.
    "INSERT INTO passkey (id, user_id, credential_id, credential, name, created_at)
     SELECT X'01900000000070008000000000000000', p.id, X'01', '{}', 'Phone', 0 FROM person p
     JOIN role r ON r.organisation_id = p.organisation_id WHERE p.name = 'Tom Lindqvist' AND r.name = 'Tester'",
    "INSERT INTO session (token_hash, id, user_id, device, created_at, used_on, proved_at, expires_at)
     SELECT X'02', X'01900000000070008000000000000000', p.id, 'other/other', 0, 0, 0, 9000000000000 FROM person p
     JOIN role r ON r.organisation_id = p.organisation_id WHERE p.name = 'Tom Lindqvist' AND r.name = 'Tester'",
];

/// Who there is, on 24 November 2026 at noon, which does not pass: every proof stays fresh.
pub struct Cast {
    pub services: Services,
    /// Of Tom.
    pub tester: String,
    /// Of the only platform admin.
    pub admin: String,
    /// Of the platform admin of the other organisation.
    pub foreigner: String,
    pub tester_role: RoleId,
    pub their_role: RoleId,
    /// The request is the admin's, the user Mina, the role "Spare".
    ids: Ids,
    own_request: String,
    deactivated: String,
    suspended: String,
    invited: String,
}

impl Cast {
    /// On an empty database.
    pub async fn new(throwaway: &Throwaway) -> Self {
        let store = throwaway.at(Clock::fixed(NOON)).await;
        let services = Services::with_mailer(store, URL, Mailer::inbox());
        services::demo::fill(&services, PASSWORD).await.expect("the demo");
        services::demo::fill_another(&services, "Southwind", "south.test", PASSWORD).await.expect("another");
        let tester = sign_in(&services, HOME, "tom@demo.test").await;
        let admin = sign_in(&services, HOME, "admin@demo.test").await;
        let foreigner = sign_in(&services, "Southwind", "admin@south.test").await;
        let caller = resolve(&services, &admin).await;
        let tester_role = role(&services, &caller, "Tester").await;
        let their_role = role(&services, &caller, "Theirs").await;
        let spare = role(&services, &caller, "Spare").await;
        let viewer = sign_in(&services, HOME, "viewer@demo.test").await;
        let ids = bodies::ids(&services, &admin, &viewer).await;
        let own_request = own_request(&services, &resolve(&services, &tester).await).await;
        let invited = invite(&services, &caller).await;
        opt_in(throwaway, &services, &caller).await;
        for statement in ARRANGED {
            throwaway.execute(statement).await;
        }
        let users =
            services::users::list(&services, &caller, ListUsers::default()).await.expect("users").users;
        let named = |name| users.iter().find(|user| user.name == name).expect("somebody").id.to_string();
        let ids = Ids { user: named("Mina Haddad"), role: spare.to_string(), ..ids };
        let (suspended, deactivated) = (named("Vincent Okoro"), deactivated(&services, &caller).await);
        Self {
            services,
            tester,
            admin,
            foreigner,
            tester_role,
            their_role,
            ids,
            own_request,
            deactivated,
            suspended,
            invited,
        }
    }

    /// What a function is asked about so that it can do what it is for.
    pub fn ids_for(&self, function: &str) -> Ids {
        let ids = self.ids.clone();
        match function {
            "requests/find_own" | "requests/withdraw" => Ids { request: self.own_request.clone(), ..ids },
            "partners/reactivate" => Ids { partner: self.deactivated.clone(), ..ids },
            "users/reactivate" => Ids { user: self.suspended.clone(), ..ids },
            "users/resend_invitation" | "users/revoke_invitation" => {
                Ids { user: self.invited.clone(), ..ids }
            }
            _ => ids,
        }
    }
}

/// Who brings this token.
pub async fn resolve(services: &Services, token: &str) -> Caller {
    services::sign_in::resolve(services, token).await.expect("an answer").expect("somebody")
}

/// Whoever previews that sees all that they see themselves, so that nothing but the preview refuses.
pub async fn preview_as_platform_admin(services: &Services, token: &str) {
    let admin = resolve(services, token).await;
    let roles = services::roles::matrix(services, &admin).await.expect("the matrix").roles;
    let role = roles.iter().find(|role| role.system).expect("the system role").id;
    let request = StartPreview { target: Target::Role(role) };
    services::preview::start(services, &admin, request).await.expect("started");
}

async fn role(services: &Services, admin: &Caller, name: &str) -> RoleId {
    let request = CreateRole { name: name.into() };
    services::roles::create(services, admin, request).await.expect("a role").id
}

async fn own_request(services: &Services, tester: &Caller) -> String {
    let request = FileRequest { kind: RequestKind::Access, text: "A question of my own".into() };
    services::requests::file(services, tester, request).await.expect("a request").row.id.to_string()
}

async fn invite(services: &Services, admin: &Caller) -> String {
    let request =
        CreateUser { name: "Ida Invited".into(), email: "ida@demo.test".into(), ..CreateUser::default() };
    services::users::create(services, admin, request).await.expect("an invitation").id.to_string()
}

async fn opt_in(throwaway: &Throwaway, services: &Services, admin: &Caller) {
    let newsletters = services::newsletters::list(services, admin).await.expect("newsletters");
    throwaway.opt_in_everybody(newsletters[0].id).await;
}

async fn deactivated(services: &Services, admin: &Caller) -> String {
    let request = ListPartners { status: StatusFilter::Deactivated, ..ListPartners::default() };
    let page = services::partners::list(services, admin, request).await.expect("partners");
    page.partners[0].id.to_string()
}
