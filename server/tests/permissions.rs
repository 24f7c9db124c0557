//! The permission table: every registered server function × every role of the demo × ids of one's
//! own and of a foreign organisation, over HTTP, as a committed picture in `permissions/table.txt`.
//! What is refused must change nothing. A function without a row here fails the test.
//!
//! After a wanted change: `ASSENT_UPDATE_SNAPSHOT=1 cargo test -p server --test permissions`.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use domain::{
    Language, Permission, PermissionSet,
    explain::AboutPermission,
    history::ListHistory,
    newsletters::FindNewsletter,
    notice::{NoticePart, PartText},
    partners::ListPartners,
    requests::{FileRequest, RequestKind},
    roles::{CreateRole, SetPermissions},
    sign_in::{SignIn, Visitor},
    users::ListUsers,
};
use serde_json::{Value, json};
use server::{
    assets::Site,
    proxies::Proxies,
    router::{Parts, router},
};
use services::Services;
use std::fmt::Write;
use store::testing::Throwaway;
use tokio::sync::watch;
use tower::ServiceExt;

const PASSWORD: &str = "a password for tests";
const CALLERS: [&str; 5] = ["admin", "billing", "viewer", "external", "dpo"];
/// The id of nothing, where nobody has anything of that kind yet.
const NOTHING: &str = "01900000-0000-7000-8000-000000000000";
/// The functions that work for somebody who has not agreed to the current privacy notice.
const BEFORE_AGREEING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/permissions/before_agreeing.txt");
const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/permissions/table.txt");

/// Ids and versions of one organisation, for requests.
struct Ids {
    partner: String,
    user: String,
    role: String,
    /// Of the platform admin.
    request: String,
    /// What the viewer asks for.
    asked: String,
    newsletter: String,
    issue: String,
    /// Of the history: a change of rights.
    entry: String,
}

/// The body that would be right, or `None` for a function that nobody has thought about.
fn body(path: &str, ids: &Ids) -> Option<Value> {
    let function = path.strip_prefix("/fn/")?;
    let partner = json!({ "id": ids.partner, "version": 1 });
    let fields = json!({ "name": "Renamed", "kind": "agency", "website": "", "country": "", "contact_person": "", "note": "" });
    let billing = serde_json::to_value(domain::billing::BillingForm::default()).ok()?;
    let both = |text: &str| json!({ "en": text, "de": text });
    let newsletter = json!({ "name": both("News"), "text": both("What is new") });
    let issue = json!({ "subject": both("Hello"), "body": both("Hello") });
    let contact = json!({ "name": "New Name", "email": "new@demo.test", "external": false, "roles": [] });
    Some(match function {
        "sign_in/current"
        | "profile/sign_ins"
        | "profile/end_other_sign_ins"
        | "sign_in/options"
        | "sign_in/sign_out"
        | "profile/find"
        | "profile/preview_termination"
        | "profile/withdraw_address"
        | "privacy/find"
        | "privacy/export"
        | "privacy/start_export"
        | "privacy/check_download"
        | "second_factor/find"
        | "second_factor/begin"
        | "second_factor/renew_codes"
        | "second_factor/turn_off"
        | "second_factor/asked"
        | "passkeys/begin_adding"
        | "passkeys/begin_sign_in"
        | "overview/find"
        | "newsletters/own"
        | "newsletters/list"
        | "organisation/find"
        | "organisation/preview_closing"
        | "notice/find_draft"
        | "billing/find_organisation"
        | "support/settings"
        | "explain/list"
        | "roles/matrix" => json!({}),
        "sign_in/sign_in" => json!({ "request": { "email": "admin@demo.test", "password": "wrong" } }),
        "sign_in/set_language" => json!({ "request": { "language": "de" } }),
        "sign_in/check_link"
        | "sign_in/check_set_up"
        | "sign_in/check_invitation"
        | "sign_in/check_address"
        | "sign_in/decline_invitation"
        | "sign_in/confirm_address" => json!({ "request": { "token": "none" } }),
        "sign_in/forgot_password" => json!({ "request": { "email": "nobody@demo.test" } }),
        "sign_in/set_password" | "sign_in/accept_invitation" => {
            json!({ "request": { "token": "none", "password": "long enough to be one" } })
        }
        "sign_in/set_up" => json!({ "request": { "token": "none", "organisation": "O", "name": "N",
            "email": "n@o.example", "password": "long enough to be one" } }),
        "notice/find" => json!({ "request": { "version": null, "organisation": "Northwind Partners" } }),
        "notice/agree" => json!({ "request": { "version": 1 } }),
        "notice/save_draft" => json!({ "request": { "current": 1, "version": 0, "texts": [] } }),
        "notice/publish" => json!({ "request": { "current": 1, "version": 0, "texts": next_notice() } }),
        "profile/appoint" => json!({ "request": { "id": ids.user } }),
        "profile/save" => {
            json!({ "request": { "version": 1, "name": "New Name", "email": "me@demo.test", "language": "en" } })
        }
        "profile/end_sign_in" => json!({ "request": { "id": "01900000-0000-7000-8000-000000000000" } }),
        "profile/change_password" => {
            json!({ "request": { "current": PASSWORD, "password": "tram velvet oxide lantern" } })
        }
        "sign_in/prove" => json!({ "request": { "typed": { "proof": PASSWORD } } }),
        "second_factor/confirm" | "second_factor/give_code" => json!({ "request": { "code": "123456" } }),
        "passkeys/add" => json!({ "request": { "token": "none", "answer": "{}", "name": "Phone" } }),
        "passkeys/rename" => json!({ "request": { "id": NOTHING, "name": "Phone" } }),
        "passkeys/remove" => json!({ "request": { "id": NOTHING } }),
        "passkeys/sign_in" => json!({ "request": { "token": "none", "answer": "{}" } }),
        "receipts/find" => json!({ "request": { "token": "none" } }),
        "profile/terminate" => json!({ "request": { "proof": { "typed": { "proof": PASSWORD } } } }),
        "organisation/close" => json!({ "request": { "name": "Northwind Partners" } }),
        "organisation/save" => {
            json!({ "request": { "version": 1, "name": "New Name", "time_zone": "Europe/Paris",
                "second_factor_required": false, "name_years_billing": "10", "name_years_other": "3" } })
        }
        "support/find" => json!({ "request": { "organisation": "" } }),
        "support/save" => json!({ "request": { "version": 0, "channels": [], "protection_contact": "Dana",
            "protection_email": "" } }),
        "requests/list_own" => json!({ "request": { "after": null } }),
        "requests/list" => json!({ "request": { "state": "open", "after": null, "before": null } }),
        "requests/file" => json!({ "request": { "kind": "access", "text": "Why?" } }),
        "requests/find_own" | "requests/withdraw" | "requests/find" => {
            json!({ "request": { "id": ids.request } })
        }
        "requests/answer" | "requests/extend" => json!({ "request": { "id": ids.request, "text": "So." } }),
        "insights/find" => json!({ "request": { "period": "month" } }),
        "insights/count" => json!({ "request": { "feature": "partners" } }),
        "insights/own" => json!({ "request": { "before": null } }),
        "users/assign_role" => {
            json!({ "request": { "role": ids.role, "users": [ids.user], "held": true } })
        }
        "history/revert" => json!({ "request": { "id": ids.entry } }),
        "history/list_own" => json!({ "request": { "after": null } }),
        "history/list" => json!({ "request": { "after": null } }),
        "chain/check" => json!({ "request": { "checked": 0 } }),
        "chain/compare" => {
            json!({ "request": { "head": format!("assent-history-1 {NOTHING} 0 {}", "0".repeat(64)) } })
        }
        "partners/list" => {
            json!({ "request": { "search": "", "status": "active", "sort": "name", "after": null, "before": null } })
        }
        "partners/find" => json!({ "request": { "id": ids.partner } }),
        "partners/create" => json!({ "request": { "fields": fields } }),
        "partners/update" => json!({ "request": { "id": ids.partner, "version": 1, "fields": fields } }),
        "partners/deactivate" | "partners/delete" | "partners/reactivate" => json!({ "request": partner }),
        "billing/find_partner" => json!({ "request": { "id": ids.partner } }),
        "billing/save_partner" => {
            json!({ "request": { "id": ids.partner, "version": 1, "details": billing } })
        }
        "billing/save_organisation" => json!({ "request": { "version": 1, "details": billing } }),
        "roles/create" => json!({ "request": { "name": "New role" } }),
        "roles/copy" => json!({ "request": { "id": ids.role, "version": 1, "name": "A copy" } }),
        "roles/rename" => json!({ "request": { "id": ids.role, "version": 1, "name": "Renamed" } }),
        "roles/delete" => json!({ "request": { "id": ids.role, "version": 1 } }),
        "roles/set_permissions" => {
            json!({ "request": { "id": ids.role, "version": 1, "permissions": ["partners.view"] } })
        }
        "explain/why" | "explain/holders" | "explain/ask" | "explain/take_back" => {
            json!({ "request": { "permission": "billing.edit" } })
        }
        "explain/grant" => json!({ "request": { "id": ids.asked, "role": ids.role } }),
        "explain/decline" => json!({ "request": { "id": ids.asked } }),
        "users/list" => json!({ "request": { "search": "", "after": null, "before": null } }),
        "users/find"
        | "users/issue_link"
        | "users/reset_second_factor"
        | "users/withdraw_address"
        | "users/resend_invitation"
        | "users/preview_termination" => json!({ "request": { "id": ids.user } }),
        "users/suspend" | "users/reactivate" | "users/terminate" | "users/revoke_invitation" => {
            json!({ "request": { "id": ids.user, "version": 1 } })
        }
        "users/create" => json!({ "request": contact }),
        "users/update" => json!({ "request": { "id": ids.user, "version": 1, "name": "New Name",
            "email": "new@demo.test", "external": false, "language": "en" } }),
        "users/assign_roles" => json!({ "request": { "id": ids.user, "version": 1, "roles": [] } }),
        "newsletters/set" => json!({ "request": { "id": ids.newsletter, "text_version": 1, "on": true } }),
        "newsletters/create" => json!({ "request": { "words": newsletter } }),
        "newsletters/update" => {
            json!({ "request": { "id": ids.newsletter, "version": 1, "words": newsletter } })
        }
        "newsletters/close" => json!({ "request": { "id": ids.newsletter, "version": 1 } }),
        "newsletters/find" | "newsletters/write_issue" => json!({ "request": { "id": ids.newsletter } }),
        "newsletters/find_issue" | "newsletters/test_issue" => json!({ "request": { "id": ids.issue } }),
        "newsletters/delete_issue" | "newsletters/send_issue" => {
            json!({ "request": { "id": ids.issue, "version": 1 } })
        }
        "newsletters/save_issue" => {
            json!({ "request": { "id": ids.issue, "version": 1, "texts": issue } })
        }
        "newsletters/preview_issue" => json!({ "request": { "texts": issue } }),
        _ => return None,
    })
}

/// Every part of a notice, in both languages.
fn next_notice() -> Value {
    let text = |part: NoticePart, language: Language| PartText { language, part, text: "New words.".into() };
    let texts: Vec<_> = NoticePart::ALL
        .into_iter()
        .flat_map(|part| Language::ALL.map(|language| text(part, language)))
        .collect();
    json!(texts)
}

/// Functions whose request names something of an organisation.
fn names_something(path: &str, ids: &Ids) -> bool {
    body(path, ids).is_some_and(|body| {
        let text = body.to_string();
        [
            &ids.partner,
            &ids.user,
            &ids.role,
            &ids.request,
            &ids.asked,
            &ids.newsletter,
            &ids.issue,
            &ids.entry,
        ]
        .into_iter()
        .any(|id| text.contains(id.as_str()))
    })
}

struct World {
    template: Throwaway,
    tokens: Vec<String>,
    own: Ids,
    foreign: Ids,
}

impl World {
    async fn new() -> Self {
        let template = Throwaway::sqlite().await;
        let services = Services::new(template.store.clone(), "http://localhost:3000");
        services::demo::fill(&services, PASSWORD).await.expect("the demo");
        services::demo::fill_another(&services, "Southwind", "south.test", PASSWORD).await.expect("another");
        let mut tokens = Vec::new();
        for local in CALLERS {
            tokens.push(sign_in(&services, "Northwind Partners", &format!("{local}@demo.test")).await);
        }
        let foreign_admin = sign_in(&services, "Southwind", "admin@south.test").await;
        let foreign_viewer = sign_in(&services, "Southwind", "viewer@south.test").await;
        let own = ids(&services, &tokens[0], &tokens[2]).await;
        let foreign = ids(&services, &foreign_admin, &foreign_viewer).await;
        Self { template, tokens, own, foreign }
    }

    /// The status, after making sure that a refusal changed nothing.
    async fn ask(&self, path: &str, body: &Value, token: Option<&str>) -> (StatusCode, Vec<u8>) {
        let copy = self.template.copy().await;
        // Attempts are counted, which is the one thing that a refusal may write.
        let dump = async || {
            let mut dump = copy.dump().await;
            dump.remove("attempt");
            dump
        };
        let before = dump().await;
        let router = server_over(&copy);
        let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        if let Some(token) = token {
            request = request.header(header::COOKIE, format!("assent={token}"));
        }
        let request = request.body(Body::from(body.to_string())).expect("a request");
        let response = router.oneshot(request).await.expect("an answer");
        let status = response.status();
        let answer = to_bytes(response.into_body(), 1 << 20).await.expect("a body").to_vec();
        if !status.is_success() {
            assert!(before == dump().await, "{path} answered {status} and changed something");
        }
        (status, answer)
    }
}

async fn sign_in(services: &Services, organisation: &str, email: &str) -> String {
    let request = SignIn {
        email: email.into(),
        password: PASSWORD.into(),
        organisation: organisation.into(),
        return_to: String::new(),
    };
    let entry = services::sign_in::sign_in(services, Visitor::default(), request).await.expect("signing in");
    entry.session().expect("a session").token
}

async fn ids(services: &Services, admin: &str, viewer: &str) -> Ids {
    let caller = services::sign_in::resolve(services, admin).await.expect("a caller").expect("somebody");
    let viewer = services::sign_in::resolve(services, viewer).await.expect("a caller").expect("somebody");
    let wanted = AboutPermission { permission: Permission::BillingEdit };
    services::explain::ask(services, &viewer, wanted).await.expect("asked");
    let wanted = services::explain::list(services, &caller).await.expect("requests").requests.remove(0);
    let partners =
        services::partners::list(services, &caller, ListPartners::default()).await.expect("partners");
    let users = services::users::list(services, &caller, ListUsers::default()).await.expect("users");
    let matrix = services::roles::matrix(services, &caller).await.expect("roles");
    let asked = FileRequest { kind: RequestKind::Access, text: "What is stored?".into() };
    let request = services::requests::file(services, &caller, asked).await.expect("a request");
    let newsletters = services::newsletters::list(services, &caller).await.expect("newsletters");
    let first = FindNewsletter { id: newsletters[0].id };
    let issue = services::newsletters::issues::write(services, &caller, first).await.expect("a draft");
    let entry = change_of_rights(services, &caller).await;
    let carla = users.users.iter().find(|user| user.name == "Carla Nowak").expect("Carla");
    let role = matrix.roles.iter().find(|role| role.name == "Billing manager").expect("a role");
    Ids {
        partner: partners.partners[0].id.to_string(),
        user: carla.id.to_string(),
        role: role.id.to_string(),
        request: request.row.id.to_string(),
        asked: wanted.id.to_string(),
        newsletter: newsletters[0].id.to_string(),
        issue: issue.id.to_string(),
        entry: entry.to_string(),
    }
}

/// An entry of the history that can be taken back.
async fn change_of_rights(services: &Services, admin: &store::Caller) -> domain::HistoryId {
    let role = services::roles::create(services, admin, CreateRole { name: "Temporary".into() });
    let role = role.await.expect("a role");
    let permissions = PermissionSet::EMPTY.grant(Permission::PartnersView);
    let request = SetPermissions { id: role.id, version: role.version, permissions };
    services::roles::set_permissions(services, admin, request).await.expect("set");
    let page = services::history::list(services, admin, ListHistory::default()).await.expect("a page");
    page.entries[0].id
}

fn server_over(copy: &Throwaway) -> Router {
    let assets = app::Assets::default();
    let site = Site { folder: std::env::temp_dir(), assets };
    let services = Services::new(copy.store.clone(), "http://localhost:3000");
    let parts = Parts { services, site, shutdown: watch::channel(false).1, proxies: Proxies::default() };
    router(parts).expect("a router")
}

fn registered() -> Vec<&'static str> {
    let mut paths: Vec<_> = server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    paths.sort_unstable();
    paths
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_is_as_it_was_reviewed() {
    let world = World::new().await;
    assert!(registered().len() > 30, "server functions are not registered");
    let mut table = String::from("# status by caller; 'foreign' asks for ids of another organisation\n");
    let heads: Vec<_> = CALLERS.into_iter().chain(["anonymous"]).map(|head| format!("{head:>9}")).collect();
    let _ = writeln!(table, "{:<40}{}", "function", heads.join(" "));
    for path in registered() {
        assert!(body(path, &world.own).is_some(), "{path} has no row: give it a body in this test");
        row(&world, path, &world.own, "", &mut table).await;
        if names_something(path, &world.own) {
            row(&world, path, &world.foreign, " foreign", &mut table).await;
        }
    }
    is_as_committed(TABLE, &table);
}

fn is_as_committed(path: &str, text: &str) {
    if std::env::var_os("ASSENT_UPDATE_SNAPSHOT").is_some() {
        std::fs::write(path, text).expect("writing the picture");
    }
    let committed = std::fs::read_to_string(path).expect("the committed picture");
    assert_eq!(committed, text, "permissions changed: review, then see the top of this test");
}

/// All others are refused with words of their own, whatever the caller may do otherwise.
#[tokio::test(flavor = "multi_thread")]
async fn before_agreeing_only_what_must_never_depend_on_it_works() {
    let world = World::new().await;
    world.template.execute("DELETE FROM notice_agreement").await;
    let admin = Some(world.tokens[0].as_str());
    let refusal = serde_json::to_vec(&app::Failure::from(domain::Error::NoticeNotAgreed)).expect("a refusal");
    let mut working = String::from("# what works for somebody who has not agreed to the current notice\n");
    for path in registered() {
        let (status, answer) = world.ask(path, &body(path, &world.own).expect("a body"), admin).await;
        if answer != refusal {
            assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
            let _ = writeln!(working, "{}", path.trim_start_matches("/fn/"));
        } else {
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    let mut off = body("/fn/newsletters/set", &world.own).expect("a body");
    off["request"]["on"] = json!(false);
    let (status, _) = world.ask("/fn/newsletters/set", &off, admin).await;
    let _ = writeln!(working, "newsletters/set, switching off: {}", status.as_u16());
    is_as_committed(BEFORE_AGREEING, &working);
}

async fn row(world: &World, path: &str, ids: &Ids, mark: &str, table: &mut String) {
    let body = body(path, ids).expect("a body");
    let mut cells = Vec::new();
    for token in world.tokens.iter().map(|token| Some(token.as_str())).chain([None]) {
        let (status, _) = world.ask(path, &body, token).await;
        cells.push(format!("{:>9}", status.as_u16()));
    }
    let name = format!("{}{mark}", path.trim_start_matches("/fn/"));
    let _ = writeln!(table, "{name:<40}{}", cells.join(" "));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_id_answers_with_the_bytes_of_one_that_does_not_exist() {
    let world = World::new().await;
    let nobody = uuid_like(NOTHING);
    let mut compared = 0;
    for path in registered().into_iter().filter(|path| names_something(path, &world.own)) {
        let token = Some(world.tokens[0].as_str());
        let foreign = world.ask(path, &body(path, &world.foreign).expect("a body"), token).await;
        let missing = world.ask(path, &body(path, &nobody).expect("a body"), token).await;
        assert_eq!(foreign, missing, "{path}");
        compared += 1;
    }
    assert!(compared >= 12, "only {compared} functions were compared");
}

fn uuid_like(id: &str) -> Ids {
    let id = || id.to_owned();
    Ids {
        partner: id(),
        user: id(),
        role: id(),
        request: id(),
        asked: id(),
        newsletter: id(),
        issue: id(),
        entry: id(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_never_an_internal_error() {
    let world = World::new().await;
    let token = Some(world.tokens[0].as_str());
    for path in registered() {
        for bad in [
            json!({ "request": { "surprise": 1 } }),
            json!({ "more": 1 }),
            json!([]),
            json!({ "request": "\u{0}" }),
        ] {
            let (status, _) = world.ask(path, &bad, token).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {bad}");
        }
        let huge = json!({ "request": "x".repeat(600_000) });
        let (status, _) = world.ask(path, &huge, token).await;
        assert!(matches!(status.as_u16(), 413 | 422), "{path} {status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_from_other_origins_are_refused() {
    let world = World::new().await;
    let router = server_over(&world.template);
    let post = |origin: &str| {
        Request::post("/fn/sign_in/sign_out")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::HOST, "localhost:3000")
            .header(header::ORIGIN, origin)
            .body(Body::from("{}"))
            .expect("a request")
    };
    let foreign = router.clone().oneshot(post("https://evil.example")).await.expect("an answer");
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    let own = router.oneshot(post("http://localhost:3000")).await.expect("an answer");
    assert_eq!(own.status(), StatusCode::OK);
}
