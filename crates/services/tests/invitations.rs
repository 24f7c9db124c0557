//! Invitations: accepting, declining, taking back, letting them end; suspension; the end of external
//! access.

mod support;

use domain::{
    Conflict, Error, Language,
    history::{Action, ListHistory, NamedSubject},
    organisation::SaveOrganisation,
    profile::SaveProfile,
    sign_in::{CheckLink, LinkPurpose, SetPassword, Visitor},
    time::Date,
    users::{ChangeUser, CreateUser, FindUser, IssueLink, ListUsers, PasswordLink, UpdateUser, UserStatus},
};
use services::{history, links, organisation, profile, sign_in, users};
use std::sync::atomic::Ordering::Relaxed;
use store::{Caller, termination};
use support::World;

/// 2100-07-01T00:00:00Z, which is 02:00 in Berlin.
const MOMENT: i64 = 4_118_083_200_000;
const DAY: i64 = 24 * 60 * 60 * 1000;

fn nora() -> CreateUser {
    CreateUser { name: "Nora Newcomer".into(), email: "nora@demo.test".into(), ..CreateUser::default() }
}

fn token(invited: &PasswordLink) -> String {
    let (path, token) = invited.url.split_once("?token=").expect("a token");
    assert_eq!(path, "http://localhost:3000/accept-invite");
    token.to_owned()
}

/// Invites somebody by a link to hand over.
async fn invite_as(world: &World, admin: &Caller, request: CreateUser) -> PasswordLink {
    let id = users::create(&world.services, admin, request).await.expect("invited").id;
    users::issue_link(&world.services, admin, IssueLink { id }).await.expect("a link")
}

async fn invite(world: &World, admin: &Caller) -> PasswordLink {
    invite_as(world, admin, nora()).await
}

async fn accept(world: &World, token: String) -> Result<(), Error> {
    let request = SetPassword { token, password: support::PASSWORD.into() };
    links::set_password(&world.services, Visitor::default(), LinkPurpose::Invitation, request).await.map(drop)
}

async fn decline(world: &World, token: String) -> Result<(), Error> {
    links::decline_invitation(&world.services, &CheckLink { token }).await
}

/// In which tables somebody's id and name still stand.
async fn traces(world: &World, invited: &PasswordLink) -> Vec<String> {
    let id = invited.id.to_string().replace('-', "");
    let dump = world.throwaway.dump().await;
    let holds =
        |rows: &Vec<String>| rows.iter().any(|row| row.contains(&id) || row.contains("nora newcomer"));
    dump.into_iter().filter(|(_, rows)| holds(rows)).map(|(table, _)| table).collect()
}

async fn last_action(world: &World, admin: &Caller) -> (Action, NamedSubject) {
    let page = history::list(&world.services, admin, ListHistory::default()).await.expect("a page");
    let entry = page.entries.into_iter().next().expect("an entry");
    (entry.action, entry.subject)
}

on_both!(whoever_declines_is_erased_with_the_name, async |world: World| {
    let admin = world.caller("admin").await;
    let invited = invite(&world, &admin).await;
    assert!(traces(&world, &invited).await.len() > 3, "there is something to erase");
    assert_eq!(decline(&world, token(&invited)).await, Ok(()));
    assert_eq!(traces(&world, &invited).await, ["history"], "only that it happened, by id");
    let (action, subject) = last_action(&world, &admin).await;
    assert_eq!(action, Action::InvitationDeclined);
    let NamedSubject::User(named) = subject else { panic!("{subject:?}") };
    assert_eq!((named.name.as_str(), named.gone), ("", true));
    let again = decline(&world, token(&invited)).await;
    assert_eq!(again, Err(Conflict::LinkExpired.into()));
});

on_both!(an_invitation_that_is_taken_back_erases_and_its_link_is_dead, async |world: World| {
    let admin = world.caller("admin").await;
    let invited = invite(&world, &admin).await;
    let stale = ChangeUser { id: invited.id, version: 7 };
    let refused = users::revoke_invitation(&world.services, &admin, stale).await;
    assert_eq!(refused, Err(Conflict::Stale.into()));
    let request = ChangeUser { id: invited.id, version: 1 };
    users::revoke_invitation(&world.services, &admin, request).await.expect("taken back");
    assert_eq!(traces(&world, &invited).await, ["history"]);
    assert_eq!(accept(&world, token(&invited)).await, Err(Conflict::LinkExpired.into()));
    let carla = world.caller("carla").await.user();
    let member = ChangeUser { id: carla, version: 1 };
    let refused = users::revoke_invitation(&world.services, &admin, member).await;
    assert_eq!(refused, Err(Conflict::NotInvited.into()), "a member is not taken back");
});

on_both!(an_invitation_that_ends_erases_itself_and_an_accepted_one_stays, async |world: World| {
    let (world, hand) = world.at(MOMENT).await;
    let admin = world.caller("admin").await;
    let invited = invite(&world, &admin).await;
    let other = CreateUser { name: "Otto".into(), email: "otto@demo.test".into(), ..nora() };
    let other = invite_as(&world, &admin, other).await;
    accept(&world, token(&other)).await.expect("accepted");
    let store = world.services.store();
    assert_eq!(termination::erase_expired_invitations(store).await.expect("swept"), 0, "too early");
    hand.fetch_add(8 * DAY, Relaxed);
    assert_eq!(accept(&world, token(&invited)).await, Err(Conflict::LinkExpired.into()));
    assert_eq!(termination::erase_expired_invitations(store).await.expect("swept"), 1);
    assert_eq!(traces(&world, &invited).await, ["history"]);
    assert!(world.try_sign_in("otto@demo.test").await.is_ok());
});

on_both!(an_invitation_lasts_seven_days_from_when_it_was_sent_last, async |world: World| {
    let (world, hand) = world.at(MOMENT).await;
    let (services, admin) = (&world.services, world.caller("admin").await);
    let id = users::create(services, &admin, nora()).await.expect("invited").id;
    let ends = async || {
        let user = users::find(services, &admin, FindUser { id }).await.expect("a user");
        user.invitation_ends.map(|end| (end.month, end.day, end.hour))
    };
    assert_eq!(ends().await, Some((7, 8, 2)));
    hand.fetch_add(DAY, Relaxed);
    users::resend_invitation(services, &admin, FindUser { id }).await.expect("sent again");
    assert_eq!(ends().await, Some((7, 9, 2)));
});

on_both!(of_accepting_and_declining_at_once_one_happens, async |world: World| {
    let admin = world.caller("admin").await;
    for round in 0..10 {
        let email = format!("nora{round}@demo.test");
        let request = CreateUser { email: email.clone(), ..nora() };
        let invited = invite_as(&world, &admin, request).await;
        let token = token(&invited);
        let (accepted, declined) = tokio::join!(accept(&world, token.clone()), decline(&world, token));
        assert!(accepted.is_ok() != declined.is_ok(), "{accepted:?} {declined:?}");
        assert_eq!(world.try_sign_in(&email).await.is_ok(), accepted.is_ok());
    }
});

on_both!(of_two_acceptances_one_happens, async |world: World| {
    let admin = world.caller("admin").await;
    let token = token(&invite(&world, &admin).await);
    let (one, two) = tokio::join!(accept(&world, token.clone()), accept(&world, token));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
});

on_both!(accepting_never_survives_a_revocation_at_the_same_moment, async |world: World| {
    let admin = world.caller("admin").await;
    for round in 0..10 {
        let email = format!("nora{round}@demo.test");
        let request = CreateUser { email: email.clone(), ..nora() };
        let invited = invite_as(&world, &admin, request).await;
        let revoke = ChangeUser { id: invited.id, version: 1 };
        let (accepted, revoked) = tokio::join!(
            accept(&world, token(&invited)),
            users::revoke_invitation(&world.services, &admin, revoke),
        );
        assert!(accepted.is_ok() != revoked.is_ok(), "{accepted:?} {revoked:?}");
        assert_eq!(world.try_sign_in(&email).await.is_ok(), accepted.is_ok());
    }
});

on_both!(suspending_ends_everything_and_erases_nothing, async |world: World| {
    let (admin, carla) = (world.caller("admin").await, world.caller("carla").await);
    let token = world.token("carla").await;
    assert!(sign_in::resolve(&world.services, &token).await.expect("asked").is_some());
    let before = world.throwaway.dump().await;
    let request = ChangeUser { id: carla.user(), version: 1 };
    let suspended = users::suspend(&world.services, &admin, request).await.expect("suspended");
    assert_eq!(suspended.status, UserStatus::Suspended);
    assert!(sign_in::resolve(&world.services, &token).await.expect("asked").is_none());
    let refused = world.try_sign_in("carla@demo.test").await.map(drop);
    assert_eq!(refused, Err(Conflict::WrongCredentials.into()));
    let after = world.throwaway.dump().await;
    for table in ["person", "user_contact", "user_password", "role_assignment", "user_key"] {
        assert_eq!(before[table], after[table], "{table}");
    }
    let twice = users::suspend(&world.services, &admin, ChangeUser { version: 2, ..request }).await;
    assert_eq!(twice.map(drop), Err(Conflict::NotInThatState.into()));
    let lift = ChangeUser { version: 2, ..request };
    users::reactivate(&world.services, &admin, lift).await.expect("reactivated");
    assert!(world.try_sign_in("carla@demo.test").await.is_ok());
    let own = ChangeUser { id: admin.user(), version: 1 };
    let last = users::suspend(&world.services, &admin, own).await.map(drop);
    assert_eq!(last, Err(Conflict::LastAdmin.into()));
});

on_both!(external_access_ends_with_its_last_day, async |world: World| {
    let (world, hand) = world.at(MOMENT).await;
    let admin = world.caller("admin").await;
    let elena = world.caller("external").await;
    let find = FindUser { id: elena.user() };
    let before = users::find(&world.services, &admin, find.clone()).await.expect("a user");
    let until = |day: &str, external| UpdateUser {
        id: before.id,
        version: before.version,
        name: before.name.clone(),
        email: before.email.clone().expect("an address"),
        external,
        access_ends: day.into(),
        language: Language::English,
    };
    let over = users::update(&world.services, &admin, until("2100-06-30", true)).await;
    assert!(matches!(over, Err(Error::Invalid(_))), "{over:?}");
    let saved = users::update(&world.services, &admin, until("2100-07-02", true)).await.expect("saved");
    assert_eq!(saved.access_ends.map(Date::machine_readable).as_deref(), Some("2100-07-02"));
    let token = world.token("external").await;
    // 23:59 of the last day, then midnight.
    hand.fetch_add(DAY + 22 * 60 * 60 * 1000 - 60_000, Relaxed);
    assert!(sign_in::resolve(&world.services, &token).await.expect("asked").is_some());
    hand.fetch_add(60_000, Relaxed);
    assert!(sign_in::resolve(&world.services, &token).await.expect("asked").is_none());
    assert!(world.try_sign_in("external@demo.test").await.is_err());
});

on_both!(the_last_day_stays_the_same_in_another_time_zone, async |world: World| {
    let (world, _) = world.at(MOMENT).await;
    let admin = world.caller("admin").await;
    let request = CreateUser { external: true, access_ends: "2100-08-01".into(), ..nora() };
    let invited = invite_as(&world, &admin, request).await;
    let own = organisation::find(&world.services, &admin).await.expect("the organisation");
    let moved = SaveOrganisation {
        version: own.version,
        name: own.name,
        time_zone: "Asia/Tokyo".into(),
        second_factor_required: false,
        name_years_billing: "10".into(),
        name_years_other: "3".into(),
    };
    organisation::save(&world.services, &admin, moved).await.expect("moved");
    let admin = world.caller("admin").await;
    let user = users::find(&world.services, &admin, FindUser { id: invited.id }).await.expect("a user");
    assert_eq!(user.access_ends.map(Date::machine_readable).as_deref(), Some("2100-08-01"));
});

on_both!(the_list_is_filtered, async |world: World| {
    let admin = world.caller("admin").await;
    let invited = invite(&world, &admin).await;
    let names = async |request: ListUsers| {
        let page = users::list(&world.services, &admin, request).await.expect("a page");
        page.users.into_iter().map(|user| user.name).collect::<Vec<_>>()
    };
    let status = ListUsers { status: Some(UserStatus::Invited), ..ListUsers::default() };
    assert_eq!(names(status.clone()).await, ["Nora Newcomer"]);
    let search = ListUsers { search: " newc ".into(), ..ListUsers::default() };
    assert_eq!(names(search).await, ["Nora Newcomer"], "blanks around it are not looked for");
    let external = ListUsers { external: Some(true), ..ListUsers::default() };
    assert_eq!(names(external).await, ["Elena Rossi"]);
    let page = users::list(&world.services, &admin, ListUsers::default()).await.expect("a page");
    let agency = page.roles.iter().find(|role| role.name == "External agency").expect("a role").id;
    let holders = ListUsers { role: Some(agency), ..ListUsers::default() };
    assert_eq!(names(holders.clone()).await, ["Elena Rossi"]);
    let nobody = ListUsers { status: Some(UserStatus::Invited), ..holders };
    assert!(names(nobody).await.is_empty());
    let everybody = names(ListUsers::default()).await;
    assert!(everybody.len() > 5 && everybody.contains(&"Nora Newcomer".to_owned()));
    let request = ChangeUser { id: invited.id, version: 1 };
    users::revoke_invitation(&world.services, &admin, request).await.expect("taken back");
    assert!(names(status).await.is_empty());
});

on_both!(what_gives_somebody_elses_account_away_takes_a_fresh_proof, async |world: World| {
    let (world, hand) = world.at(MOMENT).await;
    let (admin, carla) = (world.caller("admin").await, world.caller("carla").await.user());
    let link =
        async |by: &Caller, id| users::issue_link(&world.services, by, IssueLink { id }).await.map(drop);
    assert_eq!(link(&admin, carla).await, Ok(()));
    let own = Err(Error::Forbidden { needs: None });
    assert_eq!(link(&admin, admin.user()).await, own, "one's own password is changed on the profile");
    let end = async |by: &Caller, id| {
        users::terminate(&world.services, by, ChangeUser { id, version: 1 }).await.map(drop)
    };
    assert_eq!(end(&admin, admin.user()).await, own);
    hand.fetch_add(11 * 60 * 1000, Relaxed);
    assert_eq!(link(&admin, carla).await, Err(Error::ProofNeeded));
    assert_eq!(end(&admin, carla).await, Err(Error::ProofNeeded));
    let admin = world.caller("admin").await;
    assert_eq!(end(&admin, carla).await, Ok(()));
});

on_both!(asking_for_addresses_is_limited_and_queues_one_mail, async |world: World| {
    let viewer = world.caller("viewer").await;
    let name = profile::find(&world.services, &viewer).await.expect("a profile").name;
    let ask = async || {
        let (name, language) = (name.clone(), Language::English);
        let request = SaveProfile { version: 1, name, email: "victim@elsewhere.test".into(), language };
        profile::save(&world.services, &viewer, request).await.map(drop)
    };
    for _ in 0..5 {
        assert_eq!(ask().await, Ok(()));
    }
    assert!(matches!(ask().await, Err(Error::TooManyRequests { .. })));
    let mails = world.throwaway.dump().await["mail"].clone();
    assert_eq!(mails.iter().filter(|row| row.contains("address_confirmation")).count(), 1);
});

on_both!(an_invitation_is_sent_again_so_often_and_others_are_not_held_up, async |world: World| {
    let (admin, services) = (world.caller("admin").await, &world.services);
    let nora = users::create(services, &admin, nora()).await.expect("invited").id;
    let olga = CreateUser { email: "olga@demo.test".into(), ..self::nora() };
    let olga = users::create(services, &admin, olga).await.expect("invited").id;
    let again = async |id| users::resend_invitation(services, &admin, FindUser { id }).await.map(drop);
    for _ in 0..5 {
        assert_eq!(again(nora).await, Ok(()));
    }
    assert!(matches!(again(nora).await, Err(Error::TooManyRequests { .. })));
    assert_eq!(again(olga).await, Ok(()));
});

on_both!(an_address_is_invited_anew_while_its_account_ends, async |world: World| {
    let admin = world.caller("admin").await;
    for round in 0..10 {
        let email = format!("nora{round}@demo.test");
        let first = invite_as(&world, &admin, CreateUser { email: email.clone(), ..nora() }).await;
        accept(&world, token(&first)).await.expect("accepted");
        let person = users::find(&world.services, &admin, FindUser { id: first.id }).await.expect("somebody");
        let end = ChangeUser { id: first.id, version: person.version };
        let again = CreateUser { email: email.clone(), ..nora() };
        let (ended, invited) = tokio::join!(
            users::terminate(&world.services, &admin, end),
            users::create(&world.services, &admin, again),
        );
        assert_eq!(ended.map(drop), Ok(()));
        assert!(world.try_sign_in(&email).await.is_err(), "the old password is gone");
        match invited {
            Ok(invited) => {
                let id = invited.id;
                let link =
                    users::issue_link(&world.services, &admin, IssueLink { id }).await.expect("a link");
                accept(&world, token(&link)).await.expect("the new account can be entered");
                assert!(world.try_sign_in(&email).await.is_ok());
            }
            Err(error) => assert_eq!(error, Conflict::EmailTaken.into(), "it was not free yet"),
        }
    }
});

on_both!(the_address_of_somebody_suspended_is_confirmed_too, async |world: World| {
    let admin = world.caller("admin").await;
    let carla = world.caller("carla").await.user();
    let request = ChangeUser { id: carla, version: 1 };
    let suspended = users::suspend(&world.services, &admin, request).await.expect("suspended");
    let update = UpdateUser {
        id: carla,
        version: suspended.version,
        name: suspended.name,
        email: "mine@demo.test".into(),
        external: false,
        access_ends: String::new(),
        language: Language::English,
    };
    let saved = users::update(&world.services, &admin, update).await.expect("asked");
    assert_eq!(saved.email.as_deref(), Some("carla@demo.test"));
    assert_eq!(saved.new_email.as_deref(), Some("mine@demo.test"));
});
