//! Least rights, over HTTP: every registered server function is asked with no permission, with exactly those that
//! `permissions/expected.txt` names, with everything but each one, from outside, from another organisation, and by
//! whoever is not signed in any more. The file is written by hand, and nothing of the code that decides is used
//! here. Whatever is refused leaves every row of every table as it was (`support/ground.rs`).

mod support;

use domain::profile::Terminate;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use support::{
    PASSWORD,
    bodies::{self, Ids, body, names_something, registered},
    cast::{Cast, resolve},
    expected::{Codes, Function, Least, Somebody},
    stage::{EXPECTED, End, Stage},
};

/// Somebody of the organisation itself.
fn inside(held: Codes) -> Somebody {
    Somebody { held, external: false }
}

#[test]
fn every_registered_function_has_its_line() {
    let lines: Vec<_> = EXPECTED.functions.iter().map(Function::path).collect();
    let known: BTreeSet<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(known, registered().into_iter().collect(), "permissions/expected.txt is not whole");
    assert_eq!(known.len(), lines.len(), "a function stands there twice");
    for function in &EXPECTED.functions {
        assert!(EXPECTED.fits_external(function), "{}: external users", function.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_does_not_do_and_exactly_the_least_does() {
    let mut stage = Stage::new().await;
    stage.hold(&Codes::new()).await;
    for function in &EXPECTED.functions {
        stage.ask_as_tom("without permissions", function, &inside(Codes::new())).await;
    }
    for (least, functions) in by_least() {
        let held = EXPECTED.closure(least);
        stage.hold(&held).await;
        for function in functions {
            stage.ask_as_tom("with exactly the least", function, &inside(held.clone())).await;
        }
    }
    let admin = stage.cast.admin.clone();
    for function in EXPECTED.functions.iter().filter(|function| function.least == Least::Admin) {
        let answer = stage.ask(function, Some(&admin)).await;
        stage.compare("for a platform admin", function, End::Status(function.status), &answer);
    }
    stage.end(150);
}

fn by_least() -> BTreeMap<&'static Codes, Vec<&'static Function>> {
    let mut sets = BTreeMap::<_, Vec<_>>::new();
    for function in &EXPECTED.functions {
        if let Least::Permissions(codes) = &function.least {
            sets.entry(codes).or_default().push(function);
        }
    }
    sets
}

/// What is read nowhere without a permission, and somewhere with it.
struct Secrets(Vec<(&'static str, String, bool)>);

impl Secrets {
    async fn of(stage: &Stage) -> Self {
        let Cast { services, admin, .. } = &stage.cast;
        let admin = resolve(services, admin).await;
        let partner = body("/fn/billing/find_partner", &stage.cast.ids_for("")).expect("a body");
        let partner = serde_json::from_value(partner["request"].clone()).expect("a request");
        let partner = services::billing::find_partner(services, &admin, partner).await.expect("billing");
        let own = services::billing::find_organisation(services, &admin).await.expect("billing");
        let texts = [
            ("billing.view", partner.billing.details.iban.as_str()),
            ("billing.view", own.details.iban.as_str()),
            ("partners.view", "Prefers to be called in the morning."),
            ("users.manage", "mina@demo.test"),
            ("roles.manage", r#""assignable":[{"#),
            ("history.view", r#""recent":[{"#),
            ("privacy.manage", "A question for the officer"),
            ("newsletters.manage", "Not sent yet"),
        ];
        Self(texts.map(|(code, text)| (code, without_spaces(text), false)).to_vec())
    }

    /// Those of them in an answer that whoever holds this must not read.
    fn leaked(&mut self, answer: &[u8], held: &Codes) -> Vec<String> {
        let answer = without_spaces(&String::from_utf8_lossy(answer));
        let mut leaked = Vec::new();
        for (code, text, seen) in self.0.iter_mut().filter(|(_, text, _)| answer.contains(text.as_str())) {
            if held.contains(*code) {
                *seen = true;
            } else {
                leaked.push(format!("{text} without {code}"));
            }
        }
        leaked
    }
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_but_one_permission_does_for_what_does_not_take_it_and_shows_nothing_of_it() {
    let mut stage = Stage::new().await;
    let mut secrets = Secrets::of(&stage).await;
    for missing in EXPECTED.everything() {
        let tom = inside(EXPECTED.everything_but(missing));
        stage.hold(&tom.held).await;
        for function in &EXPECTED.functions {
            let who = format!("with everything but {missing}");
            let answer = stage.ask_as_tom(&who, function, &tom).await;
            let leaked = secrets.leaked(&answer, &tom.held);
            stage.wrong.extend(leaked.into_iter().map(|text| format!("{}: {text}", function.name)));
        }
    }
    let unseen: Vec<_> = secrets.0.into_iter().filter(|(.., seen)| !seen).collect();
    assert!(unseen.is_empty(), "shown to nobody: {unseen:?}");
    stage.end(1_200);
}

#[tokio::test(flavor = "multi_thread")]
async fn external_users_never_hold_what_is_internal() {
    let mut stage = Stage::new().await;
    stage.ground.execute(FROM_OUTSIDE).await;
    let everything = EXPECTED.everything();
    stage.hold(&everything).await;
    for function in &EXPECTED.functions {
        let tom = Somebody { held: everything.clone(), external: true };
        stage.ask_as_tom("from outside with everything", function, &tom).await;
    }
    for (least, functions) in by_least() {
        let tom = Somebody { held: EXPECTED.closure(least), external: true };
        stage.hold(&tom.held).await;
        for function in functions {
            stage.ask_as_tom("from outside with exactly the least", function, &tom).await;
        }
    }
    stage.end(150);
}

const FROM_OUTSIDE: &str = "UPDATE account SET external = TRUE WHERE user_id IN
     (SELECT id FROM person WHERE name = 'Tom Lindqvist')";

/// Why somebody with a session may not come in any more, and what takes it back.
const OVER: [(&str, &str, &str); 4] = [
    (
        "suspended",
        "UPDATE account SET status = 'suspended' WHERE user_id IN (SELECT id FROM person WHERE name = 'Tom Lindqvist')",
        "UPDATE account SET status = 'active' WHERE user_id IN (SELECT id FROM person WHERE name = 'Tom Lindqvist')",
    ),
    (
        "being terminated",
        "UPDATE account SET status = 'terminating' WHERE user_id IN (SELECT id FROM person WHERE name = 'Tom Lindqvist')",
        "UPDATE account SET status = 'active' WHERE user_id IN (SELECT id FROM person WHERE name = 'Tom Lindqvist')",
    ),
    (
        "whose access has ended",
        "UPDATE account SET access_ends_at = 1 WHERE user_id IN (SELECT id FROM person WHERE name = 'Tom Lindqvist')",
        "UPDATE account SET access_ends_at = NULL WHERE user_id IN (SELECT id FROM person WHERE name = 'Tom Lindqvist')",
    ),
    (
        "whose session has ended",
        "UPDATE session SET expires_at = 1",
        "UPDATE session SET expires_at = 9000000000000",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_signed_in_any_more_is_nobody() {
    let mut stage = Stage::new().await;
    stage.hold(&EXPECTED.everything()).await;
    let tom = stage.cast.tester.clone();
    for (who, over, back) in OVER {
        stage.ground.execute(over).await;
        nobody(&mut stage, who, Some(&tom)).await;
        stage.ground.execute(back).await;
        let (status, _) = stage.ground.ask("/fn/users/list", &list_users(), Some(&tom)).await;
        assert!(status.is_success(), "{who}, and then not any more: {status}");
    }
    nobody(&mut stage, "signed out", None).await;
    let caller = resolve(&stage.cast.services, &tom).await;
    let proof = json!({ "proof": { "typed": { "proof": PASSWORD } } });
    let proof: Terminate = serde_json::from_value(proof).expect("a request");
    services::profile::terminate(&stage.cast.services, &caller, proof).await.expect("terminated");
    stage.ground.settle().await;
    nobody(&mut stage, "terminated", Some(&tom)).await;
    stage.end(600);
}

fn list_users() -> Value {
    json!({ "request": { "search": "", "after": null, "before": null } })
}

async fn nobody(stage: &mut Stage, who: &str, token: Option<&str>) {
    for function in &EXPECTED.functions {
        let answer = stage.ask(function, token).await;
        let open = function.least == Least::Anybody;
        let wanted = if open { End::Status(function.status) } else { End::Nobody };
        stage.compare(who, function, wanted, &answer);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_another_organisation_is_there() {
    let mut stage = Stage::new().await;
    let foreigner = stage.cast.foreigner.clone();
    for function in &EXPECTED.functions {
        if names_something(&function.path(), &stage.cast.ids_for(function.name)) {
            let answer = stage.ask(function, Some(&foreigner)).await;
            stage.compare("from another organisation", function, End::Status(404), &answer);
        }
    }
    for (path, body) in NESTED {
        let foreign = stage.ground.ask(path, &body(&stage.cast.ids_for(path)), Some(&foreigner)).await;
        let missing = stage.ground.ask(path, &body(&bodies::nothing()), Some(&foreigner)).await;
        assert_eq!(foreign, missing, "{path}: what is foreign against what is not there");
    }
    stage.end(35);
}

/// A path, and a body for these ids.
type Nested = (&'static str, fn(&Ids) -> Value);

/// Ids that stand within a body and are not what it is about.
const NESTED: [Nested; 6] = [
    (
        "/fn/users/create",
        |ids| json!({ "request": { "name": "N", "email": "n@south.test", "external": false, "roles": [ids.role] } }),
    ),
    (
        "/fn/users/list",
        |ids| json!({ "request": { "search": "", "after": null, "before": null, "role": ids.role } }),
    ),
    ("/fn/users/list", |ids| json!({ "request": { "search": "", "after": ids.user, "before": null } })),
    ("/fn/partners/list", |ids| {
        json!({ "request": { "search": "", "status": "active", "sort": "name", "after": ids.partner,
            "before": null } })
    }),
    (
        "/fn/requests/list",
        |ids| json!({ "request": { "state": "open", "after": ids.request, "before": null } }),
    ),
    ("/fn/history/list", |ids| json!({ "request": { "about": ids.partner, "after": null } })),
];

/// The role "Theirs" is held by everybody that somebody can be about to touch.
const THEY_HOLD: &str = "INSERT INTO role_assignment (user_id, role_id) SELECT p.id, r.id FROM person p
     JOIN role r ON r.organisation_id = p.organisation_id
     WHERE r.name = 'Theirs' AND p.name IN ('Mina Haddad', 'Vincent Okoro', 'Ida Invited')";

#[tokio::test(flavor = "multi_thread")]
async fn nobody_touches_or_hands_out_what_they_do_not_hold() {
    let mut stage = Stage::new().await;
    stage.ground.throwaway.execute(THEY_HOLD).await;
    for code in EXPECTED.everything() {
        let theirs: Vec<_> = EXPECTED.with_what_it_brings(code).into_iter().collect();
        stage.ground.throwaway.let_role_hold(stage.cast.their_role, &theirs).await;
        let but = (format!("of what holds {code}, without it"), EXPECTED.everything_but(code), false);
        let all = (format!("of what holds {code}, with it"), EXPECTED.everything(), true);
        for (who, held, may) in [but, all] {
            stage.hold(&held).await;
            for function in EXPECTED.functions.iter().filter(|function| function.theirs) {
                let token = stage.cast.tester.clone();
                let body = body_of_theirs(function, &stage.cast);
                let answer = stage.ask_with(function, &body, Some(&token)).await;
                let wanted = if may { End::Status(function.status) } else { End::Forbidden };
                stage.compare(&who, function, wanted, &answer);
            }
        }
    }
    stage.end(300);
}

fn body_of_theirs(function: &Function, cast: &Cast) -> Value {
    let role = cast.their_role.to_string();
    if function.name == "users/create" {
        return json!({ "request": { "name": "N", "email": "n@demo.test", "external": false, "roles": [role] } });
    }
    body(&function.path(), &Ids { role, ..cast.ids_for(function.name) }).expect("a body")
}
