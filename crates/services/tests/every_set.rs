//! Every set of permissions that a role can hold × every use case that takes one, for people of the organisation and
//! from outside. The sets and the answers come from a file that is written by hand
//! (`server/tests/permissions/expected.txt`). Each request can be read, and comes to nothing after it was allowed: it
//! names what is not there, or says what can't be. So nothing has to be set back.

#[path = "../../../server/tests/support/expected.rs"]
#[allow(dead_code, reason = "the tests over HTTP use all of it")]
mod expected;
mod support;

use domain::{
    Error, RoleId,
    billing::BillingForm,
    closing::CloseOrganisation,
    newsletters::PreviewIssue,
    partners::PartnerForm,
    roles::CreateRole,
    users::{AssignRoles, CreateUser},
};
use expected::{Expected, Function, Least, Somebody};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use services::{
    Services, billing, chain, closing, explain, history, insights, newsletters, notice, organisation,
    partners, preview, requests, roles, second_factor, succession, users,
};
use std::{collections::BTreeSet, pin::Pin, time::Duration};
use store::{Caller, testing::Throwaway};
use support::World;
use tokio::{sync::Notify, time::timeout};

/// Whether a use case was refused, and how.
type Answer<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;
type Ask = for<'a> fn(&'a Services, &'a Caller, &'a Value) -> Answer<'a>;

/// A use case, what it is called, and what it is asked.
struct Operation {
    name: &'static str,
    ask: Ask,
    request: Value,
}

/// One that is asked something.
macro_rules! asked {
    ($name:literal, $function:path, $request:expr) => {
        Operation {
            name: $name,
            ask: |services, caller, request| {
                Box::pin(async move { $function(services, caller, typed(request)).await.map(drop) })
            },
            request: $request,
        }
    };
}

/// One that is asked nothing.
macro_rules! plain {
    ($name:literal, $function:path) => {
        Operation {
            name: $name,
            ask: |services, caller, _| Box::pin(async move { $function(services, caller).await.map(drop) }),
            request: Value::Null,
        }
    };
}

fn typed<T: DeserializeOwned>(request: &Value) -> T {
    serde_json::from_value(request.clone()).expect("a request that can be read")
}

/// The id of nothing.
const NOTHING: &str = "01900000-0000-7000-8000-000000000000";

fn operations() -> Vec<Operation> {
    let mut all = about_money_and_partners();
    all.extend(about_people());
    all.extend(about_newsletters());
    all.extend(about_the_organisation());
    all
}

fn about_money_and_partners() -> Vec<Operation> {
    let (id, version) = (json!({ "id": NOTHING }), json!({ "id": NOTHING, "version": 1 }));
    let list = json!({ "search": "", "status": "active", "sort": "name", "after": null, "before": null });
    let fields = json!(PartnerForm { name: "Renamed".into(), ..PartnerForm::default() });
    let details = json!(BillingForm::default());
    vec![
        asked!("billing/find_change", billing::find_change, json!({ "partner": NOTHING, "version": 1 })),
        plain!("billing/find_organisation", billing::find_organisation),
        asked!("billing/find_partner", billing::find_partner, id.clone()),
        asked!(
            "billing/save_organisation",
            billing::save_organisation,
            json!({ "version": 99, "details": details })
        ),
        asked!(
            "billing/save_partner",
            billing::save_partner,
            json!({ "id": NOTHING, "version": 1, "details": details })
        ),
        asked!("partners/create", partners::create, json!({ "fields": PartnerForm::default() })),
        asked!("partners/deactivate", partners::deactivate, version.clone()),
        asked!("partners/delete", partners::delete, version.clone()),
        asked!("partners/find", partners::find, id),
        asked!("partners/list", partners::list, list),
        asked!("partners/reactivate", partners::reactivate, version),
        asked!("partners/update", partners::update, json!({ "id": NOTHING, "version": 1, "fields": fields })),
    ]
}

fn about_people() -> Vec<Operation> {
    let (id, version) = (json!({ "id": NOTHING }), json!({ "id": NOTHING, "version": 1 }));
    let list = json!({ "search": "", "after": null, "before": null });
    let update = json!({ "id": NOTHING, "version": 1, "name": "N", "email": "n@demo.test", "external": false,
        "language": "en" });
    let no_roles = json!({ "id": NOTHING, "version": 1, "roles": [] });
    let no_permissions = json!({ "id": NOTHING, "version": 1, "permissions": [] });
    vec![
        asked!("profile/appoint", succession::appoint, id.clone()),
        asked!("explain/decline", explain::decline, id.clone()),
        asked!("explain/grant", explain::grant, json!({ "id": NOTHING, "role": NOTHING })),
        asked!("explain/holders", explain::holders, json!({ "permission": "billing.edit" })),
        plain!("explain/list", explain::list),
        asked!("preview/start", preview::start, json!({ "target": { "role": NOTHING } })),
        asked!("roles/copy", roles::copy, json!({ "id": NOTHING, "version": 1, "name": "A copy" })),
        asked!("roles/create", roles::create, json!({ "name": "" })),
        asked!("roles/delete", roles::delete, version.clone()),
        plain!("roles/matrix", roles::matrix),
        asked!("roles/rename", roles::rename, json!({ "id": NOTHING, "version": 1, "name": "Renamed" })),
        asked!("roles/set_permissions", roles::set_permissions, no_permissions),
        asked!(
            "users/assign_role",
            users::assign_role,
            json!({ "role": NOTHING, "users": [], "held": true })
        ),
        asked!("users/assign_roles", users::assign_roles, no_roles),
        asked!(
            "users/create",
            users::create,
            json!({ "name": "", "email": "", "external": false, "roles": [] })
        ),
        asked!("users/find", users::find, id.clone()),
        asked!("users/issue_link", users::issue_link, id.clone()),
        asked!("users/list", users::list, list),
        asked!("users/preview_termination", users::preview_termination, id.clone()),
        asked!("users/reactivate", users::reactivate, version.clone()),
        asked!("users/resend_invitation", users::resend_invitation, id.clone()),
        asked!("users/reset_second_factor", second_factor::reset, id.clone()),
        asked!("users/revoke_invitation", users::revoke_invitation, version.clone()),
        asked!("users/suspend", users::suspend, version.clone()),
        asked!("users/terminate", users::terminate, version),
        asked!("users/update", users::update, update),
        asked!("users/withdraw_address", users::withdraw_address, id),
    ]
}

fn about_newsletters() -> Vec<Operation> {
    use newsletters::issues;
    let (id, version) = (json!({ "id": NOTHING }), json!({ "id": NOTHING, "version": 1 }));
    let nothing = json!({ "en": "", "de": "" });
    let words = json!({ "name": nothing, "text": nothing });
    let texts = json!({ "subject": nothing, "body": nothing });
    vec![
        asked!("newsletters/close", newsletters::close, version.clone()),
        asked!("newsletters/create", newsletters::create, json!({ "words": words })),
        asked!("newsletters/delete_issue", issues::delete, version.clone()),
        asked!("newsletters/find", newsletters::find, id.clone()),
        asked!("newsletters/find_issue", issues::find, id.clone()),
        plain!("newsletters/list", newsletters::list),
        asked!("newsletters/preview_issue", preview_issue, json!({ "texts": texts })),
        asked!(
            "newsletters/save_issue",
            issues::save,
            json!({ "id": NOTHING, "version": 1, "texts": texts })
        ),
        asked!("newsletters/send_issue", issues::send, version),
        asked!("newsletters/test_issue", issues::test, id.clone()),
        asked!(
            "newsletters/update",
            newsletters::update,
            json!({ "id": NOTHING, "version": 1, "words": words })
        ),
        asked!("newsletters/write_issue", issues::write, id),
    ]
}

async fn preview_issue(_: &Services, caller: &Caller, request: PreviewIssue) -> Result<(), Error> {
    newsletters::issues::preview(caller, &request).map(drop)
}

/// Of another history.
fn no_head() -> String {
    format!("assent-history-1 {NOTHING} 0 {}", "0".repeat(64))
}

fn about_the_organisation() -> Vec<Operation> {
    let save = json!({ "version": 1, "name": "", "time_zone": "", "second_factor_required": false,
        "name_years_billing": "", "name_years_other": "" });
    let support =
        json!({ "version": 0, "channels": [], "protection_contact": "", "protection_email": "nowhere" });
    let notice = json!({ "current": 99, "version": 0, "texts": [] });
    let (id, reply) = (json!({ "id": NOTHING }), json!({ "id": NOTHING, "text": "So." }));
    let requests = json!({ "state": "open", "after": null, "before": null });
    vec![
        // From the middle on: the first step would seal what was written just now.
        asked!("chain/check", chain::check, json!({ "checked": 5 })),
        asked!("chain/compare", chain::compare, json!({ "head": no_head() })),
        asked!("history/begin_export", history::progress::begin, json!({ "after": null })),
        plain!("history/find_export", history::progress::find),
        asked!("history/find_people", history::find_people, json!({ "search": "a" })),
        asked!("history/list", history::list, json!({ "after": null })),
        asked!("history/revert", history::revert::revert, id.clone()),
        asked!("insights/find", insights::find, json!({ "period": "month" })),
        plain!("notice/find_draft", notice::find_draft),
        asked!("notice/publish", notice::publish, notice.clone()),
        asked!("notice/save_draft", notice::save_draft, notice),
        asked!("organisation/close", close, json!({ "name": "Northwind Partners" })),
        plain!("organisation/find", organisation::find),
        plain!("organisation/preview_closing", closing::preview),
        asked!("organisation/save", organisation::save, save),
        asked!("requests/answer", requests::answer, reply.clone()),
        asked!("requests/extend", requests::extend, reply),
        asked!("requests/find", requests::find, id),
        asked!("requests/list", requests::list, requests),
        asked!("support/save", services::support::save, support),
        plain!("support/settings", services::support::settings),
    ]
}

async fn close(services: &Services, caller: &Caller, request: CloseOrganisation) -> Result<(), Error> {
    closing::close(services, caller, &request).await
}

#[test]
fn no_use_case_that_takes_a_permission_is_left_out() {
    let expected = Expected::read();
    let takes = |function: &&Function| !matches!(function.least, Least::Anybody | Least::Account);
    let taking: BTreeSet<_> = expected.functions.iter().filter(takes).map(|function| function.name).collect();
    assert_eq!(operations().iter().map(|it| it.name).collect::<BTreeSet<_>>(), taking);
    assert!(expected.closed_sets().len() >= 1_120, "sets are missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_set_does_for_what_it_should_within_the_organisation() {
    every_set(false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_set_does_for_what_it_should_from_outside() {
    every_set(true).await;
}

/// Gives Tom a role of his own in place of any other: which one, and the token of his session.
async fn let_tom_try(world: &World) -> (RoleId, String) {
    let (services, admin) = (&world.services, world.caller("admin").await);
    let request = CreateRole { name: "Tester".into() };
    let role = roles::create(services, &admin, request).await.expect("a role").id;
    let token = world.token("tom").await;
    let tom = resolve(services, &token).await.user();
    let request = AssignRoles { id: tom, version: 1, roles: vec![role] };
    users::assign_roles(services, &admin, request).await.expect("assigned");
    (role, token)
}

async fn every_set(external: bool) {
    let world = World::new(Throwaway::sqlite().await).await;
    let (expected, operations, services) = (Expected::read(), operations(), &world.services);
    let (role, token) = let_tom_try(&world).await;
    if external {
        let outside = "UPDATE account SET external = TRUE WHERE user_id IN
             (SELECT id FROM person WHERE name = 'Tom Lindqvist')";
        world.throwaway.execute(outside).await;
    }
    // Nothing here has to outlive a loss of power.
    world.throwaway.execute("PRAGMA synchronous = OFF").await;
    let before = world.throwaway.dump().await;
    let mut counts = [0_u32; 2];
    for held in expected.closed_sets() {
        let codes: Vec<_> = held.iter().copied().collect();
        world.throwaway.let_role_hold(role, &codes).await;
        let (caller, tom) = (resolve(services, &token).await, Somebody { held, external });
        for operation in &operations {
            let function = expected.functions.iter().find(|function| function.name == operation.name);
            let answer = (operation.ask)(services, &caller, &operation.request).await;
            let forbidden = matches!(answer, Err(Error::Forbidden { .. }));
            let what = format!("{} with {codes:?}: {answer:?}", operation.name);
            assert_eq!(forbidden, !expected.may(function.expect("a line"), &tom), "{what}");
            assert!(!matches!(answer, Err(Error::Internal { .. } | Error::TooManyRequests { .. })), "{what}");
            counts[usize::from(forbidden)] += 1;
        }
    }
    assert!(counts.iter().all(|count| *count > 10_000), "allowed and refused: {counts:?}");
    world.throwaway.let_role_hold(role, &[]).await;
    // What is known of the file that was begun last.
    world.throwaway.execute("DELETE FROM history_export").await;
    let after = world.throwaway.dump().await;
    let changed: Vec<_> = before.keys().filter(|table| before[*table] != after[*table]).collect();
    assert!(changed.is_empty(), "{changed:?} changed");
}

/// Else whoever may not could hold up those who may: there is one writer at a time.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_is_told_so_without_waiting_for_a_turn_to_write() {
    let world = World::new(Throwaway::sqlite().await).await;
    let (services, expected, admin) = (&world.services, Expected::read(), world.caller("admin").await);
    let (role, token) = let_tom_try(&world).await;
    let mut all_but_one = Vec::new();
    for code in expected.everything() {
        let held = expected.everything_but(code);
        let codes: Vec<_> = held.iter().copied().collect();
        world.throwaway.let_role_hold(role, &codes).await;
        all_but_one.push((resolve(services, &token).await, Somebody { held, external: false }));
    }
    let (taken, over) = (Notify::new(), Notify::new());
    let turn = services.store().write(async |_| {
        taken.notify_one();
        over.notified().await;
        Ok(())
    });
    let asking = async {
        taken.notified().await;
        for operation in operations() {
            let function = expected.functions.iter().find(|function| function.name == operation.name);
            let function = function.expect("a line");
            let lacks = |(_, somebody): &&(Caller, Somebody)| match function.least {
                // Who is a platform admin, no permission says: that is read in the turn itself.
                Least::Admin => !somebody.held.contains("roles.manage"),
                _ => !expected.may(function, somebody),
            };
            for (tom, Somebody { held, .. }) in all_but_one.iter().filter(lacks) {
                let answer = timeout(A_WHILE, (operation.ask)(services, tom, &operation.request)).await;
                let refused = matches!(answer, Ok(Err(Error::Forbidden { .. })));
                assert!(refused, "{} with {held:?}: {answer:?}", operation.name);
            }
        }
        let gives_no_roles = |(_, somebody): &&(Caller, Somebody)| {
            somebody.held.contains("users.manage") && !somebody.held.contains("roles.manage")
        };
        let (tom, _) = all_but_one.iter().find(gives_no_roles).expect("all but to manage roles");
        let with_a_role = CreateUser { roles: vec![role], ..CreateUser::default() };
        let answer = timeout(A_WHILE, users::create(services, tom, with_a_role)).await;
        assert!(matches!(answer, Ok(Err(Error::Forbidden { .. }))), "with a role: {answer:?}");
        let waiting = roles::create(services, &admin, CreateRole { name: "Reader".into() });
        assert!(timeout(Duration::from_millis(100), waiting).await.is_err(), "nobody had the turn");
        over.notify_one();
    };
    let (turn, ()) = tokio::join!(turn, asking);
    turn.expect("a turn");
}

const A_WHILE: Duration = Duration::from_secs(10);

async fn resolve(services: &Services, token: &str) -> Caller {
    services::sign_in::resolve(services, token).await.expect("an answer").expect("somebody")
}
