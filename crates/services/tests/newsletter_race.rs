//! Opt-outs against a running send, over a real mail server and several senders: no mail arrives after the
//! opt-out of its reader was acknowledged.

mod support;

use domain::{
    Language, NewsletterId, OrganisationId,
    newsletters::{FindNewsletter, IssueTexts, SaveIssue, SendIssue, SetSwitch, Translated},
    users::Contact,
};
use services::{
    Services,
    mail::{Delivery, Mailer, deliver_next},
    newsletters::{self, issues, switches},
    profile,
};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};
use store::{Caller, Grant, System, Token, termination, users};
use support::World;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
    task::JoinSet,
};

const URL: &str = "http://localhost:3000";
/// How many send at once, each with connections of its own, like servers.
const SENDERS: usize = 3;

/// A mail server that tells whom a mail is just coming for, and remembers in which order they came.
#[derive(Clone)]
struct Post {
    url: String,
    order: Arc<AtomicU64>,
    arrived: Arc<Mutex<HashMap<String, u64>>>,
    /// Every line of every mail.
    lines: Arc<Mutex<Vec<String>>>,
    /// One permit lets one mail arrive.
    gate: Arc<Semaphore>,
}

impl Post {
    async fn open(permits: usize) -> (Self, mpsc::UnboundedReceiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let post = Self {
            url: format!("smtp://{}", listener.local_addr().expect("an address")),
            order: Arc::default(),
            arrived: Arc::default(),
            lines: Arc::default(),
            gate: Arc::new(Semaphore::new(permits)),
        };
        let (coming, heard) = mpsc::unbounded_channel();
        let own = post.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (post, coming) = (own.clone(), coming.clone());
                tokio::spawn(async move { drop(post.converse(stream, coming).await) });
            }
        });
        (post, heard)
    }

    async fn converse(
        &self,
        stream: TcpStream,
        coming: mpsc::UnboundedSender<String>,
    ) -> std::io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let (mut to, mut in_data) = (String::new(), false);
        write.write_all(b"220 mail.test\r\n").await?;
        while let Some(line) = lines.next_line().await? {
            let answer = match line.split_whitespace().next().unwrap_or_default() {
                "." => {
                    in_data = false;
                    self.gate.acquire().await.expect("the gate").forget();
                    let arrived = self.order.fetch_add(1, Ordering::SeqCst);
                    let twice = self.arrived.lock().expect("the list").insert(to.clone(), arrived);
                    assert_eq!(twice, None, "{to} got it twice");
                    "250 taken"
                }
                _ if in_data => {
                    self.lines.lock().expect("the lines").push(line);
                    continue;
                }
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    drop(coming.send(to.clone()));
                    "250 fine"
                }
                "DATA" => {
                    in_data = true;
                    "354 go on"
                }
                "QUIT" => "221 bye",
                _ => "250 fine",
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }

    fn has(&self, address: &str) -> Option<u64> {
        self.arrived.lock().expect("the list").get(address).copied()
    }
}

/// Some hundred readers, and an issue that is on its way to them: by address what opts each of them out.
async fn readers(world: &World, many: usize) -> Vec<(String, Token)> {
    let admin = world.caller("admin").await;
    let id = newsletters::list(&world.services, &admin).await.expect("newsletters")[0].id;
    add_users(world, admin.organisation(), many).await;
    let tokens = world.throwaway.opt_in_everybody(id).await;
    let newest = tokens.into_iter().rev().take(many).rev().map(|(_, token)| token);
    send_issue(world, &admin, id).await;
    (0..many).map(address).zip(newest).collect()
}

async fn send_issue(world: &World, admin: &Caller, id: NewsletterId) {
    let issue = issues::write(&world.services, admin, FindNewsletter { id }).await.expect("a draft");
    let words = |en: &str| Translated { en: en.into(), de: String::new() };
    let texts = IssueTexts { subject: words("News"), body: words("News") };
    let save = SaveIssue { id: issue.id, version: issue.version, texts };
    let issue = issues::save(&world.services, admin, save).await.expect("saved");
    let send = SendIssue { id: issue.id, version: issue.version };
    issues::send(&world.services, admin, send).await.expect("sent");
}

fn address(number: usize) -> String {
    format!("reader{number}@demo.test")
}

async fn add_users(world: &World, organisation: OrganisationId, many: usize) {
    let store = world.services.store();
    let system = Grant::<System>::system(organisation);
    for number in 0..many {
        let contact = Contact::parse(&format!("Reader {number}"), &address(number)).expect("a contact");
        let draft = users::Draft {
            contact: &contact,
            external: false,
            access_ends_at: None,
            language: Language::English,
        };
        let account = users::prepare_demo(store, &system, &draft).await.expect("a key");
        let own = system.clone();
        let created = store
            .write(async move |tx| users::create_active(tx, &own, account.clone(), "none", &[]).await)
            .await;
        created.expect("created");
    }
}

/// Another server on the same database, which sends by this mail server.
async fn sender(world: &World, post: &Post) -> Services {
    let mailer = Mailer::smtp(&post.url, "Assent <assent@example.org>", URL).expect("a mailer");
    Services::with_mailer(world.throwaway.second().await, URL, mailer)
}

/// Readers opt out while their own mail is coming, while that of the one before is, and before any is: in all
/// three cases the acknowledgement is the last that they hear.
async fn race(world: World, many: usize) {
    let all = readers(&world, many).await;
    let (post, mut coming) = Post::open(many + 100).await;
    let mut senders = JoinSet::new();
    for _ in 0..SENDERS {
        let services = sender(&world, &post).await;
        senders.spawn(async move {
            while deliver_next(&services).await.expect("delivered") != Delivery::Nothing {}
        });
    }
    let number: HashMap<_, _> =
        all.iter().enumerate().map(|(at, (address, _))| (address.clone(), at)).collect();
    let acknowledged = Arc::new(Mutex::new(HashMap::new()));
    let (mut opting_out, mut asked) = (JoinSet::new(), vec![false; many]);
    let mut opt_out = |at: usize, opting_out: &mut JoinSet<()>| {
        if at >= many || std::mem::replace(&mut asked[at], true) {
            return;
        }
        let (address, token) = all[at].clone();
        let (services, post, acknowledged) = (world.services.clone(), post.clone(), acknowledged.clone());
        opting_out.spawn(async move {
            switches::opt_out(&services, token.reveal()).await.expect("opted out");
            let moment = post.order.fetch_add(1, Ordering::SeqCst);
            acknowledged.lock().expect("the list").insert(address, moment);
        });
    };
    loop {
        tokio::select! {
            Some(address) = coming.recv() => if let Some(at) = number.get(&address) {
                for at in [*at, at + 1, at + 7].into_iter().filter(|it| [0, 1].contains(&(it % 4))) {
                    opt_out(at, &mut opting_out);
                }
            },
            ended = senders.join_next() => if ended.is_none() { break },
        }
    }
    for at in 0..many {
        opt_out(at, &mut opting_out);
    }
    while let Some(done) = opting_out.join_next().await {
        done.expect("no opt-out failed");
    }
    let acknowledged = acknowledged.lock().expect("the list");
    assert_eq!(acknowledged.len(), many);
    let (mut got, mut spared) = (0, 0);
    for (address, _) in &all {
        match post.has(address) {
            Some(arrived) => {
                assert!(arrived < acknowledged[address], "{address} got mail after the acknowledgement");
                got += 1;
            }
            None => spared += 1,
        }
    }
    assert!(got > many / 4 && spared > many / 50, "a real race: {got} got it, {spared} did not");
}

mod opt_outs_race_with_a_send {
    use super::*;
    use store::testing::Throwaway;

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn sqlite() {
        race(World::new(Throwaway::sqlite().await).await, 1000).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn postgres() {
        race(World::new(Throwaway::postgres().await).await, 1000).await;
    }
}

async fn is_on(world: &World, newsletter: NewsletterId) -> bool {
    let carla = world.caller("carla").await;
    let all = switches::list(&world.services, &carla).await.expect("switches");
    all.iter().any(|switch| switch.id == newsletter && switch.on)
}

/// Carla reads a newsletter, of which an issue is on its way.
async fn carla_reads(world: &World) -> (Caller, NewsletterId) {
    let admin = world.caller("admin").await;
    let id = newsletters::list(&world.services, &admin).await.expect("newsletters")[0].id;
    let carla = world.caller("carla").await;
    let on = SetSwitch { id, text_version: 1, on: true };
    switches::set(&world.services, &carla, on).await.expect("on");
    send_issue(world, &admin, id).await;
    (carla, id)
}

on_both!(an_opt_out_waits_for_the_mail_that_is_just_leaving, async |world: World| {
    let (post, mut coming) = Post::open(0).await;
    let (carla, id) = carla_reads(&world).await;

    let services = sender(&world, &post).await;
    let sending = tokio::spawn(async move { deliver_next(&services).await });
    assert_eq!(coming.recv().await.as_deref(), Some("carla@demo.test"), "it is in the dialogue");
    let (services, caller) = (world.services.clone(), carla.clone());
    let off = SetSwitch { id, text_version: 1, on: false };
    let opting_out = tokio::spawn(async move { switches::set(&services, &caller, off).await });
    while is_on(&world, id).await {}
    assert!(!opting_out.is_finished(), "written, and not acknowledged");
    assert_eq!(post.has("carla@demo.test"), None);
    post.gate.add_permits(1);
    opting_out.await.expect("an end").expect("off");
    assert!(post.has("carla@demo.test").is_some(), "it had left before");
    let lines = post.lines.lock().expect("the lines").clone();
    let link = lines.iter().find_map(|line| line.strip_prefix("List-Unsubscribe: <"));
    let link = link.and_then(|link| link.strip_suffix('>')).expect("RFC 2369");
    assert!(link.starts_with("http://localhost:3000/unsubscribe?token="), "{link}");
    assert!(lines.iter().any(|line| line == "List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "RFC 8058");
    assert_eq!(sending.await.expect("an end"), Ok(Delivery::Sent));
});

on_both!(a_server_that_died_is_not_waited_for, async |world: World| {
    let (carla, id) = carla_reads(&world).await;
    // It had marked the mail, and that was a while ago.
    world.throwaway.execute("UPDATE mail SET attempts = 1, handed_over_until = 1").await;
    let off = SetSwitch { id, text_version: 1, on: false };
    let opting_out = switches::set(&world.services, &carla, off);
    let done = tokio::time::timeout(std::time::Duration::from_secs(10), opting_out).await;
    assert!(!done.expect("at once").expect("off")[0].on);
});

on_both!(the_end_of_an_account_waits_for_the_mail_that_is_just_leaving, async |world: World| {
    let (post, mut coming) = Post::open(0).await;
    let (carla, _) = carla_reads(&world).await;

    let services = sender(&world, &post).await;
    let sending = tokio::spawn(async move { deliver_next(&services).await });
    assert_eq!(coming.recv().await.as_deref(), Some("carla@demo.test"), "it is in the dialogue");
    let (services, caller) = (world.services.clone(), carla.clone());
    let ending =
        tokio::spawn(async move { profile::terminate(&services, &caller, support::termination()).await });
    let marked =
        async || !world.throwaway.dump().await["account"].iter().all(|row| !row.contains("terminating"));
    while !marked().await {}
    assert!(!ending.is_finished(), "no way in, and not acknowledged");
    assert_eq!(post.has("carla@demo.test"), None);
    post.gate.add_permits(1);
    ending.await.expect("an end").expect("terminated");
    assert!(post.has("carla@demo.test").is_some(), "it had left before");
    assert_eq!(sending.await.expect("an end"), Ok(Delivery::Sent));
});

on_both!(no_mail_begins_to_leave_once_an_account_is_being_ended, async |world: World| {
    let (post, _coming) = Post::open(100).await;
    let (carla, id) = carla_reads(&world).await;
    // What has been claimed and looked up looks at the switch alone.
    termination::begin(world.services.store(), &carla.own()).await.expect("marked");
    world.throwaway.execute("UPDATE account SET status = 'active'").await;
    assert!(!is_on(&world, id).await);
    let services = sender(&world, &post).await;
    while deliver_next(&services).await.expect("delivered") != Delivery::Nothing {}
    assert_eq!(post.has("carla@demo.test"), None);
});
