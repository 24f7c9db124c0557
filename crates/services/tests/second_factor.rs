//! One-time codes, recovery codes, the step after the password, and what resets them.

mod support;

use domain::{
    Conflict, Error, Field, FieldError, Permission, Problem, UserId,
    history::{Action, ListHistory},
    organisation::SaveOrganisation,
    second_factor::{AnswerCode, ResetSecondFactor},
    sign_in::{LinkPurpose, SetPassword, Visitor},
    users::{FindUser, IssueLink},
};
use services::{
    history, links, organisation, profile, second_factor,
    sign_in::{self, Entry},
    users,
};
use std::sync::atomic::Ordering;
use store::{Caller, grants::BillingEdit};
use support::{
    PASSWORD, World,
    phone::{Phone, enter},
};
use totp_rs::Builder;

fn wrong_code() -> Error {
    FieldError { field: Field::Code, problem: Problem::WrongCode }.into()
}

async fn actions(world: &World) -> Vec<Action> {
    let admin = world.caller("dpo").await;
    let page = history::list(&world.services, &admin, ListHistory::default()).await.expect("the history");
    page.entries.into_iter().map(|entry| entry.action).collect()
}

async fn messages(world: &World, user: UserId) -> Vec<String> {
    let (id, dump) = (user.0.simple().to_string(), world.throwaway.dump().await);
    dump["mail"].iter().filter(|row| row.contains(&id)).cloned().collect()
}

#[test]
fn the_vectors_of_rfc_6238_hold() {
    let app =
        Builder::new().with_digits(8).with_secret(b"12345678901234567890".to_vec()).build().expect("an app");
    for (seconds, code) in [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ] {
        assert_eq!(app.generate(seconds).to_string(), code);
    }
}

on_both!(the_password_alone_no_longer_signs_in, async |world: World| {
    let bea = world.caller("billing").await;
    let phone = Phone::set_up(&world, &bea).await;
    let challenge = phone.challenge("billing@demo.test").await;
    let asked = second_factor::asked(&phone.services, &challenge).await.expect("asked");
    assert_eq!((asked.totp, asked.passkey), (true, false));
    assert!(
        sign_in::resolve(&phone.services, &challenge).await.expect("answered").is_none(),
        "it is no session"
    );
    assert_eq!(phone.answer(&challenge, &phone.wrong_code()).await, Err(wrong_code()));
    assert_eq!(phone.answer(&challenge, &phone.code()).await, Ok("/partners".into()));
    assert_eq!(phone.answer(&challenge, &phone.code()).await, Err(Conflict::ChallengeOver.into()));
    assert!(world.try_sign_in("viewer@demo.test").await.is_ok(), "others are asked for nothing");
    assert!(actions(&world).await.contains(&Action::SecondFactorOn));
    assert!(messages(&world, bea.user()).await.iter().any(|row| row.contains("second_factor_on")));
});

on_both!(a_code_works_once_and_a_step_early_or_late, async |world: World| {
    let bea = world.caller("billing").await;
    let phone = Phone::set_up(&world, &bea).await;
    let code = phone.code();
    let first = phone.challenge("billing@demo.test").await;
    let second = phone.challenge("billing@demo.test").await;
    let (one, two) = tokio::join!(phone.answer(&first, &code), phone.answer(&second, &code));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    let open = if one.is_ok() { second } else { first };
    phone.wait();
    assert_eq!(phone.answer(&open, &code).await, Err(wrong_code()), "also within the skew");
    let late = phone.code();
    phone.wait();
    assert!(phone.answer(&open, &late).await.is_ok(), "one step late is fine");
    let challenge = phone.challenge("billing@demo.test").await;
    let too_late = phone.code();
    phone.wait();
    phone.wait();
    assert_eq!(phone.answer(&challenge, &too_late).await, Err(wrong_code()));
});

on_both!(five_wrong_codes_end_the_question_and_so_does_time, async |world: World| {
    let bea = world.caller("billing").await;
    let phone = Phone::set_up(&world, &bea).await;
    let over = Err(Error::from(Conflict::ChallengeOver));
    let challenge = phone.challenge("billing@demo.test").await;
    for _ in 0..4 {
        assert_eq!(phone.answer(&challenge, &phone.wrong_code()).await, Err(wrong_code()));
    }
    assert_eq!(phone.answer(&challenge, &phone.wrong_code()).await, over);
    assert_eq!(phone.answer(&challenge, &phone.code()).await, over);
    let challenge = phone.challenge("billing@demo.test").await;
    phone.clock.fetch_add(5 * 60 * 1000, Ordering::Relaxed);
    assert_eq!(phone.answer(&challenge, &phone.code()).await, over);
    assert_eq!(phone.answer("made up", &phone.code()).await, over);
});

on_both!(a_recovery_code_works_once, async |world: World| {
    let bea = world.caller("billing").await;
    let phone = Phone::set_up(&world, &bea).await;
    assert_eq!(phone.recovery_codes.len(), 10);
    let code = phone.recovery_codes[0].to_lowercase();
    let first = phone.challenge("billing@demo.test").await;
    let second = phone.challenge("billing@demo.test").await;
    let (one, two) = tokio::join!(phone.answer(&first, &code), phone.answer(&second, &code));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    let found = second_factor::find(&phone.services, &bea).await.expect("found");
    assert_eq!((found.totp, found.recovery_codes), (true, 9));
    let fresh = second_factor::renew_codes(&phone.services, &bea).await.expect("new ones");
    let challenge = phone.challenge("billing@demo.test").await;
    assert_eq!(
        phone.answer(&challenge, &phone.recovery_codes[1]).await,
        Err(wrong_code()),
        "old ones are gone"
    );
    assert!(phone.answer(&challenge, &fresh.codes[9]).await.is_ok());
    assert_eq!(actions(&world).await.iter().filter(|action| **action == Action::RecoveryCodeUsed).count(), 2);
    let dump = world.throwaway.dump().await;
    let shown = fresh.codes[0].replace('-', "").to_lowercase();
    assert!(dump.values().flatten().all(|row| !row.contains(&shown)), "only its hash is kept");
});

on_both!(turning_it_off_takes_a_fresh_proof, async |world: World| {
    let bea = world.caller("billing").await;
    let phone = Phone::set_up(&world, &bea).await;
    let again = second_factor::begin(&phone.services, &bea).await.map(drop);
    assert_eq!(again, Err(Conflict::NotInThatState.into()), "the one in use is not replaced");
    phone.clock.fetch_add(10 * 60 * 1000 + 1, Ordering::Relaxed);
    assert_eq!(second_factor::turn_off(&phone.services, &bea).await, Err(Error::ProofNeeded));
    assert_eq!(second_factor::renew_codes(&phone.services, &bea).await.map(drop), Err(Error::ProofNeeded));
    let challenge = phone.challenge("billing@demo.test").await;
    let bea = phone.enter(&challenge, &phone.code()).await.expect("signed in");
    let off = second_factor::turn_off(&phone.services, &bea).await.expect("off");
    assert_eq!((off.totp, off.recovery_codes), (false, 0));
    assert!(matches!(enter(&phone.services, "billing@demo.test").await, Ok(Entry::Session(_))));
    assert!(messages(&world, bea.user()).await.iter().any(|row| row.contains("second_factor_off")));
});

on_both!(a_link_to_set_the_password_leaves_the_second_factor, async |world: World| {
    let (admin, bea) = (world.caller("admin").await, world.caller("billing").await);
    let phone = Phone::set_up(&world, &bea).await;
    let before = phone.challenge("billing@demo.test").await;
    let link =
        users::issue_link(&phone.services, &admin, IssueLink { id: bea.user() }).await.expect("a link");
    let token = link.url.split_once("token=").expect("a token").1.to_owned();
    let request = SetPassword { token, password: PASSWORD.into() };
    let entry = links::set_password(&phone.services, Visitor::default(), LinkPurpose::Password, request)
        .await
        .expect("set");
    let Entry::SecondFactor(challenge) = entry else { panic!("the link went past the second factor") };
    let over = Err(Error::from(Conflict::ChallengeOver));
    assert_eq!(phone.answer(&before, &phone.code()).await, over, "what the old password led to is gone");
    assert!(phone.answer(&challenge, &phone.code()).await.is_ok());
});

on_both!(only_an_admin_who_holds_as_much_resets_it, async |world: World| {
    let (admin, bea) = (world.caller("admin").await, world.caller("billing").await);
    let reset = async |caller: &Caller, id| {
        second_factor::reset(&world.services, caller, ResetSecondFactor { id }).await
    };
    assert_eq!(reset(&admin, bea.user()).await.map(drop), Err(Conflict::NotInThatState.into()));
    Phone::set_up(&world, &bea).await;
    Phone::set_up(&world, &admin).await;
    assert!(matches!(reset(&bea, admin.user()).await, Err(Error::Forbidden { .. })));
    assert_eq!(
        reset(&admin, admin.user()).await.map(drop),
        Err(Error::Forbidden { needs: None }),
        "not one's own"
    );
    let found = users::find(&world.services, &admin, FindUser { id: bea.user() }).await.expect("found");
    assert_eq!(found.second_factor, Some(true));
    let viewer = world.caller("viewer").await;
    let seen = users::find(&world.services, &viewer, FindUser { id: bea.user() }).await.expect("found");
    assert_eq!(seen.second_factor, None, "only for those who manage users");
    assert_eq!(reset(&admin, bea.user()).await.expect("reset").second_factor, Some(false));
    assert!(world.try_sign_in("billing@demo.test").await.is_ok(), "the password alone does again");
    assert!(
        second_factor::find(&world.services, &admin).await.expect("found").is_on(),
        "nobody else is touched"
    );
    assert!(actions(&world).await.contains(&Action::SecondFactorReset));
    assert!(messages(&world, bea.user()).await.iter().any(|row| row.contains("second_factor_off")));
});

on_both!(where_it_is_required_rights_wait_for_it, async |world: World| {
    let (admin, bea) = (world.caller("admin").await, world.caller("billing").await);
    let require = async |caller: &Caller, required| {
        let now = organisation::find(&world.services, caller).await.expect("the organisation");
        let request = SaveOrganisation {
            version: now.version,
            name: now.name,
            time_zone: now.time_zone,
            second_factor_required: required,
            name_years_billing: "10".into(),
            name_years_other: "3".into(),
        };
        organisation::save(&world.services, caller, request).await.expect("saved")
    };
    let saved = require(&admin, true).await;
    assert_eq!((saved.second_factor_required, saved.own_second_factor), (true, false));
    let again = async |local: &str| world.caller(local).await;
    let masked = again("billing").await;
    assert!(masked.require::<BillingEdit>().is_err() && masked.rights().wait_for_second_factor());
    assert!(masked.rights().allow(Permission::BillingView), "all else stays");
    let masked_admin = again("admin").await;
    assert!(!masked_admin.rights().allow(Permission::UsersManage));
    assert!(!masked_admin.rights().allow(Permission::RolesManage));
    assert!(masked_admin.rights().allow(Permission::OrganisationManage), "it can be turned off again");
    let viewer = again("viewer").await;
    assert!(!viewer.rights().wait_for_second_factor(), "who holds none of them is asked for nothing");
    assert!(profile::preview_termination(&world.services, &masked_admin).await.expect("numbers").last_admin);

    let phone = Phone::set_up(&world, &bea).await;
    let challenge = phone.challenge("billing@demo.test").await;
    let request = AnswerCode { code: phone.code() };
    let entered = second_factor::answer(&phone.services, Visitor::default(), &challenge, request).await;
    let token = entered.expect("signed in").token;
    let whole = sign_in::resolve(&world.services, &token).await.expect("answered").expect("somebody");
    assert!(whole.require::<BillingEdit>().is_ok() && !whole.rights().wait_for_second_factor());
    require(&masked_admin, false).await;
    assert!(again("admin").await.rights().allow(Permission::UsersManage));
    let changed = Action::OrganisationChanged { fields: vec![Field::SecondFactor] };
    assert_eq!(actions(&world).await.iter().filter(|action| **action == changed).count(), 2);
});

on_both!(the_secret_is_not_readable_and_goes_with_the_account, async |world: World| {
    let bea = world.caller("billing").await;
    let phone = Phone::set_up(&world, &bea).await;
    let id = bea.user().0.simple().to_string();
    let hex: String = phone.app.secret().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let dump = world.throwaway.dump().await;
    assert!(dump["totp"].iter().any(|row| row.contains(&id)));
    assert!(dump.values().flatten().all(|row| !row.contains(&hex)));
    let end = support::termination();
    profile::terminate(&world.services, &bea, end).await.expect("the end");
    let after = world.throwaway.dump().await;
    for table in ["totp", "recovery_code", "passkey", "challenge", "mail"] {
        assert!(after[table].iter().all(|row| !row.contains(&id)), "{table}");
    }
});
