//! What each server function is asked with: a body that would be right. A function without one here fails
//! the tests of permissions.

use super::PASSWORD;
use domain::{
    HistoryId, Language,
    history::ListHistory,
    newsletters::FindNewsletter,
    notice::{NoticePart, PartText},
    partners::ListPartners,
    requests::{FileRequest, RequestKind},
    roles::CreateRole,
    users::ListUsers,
};
use serde_json::{Value, json};
use services::Services;

/// The id of nothing, where nobody has anything of that kind yet.
pub const NOTHING: &str = "01900000-0000-7000-8000-000000000000";

/// Ids and versions of one organisation, for requests.
#[derive(Clone)]
pub struct Ids {
    pub partner: String,
    pub user: String,
    pub role: String,
    /// Of the platform admin.
    pub request: String,
    /// What the viewer asks for.
    pub asked: String,
    pub newsletter: String,
    pub issue: String,
    /// Of the history: a change of rights.
    pub entry: String,
}

impl Ids {
    fn all(&self) -> [&String; 8] {
        let Self { partner, user, role, request, asked, newsletter, issue, entry } = self;
        [partner, user, role, request, asked, newsletter, issue, entry]
    }
}

/// The body that would be right, or `None` for a function that nobody has thought about.
pub fn body(path: &str, ids: &Ids) -> Option<Value> {
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
        | "explain/list"
        | "second_factor/find"
        | "second_factor/begin"
        | "second_factor/renew_codes"
        | "second_factor/turn_off"
        | "second_factor/asked"
        | "passkeys/begin_adding"
        | "passkeys/begin_sign_in"
        | "overview/find"
        | "preview/end"
        | "newsletters/own"
        | "newsletters/list"
        | "organisation/find"
        | "organisation/preview_closing"
        | "notice/find_draft"
        | "billing/find_organisation"
        | "history/find_export"
        | "support/settings"
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
        "profile/end_sign_in" => json!({ "request": { "id": NOTHING } }),
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
            json!({ "request": { "role": ids.role, "users": [ids.user], "held": false } })
        }
        "history/revert" => json!({ "request": { "id": ids.entry } }),
        "history/find_people" => json!({ "request": { "search": "a" } }),
        "history/begin_export" | "history/list_own" | "history/list" => {
            json!({ "request": { "after": null } })
        }
        "chain/check" => json!({ "request": { "checked": 0 } }),
        "chain/compare" => {
            json!({ "request": { "head": format!("assent-history-1 {NOTHING} 0 {}", "0".repeat(64)) } })
        }
        "preview/start" => json!({ "request": { "target": { "role": ids.role } } }),
        "roles/copy" => json!({ "request": { "id": ids.role, "version": 1, "name": "A copy" } }),
        "explain/why" | "explain/holders" | "explain/ask" | "explain/take_back" => {
            json!({ "request": { "permission": "billing.edit" } })
        }
        "explain/grant" => json!({ "request": { "id": ids.asked, "role": ids.role } }),
        "explain/decline" => json!({ "request": { "id": ids.asked } }),
        "partners/list" => {
            json!({ "request": { "search": "", "status": "active", "sort": "name", "after": null, "before": null } })
        }
        "partners/find" => json!({ "request": { "id": ids.partner } }),
        "partners/create" => json!({ "request": { "fields": fields } }),
        "partners/update" => json!({ "request": { "id": ids.partner, "version": 1, "fields": fields } }),
        "partners/deactivate" | "partners/delete" | "partners/reactivate" => json!({ "request": partner }),
        "billing/find_partner" => json!({ "request": { "id": ids.partner } }),
        "billing/find_change" => json!({ "request": { "partner": ids.partner, "version": 1 } }),
        "billing/save_partner" => {
            json!({ "request": { "id": ids.partner, "version": 1, "details": billing } })
        }
        "billing/save_organisation" => json!({ "request": { "version": 1, "details": billing } }),
        "roles/create" => json!({ "request": { "name": "New role" } }),
        "roles/rename" => json!({ "request": { "id": ids.role, "version": 1, "name": "Renamed" } }),
        "roles/delete" => json!({ "request": { "id": ids.role, "version": 1 } }),
        "roles/set_permissions" => {
            json!({ "request": { "id": ids.role, "version": 1, "permissions": ["users.view"] } })
        }
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
pub fn names_something(path: &str, ids: &Ids) -> bool {
    body(path, ids).is_some_and(|body| {
        let text = body.to_string();
        ids.all().into_iter().any(|id| text.contains(id.as_str()))
    })
}

/// The paths of all registered server functions.
pub fn registered() -> Vec<&'static str> {
    let mut paths: Vec<_> = server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    paths.sort_unstable();
    paths
}

/// What there is in the organisation of a platform admin and of somebody who can't edit billing details, by their
/// tokens.
pub async fn ids(services: &Services, admin: &str, viewer: &str) -> Ids {
    let caller = services::sign_in::resolve(services, admin).await.expect("a caller").expect("somebody");
    let viewer = services::sign_in::resolve(services, viewer).await.expect("a caller").expect("somebody");
    let wanted = serde_json::from_value(json!({ "permission": "roles.manage" })).expect("a request");
    services::explain::ask(services, &viewer, wanted).await.expect("asked");
    let wanted = services::explain::list(services, &caller).await.expect("requests").requests.remove(0);
    let entry = change_of_rights(services, &caller).await;
    let partners =
        services::partners::list(services, &caller, ListPartners::default()).await.expect("partners");
    let users = services::users::list(services, &caller, ListUsers::default()).await.expect("users");
    let matrix = services::roles::matrix(services, &caller).await.expect("roles");
    let asked = FileRequest { kind: RequestKind::Access, text: "A question for the officer".into() };
    let request = services::requests::file(services, &caller, asked).await.expect("a request");
    let newsletters = services::newsletters::list(services, &caller).await.expect("newsletters");
    let first = FindNewsletter { id: newsletters[0].id };
    let issue = services::newsletters::issues::write(services, &caller, first).await.expect("a draft");
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
async fn change_of_rights(services: &Services, admin: &store::Caller) -> HistoryId {
    let role = services::roles::create(services, admin, CreateRole { name: "Temporary".into() });
    let role = role.await.expect("a role");
    let request = json!({ "id": role.id, "version": role.version, "permissions": ["history.view"] });
    let request = serde_json::from_value(request).expect("a request");
    services::roles::set_permissions(services, admin, request).await.expect("set");
    let page = services::history::list(services, admin, ListHistory::default()).await.expect("a page");
    page.entries[0].id
}

/// Ids of nothing.
pub fn nothing() -> Ids {
    let id = || NOTHING.to_owned();
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
