//! Limits on attempts: what they let through, for whom, and that they outlive a server.

mod support;

use domain::{
    Conflict, Error, NetworkRange,
    sign_in::{Prove, SignIn, Visitor},
    users::CreateUser,
};
use services::{Services, profile, sign_in, users};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use store::limits::{self, Attempt, Limit, Whom};
use support::{PASSWORD, World};

/// 24 November 2026, noon, UTC.
const NOON: i64 = 1_795_521_600_000;
const MINUTE: i64 = 60 * 1000;

fn clock() -> Arc<AtomicI64> {
    Arc::new(AtomicI64::new(NOON))
}

fn visitor(address: &str) -> Visitor {
    Visitor { range: NetworkRange::of(address.parse().expect("an address")), ..Visitor::default() }
}

async fn attempt(services: &Services, from: &str, email: &str, password: &str) -> Result<(), Error> {
    let request = SignIn {
        email: email.into(),
        password: password.into(),
        organisation: String::new(),
        return_to: String::new(),
    };
    sign_in::sign_in(services, visitor(from), request).await.map(drop)
}

async fn wrong(services: &Services, email: &str) -> Result<(), Error> {
    attempt(services, "192.0.2.1", email, "not the password").await
}

fn refused() -> Result<(), Error> {
    Err(Conflict::WrongCredentials.into())
}

fn wait(minutes: u32) -> Result<(), Error> {
    Err(Error::TooManyRequests { retry_after: minutes * 60 })
}

on_both!(known_unknown_invited_and_terminated_accounts_answer_alike, async |world: World| {
    let admin = world.caller("admin").await;
    let invited = CreateUser { name: "Nora".into(), email: "nora@demo.test".into(), ..CreateUser::default() };
    users::create(&world.services, &admin, invited).await.expect("invited");
    let tom = world.caller("tom").await;
    profile::terminate(&world.services, &tom, support::termination()).await.expect("the end");
    let services = world.server_at(&clock()).await;
    for email in ["billing@demo.test", "nobody@demo.test", "nora@demo.test", "tom@demo.test"] {
        for _ in 0..10 {
            assert_eq!(wrong(&services, email).await, refused(), "{email}");
        }
        assert_eq!(wrong(&services, email).await, wait(3), "{email}");
    }
    let right = attempt(&services, "198.51.100.1", "billing@demo.test", PASSWORD).await;
    assert_eq!(right, wait(3), "not even with the right password, from anywhere");
    let other = attempt(&services, "192.0.2.1", "viewer@demo.test", PASSWORD).await;
    assert_eq!(other, Ok(()), "nobody else is touched");
});

on_both!(after_the_wait_there_is_one_more_attempt_and_success_forgets, async |world: World| {
    let clock = clock();
    let services = world.server_at(&clock).await;
    let email = "billing@demo.test";
    for _ in 0..10 {
        assert_eq!(wrong(&services, email).await, refused());
    }
    clock.fetch_add(3 * MINUTE - 1, Ordering::Relaxed);
    assert_eq!(wrong(&services, email).await, Err(Error::TooManyRequests { retry_after: 1 }));
    clock.fetch_add(1, Ordering::Relaxed);
    assert_eq!(wrong(&services, email).await, refused());
    assert_eq!(wrong(&services, email).await, wait(3));
    clock.fetch_add(3 * MINUTE, Ordering::Relaxed);
    assert_eq!(attempt(&services, "192.0.2.1", email, PASSWORD).await, Ok(()));
    assert_eq!(wrong(&services, email).await, refused(), "the account starts anew");
});

on_both!(a_range_is_limited_over_all_accounts, async |world: World| {
    let services = world.server_at(&clock()).await;
    for number in 0..60 {
        let from = format!("192.0.2.{number}");
        let answer = attempt(&services, &from, &format!("user{number}@demo.test"), "wrong").await;
        assert_eq!(answer, refused(), "{number}");
    }
    let too_many = Err(Error::TooManyRequests { retry_after: 10 });
    let mapped = attempt(&services, "::ffff:192.0.2.250", "billing@demo.test", PASSWORD).await;
    assert_eq!(mapped, too_many, "the same range, written otherwise");
    let neighbour = attempt(&services, "192.0.3.1", "billing@demo.test", PASSWORD).await;
    assert_eq!(neighbour, Ok(()), "what the range was refused cost the account nothing");
});

on_both!(success_gives_a_range_back_its_own_attempt_only, async |world: World| {
    let services = world.server_at(&clock()).await;
    for number in 0..59 {
        assert_eq!(wrong(&services, &format!("user{number}@demo.test")).await, refused());
    }
    for _ in 0..3 {
        assert_eq!(attempt(&services, "192.0.2.1", "billing@demo.test", PASSWORD).await, Ok(()));
    }
    assert_eq!(wrong(&services, "last@demo.test").await, refused());
    let refused = wrong(&services, "more@demo.test").await;
    assert_eq!(refused, Err(Error::TooManyRequests { retry_after: 10 }));
});

on_both!(of_many_at_once_on_two_servers_ten_get_through, async |world: World| {
    let clock = clock();
    let stores =
        [world.server_at(&clock).await.store().clone(), world.server_at(&clock).await.store().clone()];
    let mut tasks = Vec::new();
    for number in 0..40 {
        let store = stores[number % 2].clone();
        tasks.push(tokio::spawn(async move {
            let email = domain::Email::parse("somebody@demo.test").expect("an address");
            let attempt = Attempt::new(&store, Limit::SignIn, Whom::Nowhere("", &email), None);
            limits::charge(&store, &attempt).await
        }));
    }
    let mut passed = 0;
    for task in tasks {
        match task.await.expect("done").map_err(Error::from) {
            Ok(()) => passed += 1,
            Err(error) => assert_eq!(error, Error::TooManyRequests { retry_after: 180 }),
        }
    }
    assert_eq!(passed, 10);
});

on_both!(a_restart_and_a_second_server_know_what_was_tried, async |world: World| {
    let clock = clock();
    let first = world.server_at(&clock).await;
    for _ in 0..6 {
        assert_eq!(wrong(&first, "billing@demo.test").await, refused());
    }
    first.store().close().await;
    let second = world.server_at(&clock).await;
    for _ in 0..4 {
        assert_eq!(wrong(&second, "billing@demo.test").await, refused());
    }
    assert_eq!(wrong(&second, "billing@demo.test").await, wait(3));
});

on_both!(a_clock_that_jumps_back_neither_locks_for_long_nor_opens, async |world: World| {
    let clock = clock();
    let services = world.server_at(&clock).await;
    for _ in 0..10 {
        assert_eq!(wrong(&services, "billing@demo.test").await, refused());
    }
    clock.fetch_sub(7 * 24 * 60 * MINUTE, Ordering::Relaxed);
    assert_eq!(wrong(&services, "billing@demo.test").await, wait(3), "it stays shut");
    clock.fetch_add(3 * MINUTE, Ordering::Relaxed);
    assert_eq!(wrong(&services, "billing@demo.test").await, refused(), "and opens as always");
    assert_eq!(wrong(&services, "billing@demo.test").await, wait(3));
});

on_both!(nothing_is_kept_for_longer_than_an_hour, async |world: World| {
    let clock = clock();
    let services = world.server_at(&clock).await;
    let count = async || world.throwaway.dump().await["attempt"].len();
    assert_eq!(wrong(&services, "billing@demo.test").await, refused());
    assert_eq!(count().await, 2, "an account and a range");
    clock.fetch_sub(24 * 60 * MINUTE, Ordering::Relaxed);
    limits::sweep(services.store()).await.expect("swept");
    assert_eq!(count().await, 2);
    clock.fetch_add(60 * MINUTE, Ordering::Relaxed);
    limits::sweep(services.store()).await.expect("swept");
    assert_eq!(count().await, 0);
});

on_both!(what_was_counted_for_an_account_ends_with_it, async |world: World| {
    let billing = world.caller("billing").await;
    limits::sweep(world.services.store()).await.expect("swept");
    assert_eq!(wrong(&world.services, "billing@demo.test").await, refused());
    let bad = Prove::Typed { proof: "not the password".into() };
    assert!(sign_in::prove(&world.services, &billing, bad).await.is_err());
    assert_eq!(world.throwaway.dump().await["attempt"].len(), 3, "an account twice, and a range");
    let request = support::termination();
    profile::terminate(&world.services, &billing, request).await.expect("the end");
    assert_eq!(world.throwaway.dump().await["attempt"].len(), 1, "the range");
});

on_both!(proofs_are_limited_by_themselves, async |world: World| {
    let services = world.server_at(&clock()).await;
    let billing = world.caller("billing").await;
    let prove = async |password: &str| {
        sign_in::prove(&services, &billing, Prove::Typed { proof: password.into() }).await
    };
    for _ in 0..10 {
        assert!(matches!(prove("not the password").await, Err(Error::Invalid(_))));
    }
    assert_eq!(prove(PASSWORD).await, wait(3));
    assert_eq!(attempt(&services, "192.0.2.1", "billing@demo.test", PASSWORD).await, Ok(()));
});
