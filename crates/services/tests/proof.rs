//! Proving anew who one is: by a code, a recovery code or a passkey. The password is in `sign_ins.rs`.

mod support;

use domain::{
    Conflict, Error, Field, FieldError, Problem, UserId,
    profile::Terminate,
    second_factor::{AddPasskey, RemovePasskey, ResetSecondFactor},
    sign_in::{Prove, Visitor},
    users::{FindUser, UpdateUser},
};
use services::{Services, passkeys, profile, second_factor, sign_in, users};
use std::sync::atomic::Ordering;
use store::Caller;
use support::{PASSWORD, World, authenticator::Authenticator, phone::Phone};

/// As long as a proof is no longer fresh.
const LONG: i64 = 10 * 60 * 1000 + 1;

async fn typed(services: &Services, caller: &Caller, proof: &str) -> Result<(), Error> {
    sign_in::prove(services, caller, Prove::Typed { proof: proof.into() }).await
}

fn wrong(problem: Problem) -> Result<(), Error> {
    Err(FieldError { field: Field::Proof, problem }.into())
}

/// Signs in by password and code, and lets the proof of that grow old.
async fn long_ago(phone: &Phone) -> String {
    let challenge = phone.challenge("billing@demo.test").await;
    let token = phone.token(&challenge, &phone.code()).await.expect("signed in");
    phone.clock.fetch_add(LONG, Ordering::Relaxed);
    let caller = caller(&phone.services, &token).await;
    assert_eq!(second_factor::renew_codes(&phone.services, &caller).await.map(drop), Err(Error::ProofNeeded));
    token
}

async fn caller(services: &Services, token: &str) -> Caller {
    sign_in::resolve(services, token).await.expect("an answer").expect("somebody")
}

on_both!(a_proof_is_fresh_for_ten_minutes, async |world: World| {
    let phone = Phone::set_up(&world, &world.caller("billing").await).await;
    let challenge = phone.challenge("billing@demo.test").await;
    let token = phone.token(&challenge, &phone.code()).await.expect("signed in");
    let mut answers = Vec::new();
    for passed in [LONG - 1, 1] {
        phone.clock.fetch_add(passed, Ordering::Relaxed);
        let bea = caller(&phone.services, &token).await;
        answers.push(second_factor::renew_codes(&phone.services, &bea).await.map(drop));
    }
    assert_eq!(answers, [Ok(()), Err(Error::ProofNeeded)]);
});

on_both!(a_code_proves_it_once, async |world: World| {
    let phone = Phone::set_up(&world, &world.caller("billing").await).await;
    let token = long_ago(&phone).await;
    let (services, bea) = (&phone.services, caller(&phone.services, &token).await);
    assert_eq!(typed(services, &bea, &phone.wrong_code()).await, wrong(Problem::WrongCode));
    let code = phone.code();
    assert_eq!(typed(services, &bea, &code).await, Ok(()));
    assert_eq!(typed(services, &bea, &code).await, wrong(Problem::WrongCode), "used already");
    let bea = caller(services, &token).await;
    assert!(second_factor::renew_codes(services, &bea).await.is_ok(), "the proof is fresh");
});

on_both!(a_recovery_code_proves_it_and_so_does_a_password_that_looks_like_one, async |world: World| {
    let phone = Phone::set_up(&world, &world.caller("billing").await).await;
    let token = long_ago(&phone).await;
    let (services, bea) = (&phone.services, caller(&phone.services, &token).await);
    let code = &phone.recovery_codes[0];
    assert_eq!(typed(services, &bea, code).await, Ok(()));
    assert_eq!(typed(services, &bea, code).await, wrong(Problem::WrongPassword), "used already");
    assert_eq!(second_factor::find(services, &bea).await.expect("found").recovery_codes, 9);
    assert_eq!(typed(services, &bea, PASSWORD).await, Ok(()));
    assert_eq!(typed(services, &bea, "").await, wrong(Problem::Missing));
});

on_both!(somebody_elses_code_proves_nothing, async |world: World| {
    let phone = Phone::set_up(&world, &world.caller("billing").await).await;
    let carla = world.caller("carla").await;
    assert_eq!(typed(&phone.services, &carla, &phone.code()).await, wrong(Problem::WrongCode));
    let code = &phone.recovery_codes[0];
    assert_eq!(typed(&phone.services, &carla, code).await, wrong(Problem::WrongPassword));
    let bea = long_ago(&phone).await;
    assert_eq!(
        typed(&phone.services, &caller(&phone.services, &bea).await, code).await,
        Ok(()),
        "it is there yet"
    );
});

on_both!(guessing_codes_is_limited, async |world: World| {
    let phone = Phone::set_up(&world, &world.caller("billing").await).await;
    let token = long_ago(&phone).await;
    let (services, bea) = (&phone.services, caller(&phone.services, &token).await);
    for _ in 0..5 {
        assert_eq!(typed(services, &bea, &phone.wrong_code()).await, wrong(Problem::WrongCode));
    }
    let refused = typed(services, &bea, &phone.code()).await;
    assert!(matches!(refused, Err(Error::TooManyRequests { .. })), "{refused:?}");
    assert_eq!(typed(services, &bea, PASSWORD).await, Ok(()), "the password is limited by itself");
});

/// A passkey of the caller.
async fn add_passkey(services: &Services, caller: &Caller) -> Authenticator {
    let mut device = Authenticator::new(1);
    let question = passkeys::begin_adding(services, caller).await.expect("asked");
    let answer = device.create(&question.options);
    let new = AddPasskey { token: question.token, answer, name: "Phone".into() };
    passkeys::add(services, caller, new).await.expect("added");
    device
}

async fn by_passkey(services: &Services, device: &mut Authenticator) -> Prove {
    let question = passkeys::begin_sign_in(services, Visitor::default()).await.expect("asked");
    let answer = device.get(&question.options);
    Prove::Passkey { token: question.token, answer }
}

/// Ends the account of the caller; whether it could.
async fn end(services: &Services, caller: &Caller, proof: Prove) -> Result<(), Error> {
    profile::terminate(services, caller, Terminate { proof }).await.map(drop)
}

on_both!(an_account_ends_by_a_code, async |world: World| {
    let phone = Phone::set_up(&world, &world.caller("billing").await).await;
    let token = long_ago(&phone).await;
    let (services, bea) = (&phone.services, caller(&phone.services, &token).await);
    let by = |proof: &str| Prove::Typed { proof: proof.into() };
    assert_eq!(end(services, &bea, by(&phone.wrong_code())).await, wrong(Problem::WrongCode));
    assert_eq!(typed(services, &bea, PASSWORD).await, Ok(()), "the account is there, and proved");
    assert_eq!(end(services, &bea, by("")).await, wrong(Problem::Missing), "a proof before is not enough");
    assert_eq!(end(services, &bea, by(&phone.code())).await, Ok(()));
    assert!(sign_in::resolve(services, &token).await.expect("an answer").is_none());
});

on_both!(an_account_ends_by_a_passkey_of_its_own, async |world: World| {
    let (services, bea) = (&world.services, world.caller("billing").await);
    let carla = world.caller("carla").await;
    let mut device = add_passkey(services, &bea).await;
    let proof = by_passkey(services, &mut device).await;
    assert_eq!(end(services, &carla, proof).await, Err(Conflict::PasskeyRefused.into()), "somebody else's");
    let proof = by_passkey(services, &mut device).await;
    assert_eq!(end(services, &bea, proof).await, Ok(()));
    let gone = world.try_sign_in("billing@demo.test").await;
    assert_eq!(gone.err(), Some(Conflict::WrongCredentials.into()));
});

on_both!(a_passkey_proves_it_for_its_user_alone, async |world: World| {
    let (services, bea) = (&world.services, world.caller("billing").await);
    let mut device = add_passkey(services, &bea).await;
    let mut prove = async |caller: &Caller| {
        let request = by_passkey(services, &mut device).await;
        (sign_in::prove(services, caller, request.clone()).await, request)
    };
    let refused = Err(Error::Conflict(Conflict::PasskeyRefused));
    let carla = world.caller("carla").await;
    assert_eq!(prove(&carla).await.0, refused, "somebody else's");
    let (proved, request) = prove(&bea).await;
    assert_eq!(proved, Ok(()));
    assert_eq!(sign_in::prove(services, &bea, request).await, refused, "a replay");
    sign_in::sign_out(services, &bea).await.expect("signed out");
    assert_eq!(prove(&bea).await.0, Err(Error::Unauthenticated), "the session has ended");
});

/// What somebody comes to who changes how they sign in, or how somebody else does.
async fn attempts(services: &Services, token: &str, whom: UserId) -> Vec<(&'static str, Result<(), Error>)> {
    let who = caller(services, token).await;
    let passkeys = second_factor::find(services, &who).await.expect("found").passkeys;
    let user = users::find(services, &who, FindUser { id: whom }).await.expect("a user");
    let other = UpdateUser {
        id: whom,
        version: user.version,
        name: user.name,
        email: "elsewhere@demo.test".into(),
        external: false,
        access_ends: String::new(),
        language: user.language,
    };
    vec![
        ("adding a passkey", passkeys::begin_adding(services, &who).await.map(drop)),
        ("an app", second_factor::begin(services, &who).await.map(drop)),
        ("another's address", users::update(services, &who, other).await.map(drop)),
        (
            "another's factors",
            second_factor::reset(services, &who, ResetSecondFactor { id: whom }).await.map(drop),
        ),
        (
            "removing a passkey",
            passkeys::remove(services, &who, RemovePasskey { id: passkeys[0].id }).await.map(drop),
        ),
    ]
}

on_both!(how_somebody_signs_in_changes_by_a_fresh_proof_alone, async |world: World| {
    let bea = world.caller("billing").await;
    let phone = Phone::set_up(&world, &bea).await;
    let token = world.token("admin").await;
    let admin = caller(&world.services, &token).await;
    add_passkey(&world.services, &admin).await;
    let signed_in =
        admin.expires_at() - i64::try_from(world.services.session_seconds()).expect("a week") * 1000;
    phone.clock.store(signed_in + LONG, Ordering::Relaxed);
    let services = &phone.services;
    for (what, end) in attempts(services, &token, bea.user()).await {
        assert_eq!(end, Err(Error::ProofNeeded), "{what}");
    }
    assert_eq!(typed(services, &caller(services, &token).await, PASSWORD).await, Ok(()));
    for (what, end) in attempts(services, &token, bea.user()).await {
        assert_eq!(end, Ok(()), "{what}");
    }
});
