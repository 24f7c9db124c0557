//! What becomes of the texts of data requests: they are never plain in the database, and they go with
//! the account or when their time is over. That a request was made and answered stays.

mod support;

use domain::{
    history::ListHistory,
    requests::{
        FileRequest, FindRequest, ListRequests, ReplyToRequest, RequestKind, RequestPage, RequestState,
    },
};
use services::{Services, history, profile, requests};
use std::sync::atomic::Ordering;
use store::{Caller, housekeeping::tidy_up};
use support::World;

/// 24 November 2026, noon, UTC.
const NOON: i64 = 1_795_521_600_000;
/// The first moment of 2030 in Berlin.
const END: i64 = 1_893_452_400_000;

const TEXTS: [&str; 3] = ["Question-kanarie", "Reason-kanarie", "Answer-kanarie"];

/// An answered request with all three texts, and one that is still open.
async fn plant(services: &Services, author: &Caller, officer: &Caller) -> (FindRequest, FindRequest) {
    let file = |text: &str| FileRequest { kind: RequestKind::Erasure, text: text.into() };
    let [question, reason, answer] = TEXTS;
    let id = requests::file(services, author, file(question)).await.expect("filed").row.id;
    let reply = |text: &str| ReplyToRequest { id, text: text.into() };
    requests::extend(services, officer, reply(reason)).await.expect("extended");
    requests::answer(services, officer, reply(answer)).await.expect("answered");
    let open = requests::file(services, author, file(question)).await.expect("filed").row.id;
    (FindRequest { id }, FindRequest { id: open })
}

async fn texts(services: &Services, officer: &Caller, request: FindRequest) -> [Option<String>; 3] {
    let found = requests::find(services, officer, request).await.expect("it stays");
    [found.text, found.reason, found.answer]
}

fn all_texts() -> [Option<String>; 3] {
    TEXTS.map(|text| Some(text.to_owned()))
}

const NO_TEXTS: [Option<String>; 3] = [None, None, None];

/// Everything in the database, as one text in lower case.
async fn everything(world: &World) -> String {
    world.throwaway.dump().await.into_values().flatten().collect::<Vec<_>>().join("\n")
}

/// The ciphertexts in a row of the dump: long runs of hexadecimal digits.
fn ciphertexts(rows: &[String]) -> Vec<String> {
    let runs = |row: &String| {
        let words: Vec<_> = row.split(|character: char| !character.is_ascii_hexdigit()).collect();
        words.into_iter().filter(|word| word.len() > 80).map(str::to_owned).collect::<Vec<_>>()
    };
    rows.iter().flat_map(runs).collect()
}

fn hex(text: &str) -> String {
    hex_of(text.to_lowercase().as_bytes())
}

fn hex_of(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

async fn list(services: &Services, officer: &Caller, state: RequestState) -> RequestPage {
    let request = ListRequests { state, after: None, before: None };
    requests::list(services, officer, request).await.expect("a list")
}

on_both!(texts_go_with_their_author_and_the_rest_stays, async |world: World| {
    let (tom, mina, dpo) = (world.caller("tom").await, world.caller("mina").await, world.caller("dpo").await);
    let services = &world.services;
    let (answered, open) = plant(services, &tom, &dpo).await;
    let (other, _) = plant(services, &mina, &dpo).await;
    assert_eq!(texts(services, &dpo, answered).await, all_texts(), "they can be read before");
    let before = everything(&world).await;
    let rows = world.throwaway.dump().await["data_request"].clone();
    let of_tom: Vec<_> =
        rows.into_iter().filter(|row| row.contains(&tom.user().0.simple().to_string())).collect();
    let sealed = ciphertexts(&of_tom);
    assert_eq!(sealed.len(), 4, "three texts and one");
    for text in TEXTS {
        assert!(!before.contains(&text.to_lowercase()) && !before.contains(&hex(text)), "{text} is plain");
    }

    let terminate = support::termination();
    profile::terminate(services, &tom, terminate).await.expect("the end");
    let after = everything(&world).await;
    assert!(sealed.iter().all(|text| before.contains(text) && !after.contains(text)));
    assert_eq!(texts(services, &dpo, answered).await, NO_TEXTS);
    assert_eq!(texts(services, &dpo, other).await, all_texts(), "nobody else is touched");
    let kept = requests::find(services, &dpo, answered).await.expect("it stays");
    assert_eq!((kept.row.number, kept.row.state), (1, RequestState::Answered));
    assert!(kept.closed.is_some() && kept.row.author.gone && kept.erased_on.is_none());
    assert_eq!(kept.row.author.name, "Tom Lindqvist");
    let left = requests::find(services, &dpo, open).await.expect("it stays");
    assert_eq!(left.row.state, RequestState::Withdrawn, "nobody waits for an answer any more");
    assert_eq!(left.text, None);
    let late = ReplyToRequest { id: open.id, text: "late".into() };
    assert_eq!(
        requests::answer(services, &dpo, late).await,
        Err(domain::Conflict::Stale.into()),
        "there is no key to write under"
    );
    let entries = history::list(services, &dpo, ListHistory::default()).await.expect("the history").entries;
    assert!(entries.len() > 4);
});

on_both!(texts_go_three_years_after_the_year_of_the_answer, async |world: World| {
    let (world, hand) = world.at(NOON).await;
    let (tom, dpo) = (world.caller("tom").await, world.caller("dpo").await);
    let services = &world.services;
    let (answered, open) = plant(services, &tom, &dpo).await;
    let found = requests::find(services, &dpo, answered).await.expect("found");
    assert_eq!(found.erased_on.map(domain::time::Date::machine_readable).as_deref(), Some("2030-01-01"));
    let sealed = ciphertexts(&world.throwaway.dump().await["data_request"]);

    hand.store(END - 1, Ordering::Relaxed);
    tidy_up(services.store()).await.expect("tidied");
    assert_eq!(texts(services, &dpo, answered).await, all_texts(), "the year is not over");
    hand.store(END, Ordering::Relaxed);
    tidy_up(services.store()).await.expect("tidied");
    assert_eq!(texts(services, &dpo, answered).await, NO_TEXTS);
    assert_eq!(list(services, &dpo, RequestState::Answered).await.requests.len(), 1, "the rest stays");
    let [text, ..] = texts(services, &dpo, open).await;
    assert_eq!(text.as_deref(), Some(TEXTS[0]), "what waits for an answer keeps its words");
    let after = everything(&world).await;
    assert_eq!(sealed.iter().filter(|text| after.contains(*text)).count(), 1, "that of the open one");
});

/// What could not be taken out of the log at once is taken out later, though nothing more is due then.
#[tokio::test(flavor = "multi_thread")]
async fn while_somebody_reads_the_files_it_is_tried_again() {
    let (world, hand) = World::new(store::testing::Throwaway::sqlite().await).await.at(NOON).await;
    let (tom, dpo) = (world.caller("tom").await, world.caller("dpo").await);
    plant(&world.services, &tom, &dpo).await;
    let sealed = ciphertexts(&world.throwaway.dump().await["data_request"]);
    let places = async || {
        let files = world.throwaway.everything().await;
        let holds = |bytes: &[u8]| sealed.iter().filter(|text| hex_of(bytes).contains(*text)).count();
        files
            .into_iter()
            .map(|(place, bytes)| (place, holds(&bytes)))
            .filter(|(_, held)| *held > 1)
            .collect::<Vec<_>>()
    };
    hand.store(END, Ordering::Relaxed);
    let reader = world.throwaway.hold("assent.db").await;
    tidy_up(world.services.store()).await.expect("tidied");
    let left: Vec<_> = places().await.into_iter().map(|(place, _)| place).collect();
    assert_eq!(left, ["assent.db-wal"], "they were erased, and can be read in the log");
    reader.release().await;
    tidy_up(world.services.store()).await.expect("tidied");
    assert_eq!(places().await, [], "but for the one that is open");
}
