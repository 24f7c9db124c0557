//! One's own sign-ins, the mails about them, fresh proofs, and changing the password.

mod support;

use domain::{
    Conflict, Error, Field, FieldError, Language, Problem,
    billing::{BillingForm, FindPartnerBilling, SaveOrganisationBilling, SavePartnerBilling},
    device::Device,
    partners::ListPartners,
    password::Weakness,
    profile::{ChangePassword, EndSignIn, SaveProfile},
    sign_in::{Prove, SignIn, Visitor},
};
use services::{Services, billing, partners, profile, sign_in};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use store::Caller;
use support::{PASSWORD, World};

const IBAN: &str = "DE02120300000000202051";
const OTHER_IBAN: &str = "SE4550000000058398257466";
const NEW_PASSWORD: &str = "tram velvet oxide lantern";
/// 24 November 2026, 23:50 UTC.
const EVENING: i64 = 1_795_564_200_000;
const MINUTE: i64 = 60 * 1000;

async fn enter(services: &Services, local: &str, password: &str, agent: &str) -> Result<String, Error> {
    let request = SignIn {
        email: format!("{local}@demo.test"),
        password: password.into(),
        organisation: String::new(),
        return_to: String::new(),
    };
    let visitor = Visitor { device: Device::of_user_agent(agent), ..Visitor::default() };
    let entry = sign_in::sign_in(services, visitor, request).await?;
    Ok(entry.session().ok_or(Error::Unauthenticated)?.token)
}

async fn token_of(services: &Services, local: &str) -> String {
    enter(services, local, PASSWORD, "Firefox/142.0 Linux").await.expect("signing in")
}

async fn caller(services: &Services, token: &str) -> Caller {
    sign_in::resolve(services, token).await.expect("an answer").expect("somebody")
}

async fn is_open(services: &Services, token: &str) -> bool {
    sign_in::resolve(services, token).await.expect("an answer").is_some()
}

fn mails(dump: &std::collections::BTreeMap<String, Vec<String>>, code: &str) -> usize {
    dump["mail"].iter().filter(|row| row.contains(code)).count()
}

on_both!(one_sign_in_is_ended_and_no_other, async |world: World| {
    let services = &world.services;
    let (mine, other, third) = (
        token_of(services, "billing").await,
        token_of(services, "billing").await,
        token_of(services, "carla").await,
    );
    let me = caller(services, &mine).await;
    let list = profile::sign_ins(services, &me).await.expect("a list");
    assert_eq!(list.iter().map(|entry| entry.current).collect::<Vec<_>>(), [false, true]);
    assert_eq!(list[0].device.code(), "firefox/linux");
    let foreign = caller(services, &third).await;
    let missing = profile::end_sign_in(services, &foreign, EndSignIn { id: list[0].id }).await;
    assert_eq!(missing, Err(Error::NotFound), "a sign-in of somebody else");
    assert!(is_open(services, &other).await);
    let left = profile::end_sign_in(services, &me, EndSignIn { id: list[0].id }).await.expect("ended");
    assert_eq!(left.len(), 1);
    assert!(!is_open(services, &other).await);
    assert!(is_open(services, &mine).await && is_open(services, &third).await);
    let again = profile::end_sign_in(services, &me, EndSignIn { id: list[0].id }).await;
    assert_eq!(again, Err(Error::NotFound));
});

on_both!(all_others_end_and_a_hundred_is_the_most, async |world: World| {
    let services = &world.services;
    let oldest = token_of(services, "billing").await;
    let mut tokens = Vec::new();
    for _ in 0..100 {
        tokens.push(token_of(services, "billing").await);
    }
    assert!(!is_open(services, &oldest).await, "the hundred and first ends the oldest");
    let me = caller(services, &tokens[0]).await;
    assert_eq!(profile::sign_ins(services, &me).await.expect("a list").len(), 100);
    let stranger = token_of(services, "carla").await;
    let left = profile::end_other_sign_ins(services, &me).await.expect("ended");
    assert!(left.len() == 1 && left[0].current);
    assert!(is_open(services, &stranger).await && is_open(services, &tokens[0]).await);
    assert!(!is_open(services, &tokens[1]).await);
});

on_both!(a_new_class_of_device_is_told_by_mail, async |world: World| {
    let services = &world.services;
    let count = async || mails(&world.throwaway.dump().await, "new_device");
    enter(services, "billing", PASSWORD, "Firefox/142.0 Linux").await.expect("the very first");
    enter(services, "billing", PASSWORD, "Firefox/143.0 Linux").await.expect("the same class");
    assert_eq!(count().await, 0);
    enter(services, "billing", PASSWORD, "Firefox/143.0 Windows").await.expect("another class");
    enter(services, "billing", PASSWORD, "Firefox/143.0 Windows").await.expect("known by now");
    assert_eq!(count().await, 1);
    enter(services, "carla", PASSWORD, "Firefox/143.0 Windows").await.expect("somebody else's first");
    assert_eq!(count().await, 1);
});

on_both!(the_day_of_the_last_use_is_written_once_a_day, async |world: World| {
    let clock = Arc::new(AtomicI64::new(EVENING));
    let services = world.server_at(&clock).await;
    let token = token_of(&services, "billing").await;
    let used = async || {
        let list = profile::sign_ins(&services, &caller(&services, &token).await).await.expect("a list");
        (list[0].used.month, list[0].used.day)
    };
    assert_eq!(used().await, (11, 24));
    clock.fetch_add(9 * MINUTE, Ordering::Relaxed);
    let before = world.throwaway.dump().await["session"].clone();
    assert_eq!(used().await, (11, 24));
    assert_eq!(world.throwaway.dump().await["session"], before);
    clock.fetch_add(MINUTE, Ordering::Relaxed);
    assert_eq!(used().await, (11, 25));
    clock.store(EVENING, Ordering::Relaxed);
    assert_eq!(used().await, (11, 24), "a clock that was put back");
});

on_both!(an_old_proof_is_asked_for_anew, async |world: World| {
    let clock = Arc::new(AtomicI64::new(EVENING));
    let services = world.server_at(&clock).await;
    let token = token_of(&services, "billing").await;
    let id = {
        let me = caller(&services, &token).await;
        partners::list(&services, &me, ListPartners::default()).await.expect("partners").partners[0].id
    };
    let save = async |iban: &str, currency: &str| {
        let me = caller(&services, &token).await;
        let found = billing::find_partner(&services, &me, FindPartnerBilling { id }).await.expect("billing");
        let details = BillingForm { iban: iban.into(), currency: currency.into(), ..BillingForm::default() };
        let request = SavePartnerBilling { id, version: found.billing.version, details };
        billing::save_partner(&services, &me, request).await.map(drop)
    };
    let own = async |iban: &str| {
        let me = caller(&services, &token).await;
        let found = billing::find_organisation(&services, &me).await.expect("billing");
        let details = BillingForm { iban: iban.into(), ..BillingForm::default() };
        let request = SaveOrganisationBilling { version: found.version, details };
        billing::save_organisation(&services, &me, request).await.map(drop)
    };
    let address = async |email: &str| {
        let me = caller(&services, &token).await;
        let found = profile::find(&services, &me).await.expect("a profile");
        let request = SaveProfile {
            version: found.version,
            name: "Beate".into(),
            email: email.into(),
            language: Language::English,
        };
        profile::save(&services, &me, request).await.map(drop)
    };
    let prove = async |password: &str| {
        let me = caller(&services, &token).await;
        sign_in::prove(&services, &me, Prove::Typed { proof: password.into() }).await
    };
    assert_eq!(save(IBAN, "EUR").await, Ok(()), "just signed in");
    clock.fetch_add(10 * MINUTE + 1, Ordering::Relaxed);
    assert_eq!(save(OTHER_IBAN, "EUR").await, Err(Error::ProofNeeded));
    assert_eq!(save("", "EUR").await, Err(Error::ProofNeeded));
    assert_eq!(save(IBAN, "SEK").await, Ok(()), "the IBAN stays");
    assert_eq!(own(OTHER_IBAN).await, Err(Error::ProofNeeded));
    assert_eq!(address("beate@demo.test").await, Err(Error::ProofNeeded));
    assert_eq!(address("billing@demo.test").await, Ok(()), "the address stays");
    let wrong = FieldError { field: Field::Proof, problem: Problem::WrongPassword };
    assert_eq!(prove("not the password").await, Err(wrong.into()));
    assert_eq!(save(OTHER_IBAN, "EUR").await, Err(Error::ProofNeeded));
    assert_eq!(prove(PASSWORD).await, Ok(()));
    assert_eq!(save(OTHER_IBAN, "EUR").await, Ok(()));
    assert_eq!(own(OTHER_IBAN).await, Ok(()));
    assert_eq!(address("beate@demo.test").await, Ok(()));
    clock.fetch_sub(24 * 60 * MINUTE, Ordering::Relaxed);
    assert_eq!(save(IBAN, "EUR").await, Err(Error::ProofNeeded), "a clock that was put back");
});

on_both!(a_changed_password_ends_all_other_sign_ins, async |world: World| {
    let services = &world.services;
    let (mine, other, third) = (
        token_of(services, "billing").await,
        token_of(services, "billing").await,
        token_of(services, "carla").await,
    );
    let me = caller(services, &mine).await;
    let change = async |current: &str, password: &str| {
        let request = ChangePassword { current: current.into(), password: password.into() };
        profile::change_password(services, &me, request).await
    };
    let problem = |field, problem| Err(FieldError { field, problem }.into());
    let weakness = |weakness| problem(Field::Password, Problem::GuessablePassword { weakness });
    let wrong = change("not the password", NEW_PASSWORD).await;
    assert_eq!(wrong, problem(Field::CurrentPassword, Problem::WrongPassword));
    assert_eq!(change(PASSWORD, "short").await, problem(Field::Password, Problem::TooShort { least: 12 }));
    assert_eq!(change(PASSWORD, "password1234").await, weakness(Weakness::Common));
    assert_eq!(change(PASSWORD, "beabrandt2026").await, weakness(Weakness::Personal));
    assert_eq!(change(PASSWORD, "northwindpartners").await, weakness(Weakness::Personal));
    assert!(is_open(services, &other).await, "nothing has happened");
    assert_eq!(change(PASSWORD, NEW_PASSWORD).await, Ok(()));
    assert!(is_open(services, &mine).await && is_open(services, &third).await);
    assert!(!is_open(services, &other).await);
    let old = enter(services, "billing", PASSWORD, "").await.map(drop);
    assert_eq!(old, Err(Conflict::WrongCredentials.into()));
    assert!(enter(services, "billing", NEW_PASSWORD, "").await.is_ok());
    let dump = world.throwaway.dump().await;
    assert_eq!(mails(&dump, "password_changed"), 1);
    assert_eq!(dump["history"].iter().filter(|row| row.contains("password_set")).count(), 1);
});
