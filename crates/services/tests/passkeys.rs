//! Passkeys: adding one, signing in with it, and all that is refused.

mod support;

use domain::{
    Conflict, Error,
    name::PasskeyName,
    second_factor::{AddPasskey, MOST_PASSKEYS, RemovePasskey, RenamePasskey, UsePasskey},
    sign_in::{SignIn, Visitor},
};
use services::{
    Services, passkeys, second_factor,
    sign_in::{self, Entry},
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use store::Caller;
use support::{PASSWORD, World, authenticator::Authenticator};

const REFUSED: Error = Error::Conflict(Conflict::PasskeyRefused);

async fn add(services: &Services, caller: &Caller, device: &mut Authenticator) -> Result<usize, Error> {
    let question = passkeys::begin_adding(services, caller).await?;
    let answer = device.create(&question.options);
    let request = AddPasskey { token: question.token, answer, name: "Phone".into() };
    Ok(passkeys::add(services, caller, request).await?.codes.len())
}

async fn enter(services: &Services, device: &mut Authenticator) -> Result<Caller, Error> {
    let question = passkeys::begin_sign_in(services, Visitor::default()).await?;
    let answer = device.get(&question.options);
    use_answer(services, &question.token, answer).await
}

async fn use_answer(services: &Services, token: &str, answer: String) -> Result<Caller, Error> {
    let request = UsePasskey { token: token.into(), answer, return_to: "/".into() };
    let signed_in = passkeys::sign_in(services, Visitor::default(), request).await?;
    sign_in::resolve(services, &signed_in.token).await?.ok_or(Error::Unauthenticated)
}

on_both!(a_passkey_signs_its_user_in_and_nobody_else, async |world: World| {
    let (services, bea) = (&world.services, world.caller("billing").await);
    let (mut device, mut other) = (Authenticator::new(1), Authenticator::new(2));
    assert_eq!(add(services, &bea, &mut device).await, Ok(10), "recovery codes come with the first factor");
    let carla = world.caller("carla").await;
    assert_eq!(add(services, &carla, &mut other).await, Ok(10));
    assert_eq!(enter(services, &mut device).await.expect("signed in").user(), bea.user());
    assert_eq!(enter(services, &mut other).await.expect("signed in").user(), carla.user());
    let found = second_factor::find(services, &bea).await.expect("found");
    assert!(found.passkeys.len() == 1 && found.passkeys[0].used.is_some() && !found.totp);
    assert_eq!(
        enter(services, &mut Authenticator::new(3)).await.map(drop),
        Err(REFUSED),
        "nobody has that one"
    );
});

on_both!(with_a_passkey_the_password_alone_no_longer_does, async |world: World| {
    let (services, bea) = (&world.services, world.caller("billing").await);
    add(services, &bea, &mut Authenticator::new(1)).await.expect("added");
    let request = SignIn {
        email: "billing@demo.test".into(),
        password: PASSWORD.into(),
        organisation: String::new(),
        return_to: String::new(),
    };
    let entry = sign_in::sign_in(services, Visitor::default(), request).await.expect("the right password");
    let Entry::SecondFactor(challenge) = entry else { panic!("a session began without the passkey") };
    let asked = second_factor::asked(services, &challenge).await.expect("asked");
    assert_eq!((asked.totp, asked.passkey), (false, true));
    let id = second_factor::find(services, &bea).await.expect("found").passkeys[0].id;
    let left = passkeys::remove(services, &bea, RemovePasskey { id }).await.expect("removed");
    assert!(!left.is_on() && left.recovery_codes == 0);
    assert!(world.try_sign_in("billing@demo.test").await.is_ok());
});

on_both!(what_does_not_fit_is_refused_in_the_same_words, async |world: World| {
    let (services, bea) = (&world.services, world.caller("billing").await);
    let mut device = Authenticator::new(1);
    device.origin = "http://localhost:4000".into();
    assert_eq!(add(services, &bea, &mut device).await, Err(REFUSED), "another origin");
    device.origin = "http://localhost:3000".into();
    let question = passkeys::begin_adding(services, &bea).await.expect("asked");
    let answer = device.create(&question.options);
    let request = AddPasskey { token: question.token, answer, name: "Phone".into() };
    let carla = world.caller("carla").await;
    assert_eq!(
        passkeys::add(services, &carla, request.clone()).await.map(drop),
        Err(REFUSED),
        "somebody else's"
    );
    passkeys::add(services, &bea, request.clone()).await.expect("added");
    assert_eq!(passkeys::add(services, &bea, request).await.map(drop), Err(REFUSED), "answered already");

    device.origin = "https://evil.example".into();
    assert_eq!(enter(services, &mut device).await.map(drop), Err(REFUSED), "another origin");
    device.origin = "http://localhost:3000".into();
    device.verifies = false;
    assert_eq!(enter(services, &mut device).await.map(drop), Err(REFUSED), "not verified");
    device.verifies = true;
    let question = passkeys::begin_sign_in(services, Visitor::default()).await.expect("asked");
    let answer = device.get(&question.options);
    assert_eq!(use_answer(services, "made up", answer.clone()).await.map(drop), Err(REFUSED));
    assert!(use_answer(services, &question.token, answer.clone()).await.is_ok());
    assert_eq!(use_answer(services, &question.token, answer).await.map(drop), Err(REFUSED), "a replay");
    device.counter = 5;
    assert!(enter(services, &mut device).await.is_ok());
    device.counter = 4;
    assert_eq!(enter(services, &mut device).await.map(drop), Err(REFUSED), "a copy that counts on its own");
    let nonsense = use_answer(services, "made up", "{}".into()).await.map(drop);
    assert_eq!(nonsense, Err(REFUSED));
});

on_both!(questions_end_by_themselves, async |world: World| {
    let bea = world.caller("billing").await;
    // Just after she signed in, so that the proof of that is fresh.
    let seconds = i64::try_from(world.services.session_seconds()).expect("a week");
    let clock = Arc::new(AtomicI64::new(bea.expires_at() - seconds * 1000));
    let services = world.server_at(&clock).await;
    let mut device = Authenticator::new(1);
    add(&services, &bea, &mut device).await.expect("added");
    let question = passkeys::begin_sign_in(&services, Visitor::default()).await.expect("asked");
    let answer = device.get(&question.options);
    clock.fetch_add(5 * 60 * 1000, Ordering::Relaxed);
    assert_eq!(use_answer(&services, &question.token, answer).await.map(drop), Err(REFUSED));
    assert!(enter(&services, &mut device).await.is_ok(), "a new question can be answered");
});

on_both!(the_names_are_ones_own_to_change_and_all_goes_with_the_account, async |world: World| {
    let (services, bea, carla) =
        (&world.services, world.caller("billing").await, world.caller("carla").await);
    let mut device = Authenticator::new(1);
    add(services, &bea, &mut device).await.expect("added");
    let id = second_factor::find(services, &bea).await.expect("found").passkeys[0].id;
    let rename = |name: &str| RenamePasskey { id, name: name.into() };
    assert_eq!(passkeys::rename(services, &carla, rename("Mine")).await, Err(Error::NotFound));
    let theirs = passkeys::remove(services, &carla, RemovePasskey { id }).await;
    assert_eq!(theirs, Err(Error::NotFound));
    let long = "x".repeat(PasskeyName::MOST as usize + 1);
    assert!(matches!(passkeys::rename(services, &bea, rename(&long)).await, Err(Error::Invalid(_))));
    let renamed = passkeys::rename(services, &bea, rename("Work phone")).await.expect("renamed");
    assert_eq!(renamed.passkeys[0].name, "Work phone");
    let end = support::termination();
    services::profile::terminate(services, &bea, end).await.expect("the end");
    assert_eq!(enter(services, &mut device).await.map(drop), Err(REFUSED));
    assert!(world.throwaway.dump().await["passkey"].is_empty());
});

on_both!(no_more_passkeys_are_added_than_may_be, async |world: World| {
    let (services, bea) = (&world.services, world.caller("billing").await);
    let mut waiting = Vec::new();
    for seed in 0..2 {
        let mut device = Authenticator::new(100 + seed);
        let question = passkeys::begin_adding(services, &bea).await.expect("asked");
        let answer = device.create(&question.options);
        waiting.push(AddPasskey { token: question.token, answer, name: "Late".into() });
    }
    for seed in 1..MOST_PASSKEYS {
        add(services, &bea, &mut Authenticator::new(u8::try_from(seed).expect("few"))).await.expect("added");
    }
    let last = passkeys::add(services, &bea, waiting.remove(0)).await.map(drop);
    assert_eq!(last, Ok(()), "the twentieth");
    let too_many = Err(Error::Conflict(Conflict::TooManyPasskeys));
    assert_eq!(passkeys::add(services, &bea, waiting.remove(0)).await.map(drop), too_many);
    assert_eq!(passkeys::begin_adding(services, &bea).await.map(drop), too_many);
});

on_both!(questions_for_anybody_are_limited, async |world: World| {
    let services = world.server_at(&Arc::new(AtomicI64::new(0))).await;
    for _ in 0..60 {
        passkeys::begin_sign_in(&services, Visitor::default()).await.expect("asked");
    }
    let refused = passkeys::begin_sign_in(&services, Visitor::default()).await.map(drop);
    assert!(matches!(refused, Err(Error::TooManyRequests { .. })), "{refused:?}");
});
