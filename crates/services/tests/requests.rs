//! Data requests: filed, answered, extended and taken back, each by whoever may, once.

mod support;

use domain::{
    Conflict, DataRequestId, Error, Field, FieldError, Problem,
    history::{Action, ListHistory},
    requests::{
        DataRequest, FileRequest, FindRequest, ListOwnRequests, ListRequests, PAGE, ReplyToRequest,
        RequestKind, RequestState,
    },
};
use services::{
    Services, history,
    mail::{Delivery, Received, deliver_next},
    requests,
};
use std::sync::atomic::Ordering;
use store::Caller;
use support::World;

/// 31 January 2027, noon, UTC.
const NOON: i64 = 1_801_396_800_000;
const MINUTE: i64 = 60 * 1000;
const DAY: i64 = 24 * 60 * MINUTE;

const QUESTION: &str = "Question-kanarie: what do you know about me?";
const ANSWER: &str = "Answer-kanarie: your name and this address.";
const REASON: &str = "Reason-kanarie: many of us are ill.";

async fn file(services: &Services, caller: &Caller, text: &str) -> Result<DataRequest, Error> {
    let request = FileRequest { kind: RequestKind::Access, text: text.into() };
    requests::file(services, caller, request).await
}

fn reply(id: DataRequestId, text: &str) -> ReplyToRequest {
    ReplyToRequest { id, text: text.into() }
}

async fn inbox(world: &World) -> Vec<Received> {
    while deliver_next(&world.services).await.expect("delivered") != Delivery::Nothing {}
    world.services.inbox().expect("an inbox").all()
}

fn open() -> ListRequests {
    ListRequests { state: RequestState::Open, after: None, before: None }
}

fn stale<T>() -> Result<T, Error> {
    Err(Conflict::Stale.into())
}

on_both!(a_request_is_filed_answered_and_read, async |world: World| {
    let (tom, dpo) = (world.caller("tom").await, world.caller("dpo").await);
    let services = &world.services;
    let filed = file(services, &tom, QUESTION).await.expect("filed");
    assert_eq!((filed.row.number, filed.row.state, filed.own), (1, RequestState::Open, true));
    assert_eq!(filed.text.as_deref(), Some(QUESTION));

    let listed = requests::list(services, &dpo, open()).await.expect("a list").requests;
    assert_eq!(listed.iter().map(|row| row.author.name.as_str()).collect::<Vec<_>>(), ["Tom Lindqvist"]);
    let id = listed[0].id;
    let read = requests::find(services, &dpo, FindRequest { id }).await.expect("found");
    assert_eq!((read.text.as_deref(), read.own), (Some(QUESTION), false));
    let answered = requests::answer(services, &dpo, reply(id, ANSWER)).await.expect("answered");
    assert_eq!(answered.row.state, RequestState::Answered);

    let own = requests::find_own(services, &tom, FindRequest { id }).await.expect("found");
    assert_eq!(own.answer.as_deref(), Some(ANSWER));
    assert_eq!(own.answered_by.map(|officer| officer.name).as_deref(), Some("Dana Petersen"));
    let mails = inbox(&world).await;
    let mail = mails.iter().find(|mail| mail.address.reveal() == "tom@demo.test").expect("a mail");
    assert_eq!(mail.letter.subject, "Your data request at Northwind Partners was answered");
    assert!(mail.letter.text.contains("http://localhost:3000/privacy/requests"), "{}", mail.letter.text);
    for text in [QUESTION, ANSWER] {
        assert!(!mail.letter.text.contains(text) && !mail.letter.html.contains(text));
    }
    let entries = history::list(services, &dpo, ListHistory::default()).await.expect("the history").entries;
    let newest: Vec<_> = entries.iter().take(2).map(|entry| entry.action.clone()).collect();
    let number = 1;
    assert_eq!(newest, [Action::DataRequestAnswered { number }, Action::DataRequestFiled { number }]);
});

on_both!(a_request_is_due_a_month_later_and_can_be_extended_once_in_time, async |world: World| {
    let (world, hand) = world.at(NOON).await;
    let (tom, dpo) = (world.caller("tom").await, world.caller("dpo").await);
    let services = &world.services;
    let filed = file(services, &tom, QUESTION).await.expect("filed");
    let id = filed.row.id;
    assert_eq!(filed.row.due.machine_readable(), "2027-02-28");
    // The last day, shortly before midnight in Berlin.
    hand.store(NOON + 28 * DAY + 10 * 60 * MINUTE, Ordering::Relaxed);
    let on_the_day = requests::find(services, &dpo, FindRequest { id }).await.expect("found");
    assert!(!on_the_day.row.overdue);
    let extended = requests::extend(services, &dpo, reply(id, REASON)).await.expect("extended");
    assert_eq!(extended.row.due.machine_readable(), "2027-04-28");
    assert_eq!((extended.reason.as_deref(), extended.row.extended), (Some(REASON), true));
    assert_eq!(requests::extend(services, &dpo, reply(id, REASON)).await, stale());
    let subject = inbox(&world).await[0].letter.subject.clone();
    assert_eq!(subject, "Your data request at Northwind Partners takes longer");

    let late = file(services, &tom, QUESTION).await.expect("filed").row.id;
    hand.store(NOON + 90 * DAY, Ordering::Relaxed);
    let overdue = requests::list(services, &dpo, open()).await.expect("a list").requests;
    assert_eq!(overdue.iter().map(|row| row.overdue).collect::<Vec<_>>(), [true, true]);
    assert_eq!(overdue[0].id, late, "what is due first comes first");
    let refused = requests::extend(services, &dpo, reply(late, REASON)).await;
    assert_eq!(refused, Err(Conflict::TooLate.into()));
    let answered = requests::answer(services, &dpo, reply(late, ANSWER)).await.expect("answered");
    assert!(!answered.row.overdue, "what is answered waits for nothing");
});

on_both!(of_two_answers_at_once_one_counts, async |world: World| {
    let (tom, dpo, admin) =
        (world.caller("tom").await, world.caller("dpo").await, world.caller("admin").await);
    let services = &world.services;
    for _ in 0..5 {
        let id = file(services, &tom, QUESTION).await.expect("filed").row.id;
        let (one, two) = tokio::join!(
            requests::answer(services, &dpo, reply(id, "one")),
            requests::answer(services, &admin, reply(id, "two")),
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let (winner, loser) = if one.is_ok() { ("one", two) } else { ("two", one) };
        assert_eq!(loser, stale());
        let read = requests::find_own(services, &tom, FindRequest { id }).await.expect("found");
        assert_eq!(read.answer.as_deref(), Some(winner));
        assert_eq!(requests::answer(services, &dpo, reply(id, "again")).await, stale());
        assert_eq!(requests::extend(services, &dpo, reply(id, "again")).await, stale());
        assert_eq!(requests::withdraw(services, &tom, FindRequest { id }).await, stale());
    }
    let mails = inbox(&world).await;
    assert_eq!(mails.iter().filter(|mail| mail.letter.subject.contains("was answered")).count(), 5);
});

on_both!(numbers_are_given_in_turn_and_each_organisation_has_its_own, async |world: World| {
    let (tom, mina) = (world.caller("tom").await, world.caller("mina").await);
    let services = &world.services;
    let (one, two) = tokio::join!(file(services, &tom, "one"), file(services, &mina, "two"));
    let mut numbers = [one.expect("filed").row.number, two.expect("filed").row.number];
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2]);
    let stranger = world.stranger().await;
    assert_eq!(file(services, &stranger, "three").await.expect("filed").row.number, 1);
});

on_both!(nobody_reads_or_changes_what_is_not_theirs, async |world: World| {
    let (tom, mina, dpo) = (world.caller("tom").await, world.caller("mina").await, world.caller("dpo").await);
    let services = &world.services;
    let id = file(services, &tom, QUESTION).await.expect("filed").row.id;
    let find = FindRequest { id };
    let stranger = world.stranger().await;
    for (who, other) in [("a colleague", &mina), ("an officer", &dpo), ("an officer elsewhere", &stranger)] {
        assert_eq!(requests::find_own(services, other, find).await, Err(Error::NotFound), "{who}");
        assert_eq!(requests::withdraw(services, other, find).await, Err(Error::NotFound), "{who}");
        let own = requests::list_own(services, other, ListOwnRequests::default()).await.expect("a list");
        assert!(own.requests.is_empty(), "{who}");
    }
    assert_eq!(requests::find(services, &stranger, find).await, Err(Error::NotFound));
    assert_eq!(requests::answer(services, &stranger, reply(id, "x")).await, Err(Error::NotFound));
    assert_eq!(requests::extend(services, &stranger, reply(id, "x")).await, Err(Error::NotFound));
    let theirs = requests::list(services, &stranger, open()).await.expect("a list");
    assert!(theirs.requests.is_empty());
    for refused in [
        requests::find(services, &mina, find).await,
        requests::answer(services, &mina, reply(id, "x")).await,
        requests::extend(services, &mina, reply(id, "x")).await,
    ] {
        assert!(matches!(refused, Err(Error::Forbidden { needs: Some(_) })), "{refused:?}");
    }
    let withdrawn = requests::withdraw(services, &tom, find).await.expect("one's own");
    assert_eq!(withdrawn.row.state, RequestState::Withdrawn);
    assert_eq!(requests::answer(services, &dpo, reply(id, "x")).await, stale(), "it was taken back");
});

on_both!(an_officer_may_answer_their_own_request_and_it_shows, async |world: World| {
    let dpo = world.caller("dpo").await;
    let services = &world.services;
    let id = file(services, &dpo, QUESTION).await.expect("filed").row.id;
    assert!(requests::find(services, &dpo, FindRequest { id }).await.expect("found").own);
    let answered = requests::answer(services, &dpo, reply(id, ANSWER)).await.expect("answered");
    assert_eq!(answered.answered_by.map(|officer| officer.id), Some(answered.row.author.id));
});

on_both!(what_is_empty_or_endless_is_refused_and_files_nothing, async |world: World| {
    let (tom, dpo) = (world.caller("tom").await, world.caller("dpo").await);
    let services = &world.services;
    let wrong = |field, problem| Err(Error::from(FieldError { field, problem }));
    let endless = "x".repeat(100_000);
    let too_long = Problem::TooLong { most: 10_000 };
    assert_eq!(file(services, &tom, &endless).await, wrong(Field::RequestText, too_long));
    assert_eq!(file(services, &tom, " \n").await, wrong(Field::RequestText, Problem::Missing));
    assert!(requests::list(services, &dpo, open()).await.expect("a list").requests.is_empty());
    // What was refused was not counted: five may be filed at once.
    let most = "ä".repeat(10_000);
    for _ in 0..5 {
        file(services, &tom, &most).await.expect("filed");
    }
    let sixth = file(services, &tom, QUESTION).await;
    assert!(matches!(sixth, Err(Error::TooManyRequests { .. })), "{sixth:?}");
    let id = requests::list(services, &dpo, open()).await.expect("a list").requests[0].id;
    assert_eq!(requests::answer(services, &dpo, reply(id, "")).await, wrong(Field::Answer, Problem::Missing));
    assert_eq!(requests::extend(services, &dpo, reply(id, &endless)).await, wrong(Field::Reason, too_long));
    assert!(file(services, &dpo, QUESTION).await.is_ok(), "nobody else is touched");
});

on_both!(pages_go_on_and_back_by_the_day_they_are_due, async |world: World| {
    let (world, hand) = world.at(NOON).await;
    let (tom, dpo) = (world.caller("tom").await, world.caller("dpo").await);
    let services = &world.services;
    let filed = i64::try_from(PAGE).expect("small") + 3;
    for _ in 0..filed {
        file(services, &tom, QUESTION).await.expect("filed");
        hand.fetch_add(13 * MINUTE, Ordering::Relaxed);
    }
    let numbers = |page: &domain::requests::RequestPage| -> Vec<i64> {
        page.requests.iter().map(|row| row.number).collect()
    };
    let first = requests::list(services, &dpo, open()).await.expect("a page");
    assert_eq!(numbers(&first), (1..=filed - 3).collect::<Vec<_>>());
    assert!(first.has_next && !first.has_previous);
    let after = first.requests.last().map(|row| row.id);
    let second = requests::list(services, &dpo, ListRequests { after, ..open() }).await.expect("a page");
    assert_eq!(numbers(&second), (filed - 2..=filed).collect::<Vec<_>>());
    assert!(!second.has_next && second.has_previous);
    let before = second.requests.first().map(|row| row.id);
    let back = requests::list(services, &dpo, ListRequests { before, ..open() }).await.expect("a page");
    assert_eq!(numbers(&back), numbers(&first));

    let own = requests::list_own(services, &tom, ListOwnRequests::default()).await.expect("a page");
    assert_eq!(numbers(&own), (4..=filed).rev().collect::<Vec<_>>());
    let after = own.requests.last().map(|row| row.id);
    let rest = requests::list_own(services, &tom, ListOwnRequests { after }).await.expect("a page");
    assert_eq!(numbers(&rest), [3, 2, 1]);
    assert!(!rest.has_next);
});
