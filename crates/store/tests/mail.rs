//! The outbox: each mail is claimed by one server at a time, tried again, given up, and forgotten.

use domain::{
    Email, Language, OrganisationId, UserId,
    device::Device,
    mail::{MailProblem, Message},
    name::{OrganisationName, PersonName},
    users::Contact,
};
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use store::{
    Clock, Grant, Own, Store,
    mail::{self, sending, settling},
    second_factor::Entered,
    sessions::{self, NewSession},
    set_up::{self, FirstOrganisation},
    sign_in, termination,
    testing::Throwaway,
};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
const ADDRESS: &str = "alex@outbox.test";

macro_rules! on_both {
    ($name:ident, $body:expr) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                ($body)(World::new(Throwaway::sqlite().await).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                ($body)(World::new(Throwaway::postgres().await).await).await;
            }
        }
    };
}

/// One user, two servers, and a clock that is moved by hand.
struct World {
    throwaway: Throwaway,
    clock: Arc<AtomicI64>,
    store: Store,
    second: Store,
    organisation: OrganisationId,
    user: UserId,
}

impl World {
    async fn new(throwaway: Throwaway) -> Self {
        let clock = Arc::new(AtomicI64::new(1_800_000_000_000));
        let store = throwaway.at(Clock::Fixed(clock.clone())).await;
        let second = throwaway.at(Clock::Fixed(clock.clone())).await;
        store.outbox().open();
        let first = FirstOrganisation {
            name: OrganisationName::parse("Northwind").expect("a value"),
            time_zone: "Europe/Berlin".into(),
            admin: Contact {
                name: PersonName::parse("Alex").expect("a value"),
                email: Email::parse(ADDRESS).expect("a value"),
            },
            password_hash: "a hash".into(),
            language: Language::German,
            notice: domain::notice::Texts::default(),
        };
        let (organisation, user) = set_up::create(&store, first).await.expect("the database");
        Self { throwaway, clock, store, second, organisation, user }
    }

    fn later(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::Relaxed);
    }

    async fn queue(&self, message: Message) {
        let (grant, user) = (Grant::system(self.organisation), self.user);
        self.store
            .write(async move |tx| mail::queue(tx, &grant, user, message).await)
            .await
            .expect("the database");
    }

    async fn next(&self) -> Option<sending::Letter> {
        sending::next(&self.store).await.expect("the database")
    }

    async fn settle(&self, letter: &sending::Letter, outcome: settling::Outcome) {
        settling::settle(&self.store, &letter.job, outcome).await.expect("the database");
    }

    async fn rows(&self, table: &str) -> Vec<String> {
        self.throwaway.dump().await.remove(table).expect("a table")
    }

    async fn own(&self) -> Grant<Own> {
        let email = Email::parse(ADDRESS).expect("a value");
        let candidate = sign_in::candidate(&self.store, self.organisation, &email)
            .await
            .expect("the database")
            .expect("somebody");
        let session = NewSession { device: Device::default(), seconds: 60 };
        let enter = self.store.write(async move |tx| sign_in::enter(tx, &candidate, session, "/").await);
        let Entered::Session(token) = enter.await.expect("the database") else { panic!("no second factor") };
        let mut read = self.store.read().await.expect("the database");
        let caller =
            sessions::resolve(&mut read, &token, self.store.clock().now()).await.expect("the database");
        caller.expect("somebody").own()
    }
}

async fn claim_all(store: Store) -> Vec<String> {
    let mut claimed = Vec::new();
    while let Some(letter) = sending::next(&store).await.expect("the database") {
        claimed.push(letter.job.id.to_string());
    }
    claimed
}

on_both!(two_servers_never_claim_the_same_mail, async |world: World| {
    for _ in 0..30 {
        world.queue(Message::PasswordChanged).await;
    }
    let (one, two) = (tokio::spawn(claim_all(world.store)), tokio::spawn(claim_all(world.second)));
    let claimed = [one.await.expect("the database"), two.await.expect("the database")].concat();
    assert_eq!(claimed.len(), 30);
    assert_eq!(claimed.iter().collect::<BTreeSet<_>>().len(), 30);
});

on_both!(a_claim_is_a_lease, async |world: World| {
    world.queue(Message::PasswordChanged).await;
    let first = world.next().await.expect("a mail");
    assert_eq!((first.job.attempt, first.to.reveal(), first.name.as_str()), (1, ADDRESS, "Alex"));
    assert_eq!((first.language, first.time_zone.as_str()), (Language::German, "Europe/Berlin"));
    world.later(5 * MINUTE - 1);
    assert!(world.next().await.is_none(), "it belongs to the first");
    world.later(1);
    let second = world.next().await.expect("the first seems to have died");
    assert_eq!((second.job.id, second.job.attempt), (first.job.id, 2));
    world.settle(&first, settling::Outcome::GivenUp(MailProblem::Unreachable)).await;
    assert!(world.rows("mail").await[0].contains("queued"), "the first comes too late");
    world.settle(&second, settling::Outcome::Sent).await;
    assert!(world.rows("mail").await[0].contains("sent"));
    world.later(DAY);
    assert!(world.next().await.is_none());
});

on_both!(it_is_tried_again_ever_later_and_given_up, async |world: World| {
    world.queue(Message::PasswordChanged).await;
    let began = world.clock.load(Ordering::Relaxed);
    for (attempt, pause) in [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360].into_iter().enumerate() {
        let letter = world.next().await.unwrap_or_else(|| panic!("attempt {attempt}"));
        world.settle(&letter, settling::Outcome::Postponed(MailProblem::Refused(451))).await;
        world.later(pause * MINUTE - 1);
        assert!(world.next().await.is_none(), "too early after attempt {attempt}");
        world.later(1);
    }
    let last = world.next().await.expect("the twelfth attempt");
    world.settle(&last, settling::Outcome::Postponed(MailProblem::Refused(451))).await;
    let row = &world.rows("mail").await[0];
    assert!(row.contains("failed") && row.contains("451"), "{row}");
    assert!(world.clock.load(Ordering::Relaxed) - began < DAY);
    world.later(DAY);
    assert!(world.next().await.is_none());
});

on_both!(what_no_attempt_ended_for_is_given_up_too, async |world: World| {
    world.queue(Message::PasswordChanged).await;
    for _ in 0..12 {
        assert!(world.next().await.is_some());
        world.later(5 * MINUTE);
    }
    assert!(world.next().await.is_none());
    settling::sweep(&world.store).await.expect("the database");
    let row = &world.rows("mail").await[0];
    assert!(row.contains("failed") && row.contains("interrupted"), "{row}");
});

on_both!(old_mail_is_forgotten, async |world: World| {
    for outcome in [settling::Outcome::Sent, settling::Outcome::GivenUp(MailProblem::Refused(550))] {
        world.queue(Message::PasswordChanged).await;
        let letter = world.next().await.expect("a mail");
        world.settle(&letter, outcome).await;
    }
    for (later, left) in [(30 * DAY - 1, 2), (1, 1), (60 * DAY - 1, 1), (1, 0)] {
        world.later(later);
        settling::sweep(&world.store).await.expect("the database");
        assert_eq!(world.rows("mail").await.len(), left);
    }
});

on_both!(termination_takes_it_along, async |world: World| {
    let (grant, user) = (world.own().await, world.user);
    world.queue(Message::PasswordChanged).await;
    let notice = world.store.write(async move |tx| mail::queue_to_former_address(tx, &grant, user).await);
    notice.await.expect("the database");
    assert_eq!((world.rows("mail").await.len(), world.rows("former_address").await.len()), (2, 1));
    // The only platform admin can't end the account, so it is marked by hand.
    world.throwaway.execute("UPDATE account SET status = 'terminating'").await;
    assert!(world.next().await.is_none(), "nobody writes to an account that is ending");
    termination::resume(&world.store).await.expect("the database");
    assert!(world.rows("mail").await.is_empty() && world.rows("former_address").await.is_empty());
});

on_both!(nothing_is_queued_where_nothing_is_sent, async |world: World| {
    let closed = world.throwaway.second().await;
    let (grant, user) = (Grant::system(world.organisation), world.user);
    let queued = closed.write(async move |tx| mail::queue(tx, &grant, user, Message::PasswordChanged).await);
    queued.await.expect("the database");
    assert!(world.rows("mail").await.is_empty());
    world.queue(Message::PasswordChanged).await;
    assert_eq!(world.rows("mail").await.len(), 1);
    let heard = tokio::time::timeout(std::time::Duration::from_secs(5), world.store.outbox().queued());
    heard.await.expect("the bell was rung");
});

on_both!(a_link_that_could_not_be_used_is_not_sent, async |world: World| {
    let of_link = async || world.rows("link").await.len();
    for message in [Message::Invitation, Message::AddressConfirmation] {
        world.queue(message).await;
        assert!(world.next().await.is_none(), "{message:?}");
    }
    assert!(world.rows("mail").await.is_empty(), "dropped");
    assert_eq!(of_link().await, 0);
    world.queue(Message::PasswordReset).await;
    let letter = world.next().await.expect("a mail");
    let link = letter.link.as_ref().expect("a link");
    assert_eq!(link.expires_at, world.clock.load(Ordering::Relaxed) + 60 * MINUTE);
    assert_eq!(of_link().await, 1);
    let dump = world.throwaway.dump().await;
    let all: String = dump.values().flatten().cloned().collect();
    assert!(!all.contains(link.token.reveal()), "only its hash is stored");
    assert!(!all.contains(ADDRESS));

    world.later(5 * MINUTE);
    let again = world.next().await.expect("the next attempt").link.expect("a link");
    assert_ne!(again.token.reveal(), link.token.reveal());
    assert_eq!(of_link().await, 1, "it took the place of the first");

    world.queue(Message::PasswordReset).await;
    world.throwaway.execute("UPDATE account SET status = 'suspended'").await;
    assert!(world.next().await.is_none());
    world.queue(Message::PasswordChanged).await;
    assert!(world.next().await.is_some(), "what is no link still goes to somebody suspended");
});
