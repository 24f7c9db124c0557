//! What is stored, who looked, and taking it along.

mod support;

use domain::{
    Error, ExportId, Permission,
    billing::BillingForm,
    explain::{AboutPermission, FindOpenRequest},
    history::ListHistory,
    newsletters::{FindNewsletter, IssueTexts, SaveIssue, SendIssue, SetSwitch, Translated},
    privacy::{Export, Privacy},
    profile::SaveProfile,
    requests::{FileRequest, ReplyToRequest, RequestKind},
    second_factor::{AddPasskey, UsePasskey},
    sign_in::{CheckLink, Visitor},
    users::{AssignRoles, FindUser, UpdateUser},
};
use serde_json::Value;
use services::{
    Services, billing, explain,
    history::progress,
    links,
    mail::{Delivery, deliver_next},
    newsletters::{issues, switches},
    passkeys, privacy, profile, requests, roles, second_factor, users,
};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
    sync::atomic::Ordering::Relaxed,
};
use store::{
    Caller,
    mail::{sending, settling},
    personal_data::{self, Shape},
    privacy::exports,
};
use support::{World, authenticator::Authenticator};

const MINUTE: i64 = 60 * 1000;
const DAY: i64 = 24 * 60 * MINUTE;

/// What can't have a value while somebody can look: an invitation that was not accepted, an account
/// that is gone, and what stands there for the seconds in which a mail leaves.
const EMPTY: [(&str, &str); 3] =
    [("account", "invitation_ends_at"), ("person", "terminated_at"), ("mail", "handed_over_until")];

/// An external user about whom every personal column holds something, through what people do.
async fn plant(world: &World) -> Caller {
    let services = &world.services;
    let (admin, id) = (world.caller("admin").await, world.caller("external").await.user());
    let found = users::find(services, &admin, FindUser { id }).await.expect("the user");
    let request = UpdateUser {
        id,
        version: found.version,
        name: "Kanaria Name".into(),
        email: "external@demo.test".into(),
        external: true,
        access_ends: "2199-12-31".into(),
        language: found.language,
    };
    let changed = users::update(services, &admin, request).await.expect("changed");
    let matrix = roles::matrix(services, &admin).await.expect("roles").roles;
    let held =
        matrix.iter().filter(|role| ["Billing manager", "Data protection officer"].contains(&&*role.name));
    let request = AssignRoles { id, version: changed.version, roles: held.map(|role| role.id).collect() };
    users::assign_roles(services, &admin, request).await.expect("roles");
    let user = world.caller("external").await;
    users::find(services, &user, FindUser { id: admin.user() }).await.expect("looked back");
    change_address_twice(world, &user).await;
    let version = billing::find_organisation(services, &user).await.expect("billing").version;
    let request = domain::billing::SaveOrganisationBilling { version, details: BillingForm::default() };
    billing::save_organisation(services, &user, request).await.expect("billing saved");
    plant_second_factors(services, &user).await;
    plant_request(services, &user, &admin).await;
    plant_newsletter(services, &user, &admin).await;
    let asked = AboutPermission { permission: Permission::PartnersEdit };
    explain::ask(services, &user, asked).await.expect("asked");
    let waiting = explain::list(services, &admin).await.expect("requests").requests.remove(0);
    explain::decline(services, &admin, FindOpenRequest { id: waiting.id }).await.expect("declined");
    progress::begin(services, &user, ListHistory::default()).await.expect("a file of the history");
    user
}

/// A data request of theirs that was put off and answered. They answered one of somebody else.
async fn plant_request(services: &Services, user: &Caller, admin: &Caller) {
    for (asking, answering) in [(user, admin), (admin, user)] {
        let request = FileRequest { kind: RequestKind::Access, text: "Kanaria asks".into() };
        let id = requests::file(services, asking, request).await.expect("filed").row.id;
        let reason = ReplyToRequest { id, text: "Kanaria waits".into() };
        requests::extend(services, answering, reason).await.expect("put off");
        let answer = ReplyToRequest { id, text: "Kanaria knows".into() };
        requests::answer(services, answering, answer).await.expect("answered");
    }
}

/// A newsletter that they receive, of which an issue is on its way.
async fn plant_newsletter(services: &Services, user: &Caller, admin: &Caller) {
    let switch = switches::list(services, user).await.expect("switches").remove(0);
    let on = SetSwitch { id: switch.id, text_version: switch.text_version, on: true };
    switches::set(services, user, on).await.expect("on");
    let empty = issues::write(services, admin, FindNewsletter { id: switch.id }).await.expect("a draft");
    let both = || Translated { en: "News".into(), de: "Neues".into() };
    let texts = IssueTexts { subject: both(), body: both() };
    let save = SaveIssue { id: empty.id, version: empty.version, texts };
    let issue = issues::save(services, admin, save).await.expect("saved");
    issues::send(services, admin, SendIssue { id: issue.id, version: issue.version }).await.expect("sent");
}

/// One address confirmed, whose notice to the former one has not got through, and one that waits.
async fn change_address_twice(world: &World, user: &Caller) {
    let services = &world.services;
    let save = async |email: &str| {
        let version = profile::find(services, user).await.expect("a profile").version;
        let (name, email, language) = ("Kanaria Name".into(), email.into(), user.language());
        profile::save(services, user, SaveProfile { version, name, email, language }).await.expect("saved");
    };
    save("kanarie-now@demo.test").await;
    deliver(services).await;
    let mails = services.inbox().expect("an inbox").all();
    let mail = mails.iter().find(|mail| mail.address.reveal() == "kanarie-now@demo.test").expect("a mail");
    let (_, rest) = mail.letter.text.split_once("?token=").expect("a link");
    let token = rest.split_whitespace().next().expect("a token").to_owned();
    links::confirm_address(services, &CheckLink { token }).await.expect("confirmed");
    let notice = sending::next(services.store()).await.expect("claimed").expect("the notice");
    assert_eq!(notice.to.reveal(), "external@demo.test");
    let problem = settling::Outcome::Postponed(domain::mail::MailProblem::Unreachable);
    settling::settle(services.store(), &notice.job, problem).await.expect("settled");
    save("kanarie-next@demo.test").await;
    deliver(services).await;
}

async fn plant_second_factors(services: &Services, user: &Caller) {
    second_factor::begin(services, user).await.expect("a secret");
    let mut device = Authenticator::new(1);
    let question = passkeys::begin_adding(services, user).await.expect("asked");
    let answer = device.create(&question.options);
    let request = AddPasskey { token: question.token, answer, name: "Kanaria-Passkey".into() };
    passkeys::add(services, user, request).await.expect("added");
    let question = passkeys::begin_sign_in(services, Visitor::default()).await.expect("asked");
    let answer = device.get(&question.options);
    let request = UsePasskey { token: question.token, answer, return_to: "/".into() };
    passkeys::sign_in(services, Visitor::default(), request).await.expect("used");
    passkeys::begin_adding(services, user).await.expect("asked and not answered");
}

async fn deliver(services: &Services) {
    while deliver_next(services).await.expect("delivered") != Delivery::Nothing {}
}

/// Asks for an export, makes it, and opens it.
async fn exported(services: &Services, user: &Caller) -> BTreeMap<String, String> {
    privacy::start_export(services, user).await.expect("asked for");
    assert_eq!(privacy::make_next(services).await, Ok(true));
    let file = privacy::download(services, user, ready(services, user).await).await.expect("a file");
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("a ZIP");
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a file");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        files.insert(file.name().expect("a name").into_owned(), text);
    }
    files
}

async fn ready(services: &Services, user: &Caller) -> ExportId {
    match privacy::export(services, user).await.expect("a state") {
        Export::Ready { id, .. } => id,
        state => panic!("{state:?}"),
    }
}

fn texts(page: &Privacy) -> Vec<&str> {
    let items = page.sections.iter().flat_map(|section| &section.items);
    items.flat_map(|item| &item.values).map(String::as_str).collect()
}

on_both!(whatever_is_stored_is_on_the_page_and_in_the_file, async |world: World| {
    let user = plant(&world).await;
    let files = exported(&world.services, &user).await;
    assert_eq!(files.keys().collect::<Vec<_>>(), ["data.json", "export-1.json", "index.html"]);
    let data: Value = serde_json::from_str(&files["data.json"]).expect("JSON");
    let schema: Value = serde_json::from_str(&files["export-1.json"]).expect("JSON");
    conforms(&data, &schema, &schema, "$");
    let page = privacy::find(&world.services, &user).await.expect("the page");

    for column in personal_data::users().filter(|column| column.shape() != Shape::Key) {
        let name = format!("{}.{}", column.table, column.column);
        let registered = data["columns"].as_array().expect("columns").iter();
        let mut registered =
            registered.filter(|it| it["table"] == column.table && it["column"] == column.column);
        let about = registered.next().unwrap_or_else(|| panic!("{name} is not described"));
        let rows = data["records"].as_array().expect("records").iter();
        let values: Vec<_> = rows
            .filter(|row| row["table"] == column.table)
            .filter_map(|row| row["values"].get(column.column))
            .collect();
        if let Shape::Withheld(_) = column.shape() {
            assert!(values.is_empty() && about["withheld"].is_string(), "{name} is withheld");
            let mut withheld = page.withheld.iter();
            assert!(withheld.any(|it| about["label"] == *it.item.label && !it.reason.is_empty()), "{name}");
            continue;
        }
        assert!(!values.is_empty(), "{name} is not in the file");
        let items = page.sections.iter().flat_map(|section| &section.items);
        let item = items.filter(|item| about["label"] == *item.label && about["why"] == *item.why);
        let shown: Vec<_> = item.flat_map(|item| &item.values).collect();
        let filled = !EMPTY.contains(&(column.table, column.column));
        assert_eq!(!shown.is_empty(), filled, "{name} on the page");
        // The file is written before it is known until when it can be downloaded.
        let in_file = filled && (column.table, column.column) != ("data_export", "ends_at");
        assert_eq!(values.iter().any(|value| !value.is_null()), in_file, "{name} in the file: {values:?}");
    }
    for canary in [
        "Kanaria Name",
        "kanarie-now@demo.test",
        "kanarie-next@demo.test",
        "external@demo.test",
        "Kanaria-Passkey",
        "Billing manager",
        "1 Jan 2200, 00:00",
        "Kanaria asks",
        "Kanaria waits",
        "Kanaria knows",
        "Answered",
        "The switch on your profile",
    ] {
        assert!(texts(&page).contains(&canary), "{canary} is not on the page");
        assert!(files["index.html"].contains(canary), "{canary} is not in the part to read");
    }
    assert!(page.sections.iter().any(|section| section.title == "What others did to your account"));
    let text = format!("{page:?}{files:?}");
    for (secret, why) in [("argon2", "the hash of the password"), ("admin@demo.test", "somebody else")] {
        assert!(!text.contains(secret), "{why}");
    }
});

/// As much of JSON schema as the published one needs.
fn conforms(value: &Value, schema: &Value, root: &Value, at: &str) {
    for (word, rule) in schema.as_object().expect("a schema") {
        match word.as_str() {
            "$ref" => {
                let name = rule.as_str().and_then(|path| path.strip_prefix("#/$defs/")).expect("a reference");
                conforms(value, &root["$defs"][name], root, at);
            }
            "const" => assert_eq!(value, rule, "{at}"),
            "enum" => assert!(rule.as_array().expect("values").contains(value), "{at}: {value}"),
            "type" => {
                let kind = match value {
                    Value::Null => "null",
                    Value::Bool(_) => "boolean",
                    Value::Number(_) => "integer",
                    Value::String(_) => "string",
                    Value::Array(_) => "array",
                    Value::Object(_) => "object",
                };
                let fits =
                    *rule == kind || rule.as_array().is_some_and(|kinds| kinds.iter().any(|it| it == kind));
                assert!(fits, "{at} is {kind} and not {rule}");
            }
            "required" => {
                for name in rule.as_array().expect("names") {
                    assert!(value.get(name.as_str().expect("a name")).is_some(), "{at} lacks {name}");
                }
            }
            "properties" => {
                for (name, value) in value.as_object().expect("an object") {
                    match (rule.get(name), &schema["additionalProperties"]) {
                        (Some(schema), _) => conforms(value, schema, root, &format!("{at}.{name}")),
                        (None, more) => assert_ne!(more, &Value::Bool(false), "{at}.{name}"),
                    }
                }
            }
            "additionalProperties" if rule.is_object() => {
                for (name, value) in value.as_object().expect("an object") {
                    conforms(value, rule, root, &format!("{at}.{name}"));
                }
            }
            "items" => {
                for (index, value) in value.as_array().expect("an array").iter().enumerate() {
                    conforms(value, rule, root, &format!("{at}[{index}]"));
                }
            }
            "additionalProperties" | "$schema" | "$defs" | "title" | "description" | "format" => {}
            other => panic!("the test doesn't know {other}"),
        }
    }
}

on_both!(what_is_somebody_elses_is_not_shown, async |world: World| {
    let (bea, carla) = (world.caller("billing").await, world.caller("carla").await);
    let page = privacy::find(&world.services, &bea).await.expect("a page");
    assert!(texts(&page).contains(&"Bea Brandt") && texts(&page).contains(&"billing@demo.test"));
    let files = exported(&world.services, &bea).await;
    let all = format!("{page:?}{files:?}");
    for foreign in ["Carla", "carla@demo.test", "admin@demo.test", &carla.user().to_string()] {
        assert!(!all.contains(foreign), "{foreign}");
    }
});

on_both!(readers_are_counted, async |world: World| {
    let (admin, bea) = (world.caller("admin").await, world.caller("billing").await);
    let address = async |caller: &Caller| {
        let page = privacy::find(&world.services, caller).await.expect("a page");
        let items = page.sections.into_iter().flat_map(|section| section.items);
        items.into_iter().find(|item| item.label == "E-mail address").expect("the address").readers
    };
    assert_eq!(address(&admin).await, "You only", "the only one who manages users");
    assert_eq!(address(&bea).await, "Whoever holds “Manage users”: 1 person");
    let matrix = roles::matrix(&world.services, &admin).await.expect("roles").roles;
    let system = matrix.iter().find(|role| role.system).expect("Platform admin").id;
    let tom = world.caller("tom").await.user();
    let version = users::find(&world.services, &admin, FindUser { id: tom }).await.expect("a user").version;
    let request = AssignRoles { id: tom, version, roles: vec![system] };
    users::assign_roles(&world.services, &admin, request).await.expect("a second admin");
    assert_eq!(address(&admin).await, "Whoever holds “Manage users”: 2 people");
});

on_both!(who_looked_is_told_once_a_day_and_by_name, async |world: World| {
    let bea = world.caller("billing").await;
    let (world, hand) = world.at(4_118_083_200_000).await;
    let views = async || {
        let page = privacy::find(&world.services, &bea).await.expect("a page");
        page.views.into_iter().map(|it| (it.name, it.gone, it.day.day)).collect::<Vec<_>>()
    };
    let request = || FindUser { id: bea.user() };
    let (admin, dpo) = (world.caller("admin").await, world.caller("dpo").await);
    let name = admin.session().name;
    assert_eq!(views().await, []);
    users::find(&world.services, &admin, FindUser { id: admin.user() }).await.expect("oneself");
    for _ in 0..2 {
        users::find(&world.services, &admin, request()).await.expect("a user");
    }
    assert_eq!(views().await, [(name.clone(), false, 1)]);
    let own = privacy::find(&world.services, &admin).await.expect("a page");
    assert!(own.views.is_empty(), "one's own look is none");
    hand.fetch_add(DAY, Relaxed);
    users::find(&world.services, &dpo, request()).await.expect("a user");
    let other = dpo.session().name;
    assert_eq!(views().await, [(other.clone(), false, 2), (name.clone(), false, 1)]);

    let terminate = || support::termination();
    profile::terminate(&world.services, &dpo, terminate()).await.expect("the end");
    assert_eq!(views().await, [(other, true, 2), (name, false, 1)], "the name stays");
    assert_eq!(world.throwaway.dump().await["profile_view"].len(), 2);
    hand.fetch_add(366 * DAY, Relaxed);
    store::housekeeping::tidy_up(world.services.store()).await.expect("tidied");
    assert_eq!(world.throwaway.dump().await["profile_view"].len(), 0, "after a year");
});

on_both!(looks_go_with_whom_they_concern, async |world: World| {
    let (admin, bea) = (world.caller("admin").await, world.caller("billing").await);
    users::find(&world.services, &admin, FindUser { id: bea.user() }).await.expect("a user");
    let foreign = FindUser { id: domain::UserId(domain::id::Uuid::nil()) };
    assert_eq!(users::find(&world.services, &admin, foreign).await.err(), Some(Error::NotFound));
    assert_eq!(world.throwaway.dump().await["profile_view"].len(), 1);
    let terminate = support::termination();
    profile::terminate(&world.services, &bea, terminate).await.expect("the end");
    assert_eq!(world.throwaway.dump().await["profile_view"].len(), 0);
});

on_both!(an_export_is_ones_own_and_ends, async |world: World| {
    let (bea, carla) = (world.caller("billing").await, world.caller("carla").await);
    let services = &world.services;
    assert_eq!(privacy::export(services, &bea).await, Ok(Export::Nothing));
    assert_eq!(privacy::make_next(services).await, Ok(false));
    assert!(exported(services, &bea).await.len() == 3);
    let id = ready(services, &bea).await;
    assert!(privacy::download(services, &bea, id).await.is_ok());
    assert_eq!(privacy::download(services, &carla, id).await, Err(Error::NotFound), "somebody else's");
    assert_eq!(privacy::export(services, &carla).await, Ok(Export::Nothing));
    let rows = world.throwaway.dump().await["data_export"].clone();
    assert_eq!(rows.len(), 1);
    assert!(!rows[0].contains("504b0304"), "a ZIP lies there in the clear");

    let late = |by| store::Clock::fixed(services.store().clock().now() + by);
    let still = Services::new(world.throwaway.at(late(DAY - MINUTE)).await, "http://localhost:3000");
    assert_eq!(privacy::download(&still, &bea, id).await, Err(Error::ProofNeeded), "proven a day ago");
    assert!(exports::file(still.store(), &bea.own(), id).await.is_ok());
    let over = Services::new(world.throwaway.at(late(DAY + MINUTE)).await, "http://localhost:3000");
    assert_eq!(privacy::download(&over, &bea, id).await, Err(Error::NotFound));
    assert_eq!(privacy::export(&over, &bea).await, Ok(Export::Nothing));
    store::housekeeping::tidy_up(over.store()).await.expect("tidied");
    assert_eq!(world.throwaway.dump().await["data_export"].len(), 0);
});

on_both!(exports_one_after_the_other_are_limited, async |world: World| {
    let bea = world.caller("billing").await;
    let services = &world.services;
    for _ in 0..5 {
        exported(services, &bea).await;
    }
    let limited = privacy::start_export(services, &bea).await;
    assert!(matches!(limited, Err(Error::TooManyRequests { .. })), "{limited:?}");
    assert!(
        privacy::download(services, &bea, ready(services, &bea).await).await.is_ok(),
        "the last one stays"
    );
});

on_both!(an_export_goes_with_the_account, async |world: World| {
    let bea = world.caller("billing").await;
    exported(&world.services, &bea).await;
    privacy::start_export(&world.services, &bea).await.expect("another");
    let job = exports::claim(world.services.store()).await.expect("claimed").expect("a job");
    let terminate = support::termination();
    profile::terminate(&world.services, &bea, terminate).await.expect("the end");
    // Whoever was at work on it learns that nobody wants it, and what was made is not kept.
    assert!(!exports::advance(world.services.store(), &job, 50).await.expect("an answer"));
    exports::finish(world.services.store(), &job, b"a file").await.expect("nothing to keep");
    assert_eq!(world.throwaway.dump().await["data_export"].len(), 0);
});

on_both!(asking_twice_shows_the_one_that_is_running, async |world: World| {
    let bea = world.caller("billing").await;
    let services = &world.services;
    privacy::start_export(services, &bea).await.expect("asked for");
    let job = exports::claim(services.store()).await.expect("claimed").expect("a job");
    assert!(exports::claim(&world.throwaway.second().await).await.expect("an answer").is_none(), "taken");
    assert!(exports::advance(services.store(), &job, 40).await.expect("advanced"));
    let again = privacy::start_export(services, &bea).await;
    assert_eq!(again, Ok(Export::Running { percent: 40 }));
    exports::finish(services.store(), &job, b"a file").await.expect("finished");
    let id = ready(services, &bea).await;
    assert_eq!(privacy::download(services, &bea, id).await, Ok(b"a file".to_vec()));
    assert_eq!(privacy::start_export(services, &bea).await, Ok(Export::Running { percent: 0 }), "a new one");
    assert_eq!(privacy::download(services, &bea, id).await, Err(Error::NotFound), "the old one is gone");
});

on_both!(a_server_that_dies_loses_no_export, async |world: World| {
    let bea = world.caller("billing").await;
    privacy::start_export(&world.services, &bea).await.expect("asked for");
    let (world, hand) = world.at(world_now(&bea)).await;
    let store = world.services.store();
    let dead = exports::claim(store).await.expect("claimed").expect("a job");
    assert!(exports::claim(store).await.expect("an answer").is_none(), "a lease holds");
    hand.fetch_add(6 * MINUTE, Relaxed);
    assert_eq!(privacy::make_next(&world.services).await, Ok(true));
    assert!(!exports::advance(store, &dead, 50).await.expect("an answer"), "too late");
    exports::finish(store, &dead, b"late").await.expect("nothing");
    let id = ready(&world.services, &bea).await;
    assert_ne!(privacy::download(&world.services, &bea, id).await, Ok(b"late".to_vec()));

    privacy::start_export(&world.services, &bea).await.expect("another");
    for _ in 0..3 {
        assert!(exports::claim(store).await.expect("claimed").is_some());
        hand.fetch_add(6 * MINUTE, Relaxed);
    }
    assert!(exports::claim(store).await.expect("an answer").is_none());
    store::housekeeping::tidy_up(store).await.expect("tidied");
    assert_eq!(privacy::export(&world.services, &bea).await, Ok(Export::Failed));
});

/// A moment after a session began.
fn world_now(caller: &Caller) -> i64 {
    caller.expires_at() - 7 * DAY + MINUTE
}

on_both!(an_export_takes_a_fresh_proof, async |world: World| {
    let bea = world.caller("billing").await;
    let (world, hand) = world.at(world_now(&bea) + 11 * MINUTE).await;
    assert_eq!(privacy::start_export(&world.services, &bea).await, Err(Error::ProofNeeded));
    assert_eq!(privacy::export(&world.services, &bea).await, Ok(Export::Nothing));
    assert!(privacy::find(&world.services, &bea).await.is_ok(), "looking takes none");
    hand.fetch_sub(3 * MINUTE, Relaxed);
    assert_eq!(privacy::start_export(&world.services, &bea).await, Ok(Export::Running { percent: 0 }));
});
