//! Bad input to the matrix, as it comes over HTTP: each kind has an answer of its own, and changes nothing.

mod support;

use app::Failure;
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::{Conflict, Error, Field, FieldError, Problem};
use serde_json::{Value, json};
use support::World;

fn wrong(field: Field, problem: Problem) -> Failure {
    Error::from(FieldError { field, problem }).into()
}

/// A role of the demo that has not been changed yet.
async fn role(world: &World, name: &str) -> Value {
    let request = Request::post("/fn/roles/matrix").body(Body::empty()).expect("a request");
    let (_, answer) =
        world.browser("admin").await.saying("content-type", "application/json").ask(request).await;
    let matrix: Value = serde_json::from_str(&answer).expect("the matrix");
    let roles = matrix["roles"].as_array().expect("roles");
    let role = roles.iter().find(|role| role["name"] == name).expect("the role");
    assert_eq!(role["version"], 1);
    role["id"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_has_a_clear_answer_and_changes_nothing() {
    let world = World::new().await;
    let id = role(&world, "Billing manager").await;
    let system = role(&world, "Platform admin").await;
    let nothing = "01900000-0000-7000-8000-000000000000";
    let cases = [
        ("roles/set_permissions", json!({ "id": id, "permissions": [] }), Failure::malformed()),
        (
            "roles/set_permissions",
            json!({ "id": id, "version": null, "permissions": [] }),
            Failure::malformed(),
        ),
        (
            "roles/set_permissions",
            json!({ "id": id, "version": "1", "permissions": [] }),
            Failure::malformed(),
        ),
        ("roles/set_permissions", json!({ "id": id, "version": 1 }), Failure::malformed()),
        (
            "roles/set_permissions",
            json!({ "id": "1", "version": 1, "permissions": [] }),
            Failure::malformed(),
        ),
        (
            "roles/set_permissions",
            json!({ "id": id, "version": 1, "permissions": ["billing.everything"] }),
            Failure::malformed(),
        ),
        (
            "roles/set_permissions",
            json!({ "id": id, "version": 1, "permissions": ["PARTNERS.VIEW"] }),
            Failure::malformed(),
        ),
        (
            "roles/set_permissions",
            json!({ "id": id, "version": 1, "permissions": [], "system": true }),
            Failure::malformed(),
        ),
        (
            "roles/set_permissions",
            json!({ "id": id, "version": 1, "permissions": ["billing.edit"] }),
            wrong(Field::Permissions, Problem::NotClosed),
        ),
        (
            "roles/set_permissions",
            json!({ "id": id, "version": 1, "permissions": ["partners.view", "billing.edit"] }),
            wrong(Field::Permissions, Problem::NotClosed),
        ),
        (
            "roles/set_permissions",
            json!({ "id": id, "version": 0, "permissions": [] }),
            Error::from(Conflict::Stale).into(),
        ),
        (
            "roles/set_permissions",
            json!({ "id": system, "version": 1, "permissions": [] }),
            Error::from(Conflict::SystemRole).into(),
        ),
        (
            "roles/set_permissions",
            json!({ "id": nothing, "version": 1, "permissions": [] }),
            Error::NotFound.into(),
        ),
        ("roles/rename", json!({ "id": id, "name": "Renamed" }), Failure::malformed()),
        ("roles/delete", json!({ "id": id }), Failure::malformed()),
        ("roles/copy", json!({ "id": id, "name": "A copy" }), Failure::malformed()),
        ("roles/copy", json!({ "id": id, "version": 1 }), Failure::malformed()),
        (
            "roles/copy",
            json!({ "id": id, "version": 1, "name": "A copy", "permissions": ["partners.view"] }),
            Failure::malformed(),
        ),
        ("roles/copy", json!({ "id": nothing, "version": 1, "name": "A copy" }), Error::NotFound.into()),
        (
            "roles/create",
            json!({ "name": "x".repeat(10_000) }),
            wrong(Field::Name, Problem::TooLong { most: 60 }),
        ),
        (
            "roles/create",
            json!({ "name": "admin\u{202e}nimda" }),
            wrong(Field::Name, Problem::ControlCharacters),
        ),
        ("roles/create", json!({ "name": "" }), wrong(Field::Name, Problem::Missing)),
        ("roles/create", json!({ "name": "Platform admin" }), Error::from(Conflict::NameTaken).into()),
    ];
    let admin = world.browser("admin").await;
    let before = world.throwaway.dump().await;
    for (function, request, failure) in cases {
        let (status, answer) = admin.call(function, request.clone()).await;
        let Failure::Refused(error) = &failure else { panic!("a refusal") };
        assert_eq!(status.as_u16(), error.status(), "{function} {request}");
        assert_eq!(answer, serde_json::to_string(&failure).expect("JSON"), "{function} {request}");
    }
    assert!(world.throwaway.dump().await == before, "something was changed");
}

/// The same requests, made well.
#[tokio::test(flavor = "multi_thread")]
async fn good_input_of_unusual_kinds_is_taken() {
    let world = World::new().await;
    let id = role(&world, "Billing manager").await;
    let admin = world.browser("admin").await;
    for (function, request) in [
        ("roles/create", json!({ "name": "🦊 مدير" })),
        ("roles/copy", json!({ "id": id, "version": 1, "name": "👩‍👩‍👧" })),
        (
            "roles/set_permissions",
            json!({ "id": id, "version": 1, "permissions": ["billing.view", "partners.view", "partners.view"] }),
        ),
    ] {
        let (status, answer) = admin.call(function, request).await;
        assert_eq!(status, StatusCode::OK, "{function} {answer}");
    }
}
