//! Erasure, proven: whatever is stored about a user is planted, shown to be there, and after the end of
//! the account not one byte of it is left, in any form, in anything that lies there or was logged; and
//! what is left of ciphertexts, or was copied before, no key opens.

mod support;

use domain::{
    ExportId, Language,
    device::{Browser, Device, System},
    mail::Message,
    newsletters::SetSwitch,
    privacy::Export,
    profile::{ChangePassword, SaveProfile},
    receipts::{Erasure, FindReceipt},
    requests::{FileRequest, ReplyToRequest, RequestKind},
    second_factor::AddPasskey,
    sign_in::{CheckLink, SignIn, Visitor},
    users::{ChangeUser, CreateUser, FindUser},
};
use services::{
    Services, links,
    mail::{Delivery, Mailer, deliver_next},
    newsletters::switches,
    passkeys, privacy, profile, receipts, requests, second_factor, sign_in, users,
};
use std::{
    io::{Cursor, Read},
    sync::OnceLock,
};
use store::{Caller, Grant, housekeeping::tidy_up, mail, termination, testing::erasure::Place};
use support::{
    PASSWORD, World,
    authenticator::Authenticator,
    canaries::{Canaries, forms},
    logs::Logs,
    mail_server::Server,
};

/// All that this program logs, on every thread.
fn logs() -> &'static Logs {
    static LOGS: OnceLock<Logs> = OnceLock::new();
    LOGS.get_or_init(|| {
        let logs = Logs::default();
        tracing::subscriber::set_global_default(logs.subscriber()).expect("the first subscriber");
        logs
    })
}

/// What nobody else has, here or in another run.
struct Marks {
    run: String,
}

impl Marks {
    fn new(world: &World) -> Self {
        let run = world.services.store().random().token().reveal()[..12].to_owned();
        Self { run }
    }

    fn text(&self, of: &str) -> String {
        format!("kanarie-{of}-{}", self.run)
    }

    fn address(&self, of: &str) -> String {
        format!("kanarie.{of}.{}@canary.test", self.run)
    }

    /// A name, and the key that it is sorted by, which is another text.
    fn name(&self, of: &str) -> (String, String) {
        (format!("K\u{e1}n\u{e1}r\u{ee}e {of} {}", self.run), format!("kanarie {of} {}", self.run))
    }
}

/// A user of whom there is everything, and where it is to be found.
struct Planted {
    marks: Marks,
    user: Caller,
    admin: Caller,
    /// What is plain in the database.
    plain: Canaries,
    /// What is there under the user's key alone.
    sealed: Canaries,
    /// What left the program and must never have been in it but in memory.
    elsewhere: Canaries,
    invited: ChangeUser,
}

async fn plant(world: &World) -> Planted {
    let (services, marks) = (&world.services, Marks::new(world));
    let (mut plain, mut sealed) = (Canaries::default(), Canaries::default());
    let mut elsewhere = Canaries::default();
    let (admin, user) = (world.caller("admin").await, opera(world, "tom").await);
    elsewhere.add("the token of a session", &user.1);
    let user = user.0;
    plain.add("class of device", "opera/macos");
    // In the demo all have one hash.
    let request = ChangePassword { current: PASSWORD.into(), password: "tram velvet oxide lantern".into() };
    profile::change_password(services, &user, request).await.expect("changed");

    let (name, sort_key) = marks.name("tom");
    plain.add("sort key", &sort_key);
    let addresses = ["former", "current", "next"].map(|of| marks.address(of));
    for address in &addresses {
        sealed.add(&format!("address {address}"), address);
    }
    change_addresses(world, &user, &name, &addresses).await;
    fail_to_send(world, &user, &addresses, &mut elsewhere).await;

    let texts = ["question", "reason", "answer"].map(|of| marks.text(of));
    for text in &texts {
        sealed.add(text, text);
    }
    let [question, reason, answer] = texts;
    let request = FileRequest { kind: RequestKind::Access, text: question };
    let id = requests::file(services, &user, request).await.expect("filed").row.id;
    let reply = |text| ReplyToRequest { id, text };
    requests::extend(services, &admin, reply(reason)).await.expect("put off");
    requests::answer(services, &admin, reply(answer)).await.expect("answered");

    let passkey = marks.text("passkey");
    plain.add("passkey", &passkey);
    second_factor::begin(services, &user).await.expect("a secret");
    let question = passkeys::begin_adding(services, &user).await.expect("asked");
    let answer = Authenticator::new(0xa7).create(&question.options);
    passkeys::add(services, &user, AddPasskey { token: question.token, answer, name: passkey })
        .await
        .expect("added");
    let unanswered = passkeys::begin_adding(services, &user).await.expect("asked");
    elsewhere.add("a question", &unanswered.token);

    let switch = switches::list(services, &user).await.expect("switches").remove(0);
    let on = SetSwitch { id: switch.id, text_version: switch.text_version, on: true };
    switches::set(services, &user, on).await.expect("on");
    users::find(services, &admin, FindUser { id: user.user() }).await.expect("looked at");
    privacy::start_export(services, &user).await.expect("asked for");
    assert_eq!(privacy::make_next(services).await, Ok(true));
    let (name, sort_key) = marks.name("nora");
    let address = marks.address("nora");
    plain.add("name of somebody invited", &name);
    plain.add("sort key of somebody invited", &sort_key);
    sealed.add("address of somebody invited", &address);
    let request = CreateUser { name, email: address.clone(), ..CreateUser::default() };
    let id = users::create(services, &admin, request).await.expect("invited").id;
    deliver(services).await;
    elsewhere.add("the secret of an invitation", link_for(services, &address));
    let version = users::find(services, &admin, FindUser { id }).await.expect("found").version;
    let invited = ChangeUser { id, version };
    Planted { marks, user, admin, plain, sealed, elsewhere, invited }
}

/// Signs in with a class of device that nobody else has.
async fn opera(world: &World, local: &str) -> (Caller, String) {
    let device = Device { browser: Browser::Opera, system: System::MacOs };
    let request = SignIn {
        email: format!("{local}@demo.test"),
        password: PASSWORD.into(),
        organisation: String::new(),
        return_to: String::new(),
    };
    let visitor = Visitor { device, ..Visitor::default() };
    let entry = sign_in::sign_in(&world.services, visitor, request).await.expect("signing in");
    let token = entry.session().expect("no second factor").token;
    let caller = sign_in::resolve(&world.services, &token).await.expect("an answer").expect("somebody");
    (caller, token)
}

/// One address after the other: the first is confirmed and gives way to the second, of whose change the
/// first still has to be told; the third waits.
async fn change_addresses(world: &World, user: &Caller, name: &str, addresses: &[String; 3]) {
    let services = &world.services;
    for email in addresses {
        let version = profile::find(services, user).await.expect("a profile").version;
        let (name, language) = (name.to_owned(), Language::English);
        let request = SaveProfile { version, name, email: email.clone(), language };
        profile::save(services, user, request).await.expect("saved");
        if email == &addresses[2] {
            break;
        }
        deliver(services).await;
        let token = link_for(services, email);
        links::confirm_address(services, &CheckLink { token }).await.expect("confirmed");
        if email == &addresses[0] {
            deliver(services).await;
        }
    }
}

/// The secret in the newest mail to an address.
fn link_for(services: &Services, email: &str) -> String {
    let mails = services.inbox().expect("an inbox").all();
    let mail = mails.iter().find(|mail| mail.address.reveal() == email).expect("a mail");
    let (_, rest) = mail.letter.text.split_once("?token=").expect("a link");
    rest.split_whitespace().next().expect("a token").to_owned()
}

/// Mail servers that refuse with the address in their words, for now and for good, and one that takes a
/// mail.
async fn fail_to_send(world: &World, user: &Caller, addresses: &[String; 3], elsewhere: &mut Canaries) {
    let words = addresses.join("> <");
    let busy = Server::start(&format!("451 4.7.1 <{words}> later")).await;
    let mut failed = 0;
    while let Delivery::Failed(_) = send(world, &busy).await {
        failed += 1;
    }
    assert!(failed >= 2, "the notice to the former address, and the link to the next");
    queue_reset(world, user).await;
    let bounces = Server::start(&format!("550 5.1.1 <{words}> not known here")).await;
    assert!(matches!(send(world, &bounces).await, Delivery::Failed(_)));
    for address in addresses {
        assert!(busy.heard().contains(address) || bounces.heard().contains(address), "{address}");
    }
    queue_reset(world, user).await;
    let takes = Server::start("250 fine").await;
    assert_eq!(send(world, &takes).await, Delivery::Sent);
    let joined = takes.heard().replace("=\n", "").replace("=3D", "=");
    let token = joined.split("?token=").nth(1).expect("a link").get(..64).expect("a token");
    elsewhere.add("the secret of a link", token);
}

async fn queue_reset(world: &World, user: &Caller) {
    let (grant, id) = (Grant::system(user.organisation()), user.user());
    let store = world.services.store();
    let queued = store.write(async move |tx| mail::queue(tx, &grant, id, Message::PasswordReset).await);
    queued.await.expect("queued");
}

async fn send(world: &World, server: &Server) -> Delivery {
    let url = "https://assent.example.org";
    let mailer = Mailer::smtp(&server.url, "Assent <assent@example.org>", url).expect("a mailer");
    let services = Services::with_mailer(world.services.store().clone(), url, mailer);
    deliver_next(&services).await.expect("an attempt")
}

async fn deliver(services: &Services) {
    while deliver_next(services).await.expect("delivered") != Delivery::Nothing {}
}

/// What is found in an export, unpacked.
fn unpacked(file: Vec<u8>) -> Vec<Place> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("a ZIP");
    let read = |index| {
        let mut file = archive.by_index(index).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("bytes");
        (format!("export, file {index}"), bytes)
    };
    (0..3).map(read).collect()
}

async fn exported(services: &Services, user: &Caller) -> ExportId {
    match privacy::export(services, user).await.expect("a state") {
        Export::Ready { id, .. } => id,
        state => panic!("{state:?}"),
    }
}

/// What lies there and what was logged.
async fn everywhere(world: &World) -> Vec<Place> {
    let mut places = world.throwaway.everything().await;
    places.push(("logs".into(), logs().written()));
    places
}

on_both!(nothing_is_left_of_anybody_in_any_byte, async |world: World| {
    let logs = logs();
    let planted = plant(&world).await;
    let Planted { marks, user, admin, plain, sealed, elsewhere, invited } = &planted;
    let (services, throwaway) = (&world.services, &world.throwaway);
    let (mut unreadable, none) = (Canaries::default(), std::collections::BTreeSet::new());
    for id in [user.user(), invited.id] {
        for (place, bytes) in throwaway.unreadable_of(id).await {
            unreadable.add(&place, bytes);
        }
    }
    // All of it is there: what is plain and what nobody can read as it lies, the rest under the key.
    let before = everywhere(&world).await;
    assert_eq!(plain.in_any_form(&before), plain.names());
    assert_eq!(unreadable.in_any_form(&before), unreadable.names());
    let expected = [
        "user_contact.lookup",
        "session.token_hash",
        "totp.secret",
        "data_export.file",
        "passkey.credential_id",
        "link.token_hash",
        "former_address.address",
        "challenge.token_hash",
    ];
    assert!(expected.iter().all(|name| unreadable.names().contains(*name)), "{:?}", unreadable.names());
    assert_eq!(sealed.found(&before), Default::default(), "it is never plain");
    assert_eq!(elsewhere.found(&before), Default::default(), "it is kept as a hash");
    let copied = throwaway.ciphertexts().await;
    let opened = throwaway.decrypt(&copied).await;
    assert_eq!(opened.len(), copied.len(), "with the keys of then everything can be read");
    assert_eq!(sealed.in_any_form(&opened), sealed.names());
    let file = privacy::download(services, user, exported(services, user).await).await.expect("a file");
    let in_export = sealed.in_any_form(&unpacked(file));
    assert_eq!(in_export.len(), sealed.names().len() - 1, "all but the address of somebody else");

    let proven = user.proven(services.store().clock().now()).expect("signed in just now");
    let token = termination::terminate(services.store(), &user.own(), &proven).await.expect("the end");
    users::revoke_invitation(services, admin, *invited).await.expect("revoked");
    let receipt = receipts::find(services, &FindReceipt { token: token.reveal().into() }).await;
    assert_eq!(receipt.expect("a receipt").receipt.erasure, Erasure::Done);

    let after = everywhere(&world).await;
    for canaries in [plain, sealed, elsewhere, &unreadable] {
        assert_eq!(canaries.found(&after), Default::default());
    }
    // With today's keys neither what is left nor what was copied before can be read.
    let gone = [user.user(), invited.id];
    for ciphertexts in [throwaway.ciphertexts().await, copied.clone()] {
        let opened = throwaway.decrypt(&ciphertexts).await;
        assert_eq!(sealed.in_any_form(&opened), none);
        let others = ciphertexts.iter().filter(|it| !gone.contains(&it.user)).count();
        assert!(others > 0 && opened.len() == others, "that of everybody else still can");
    }
    // The search sees what is there: the name that stays, and what was logged.
    let mut control = Canaries::default();
    let (name, _) = marks.name("tom");
    control.add("the name that stays", &name);
    control.add("a line of the log", format!("kanarie-log-{name}"));
    tracing::trace!(target: "sqlx::query", "kanarie-log-{name}");
    assert_eq!(control.in_any_form(&everywhere(&world).await), control.names());
    let written = String::from_utf8_lossy(&logs.written()).into_owned();
    assert!(
        written.contains("sqlx::query") && written.contains("DELETE FROM account"),
        "statements are logged"
    );
});

/// As long as somebody reads a file as it was, what it held stays in its log.
#[tokio::test(flavor = "multi_thread")]
async fn while_somebody_reads_the_files_the_receipt_is_pending() {
    for (file, telling) in [("keys.db", "user_key.wrapped"), ("assent.db", "user_contact.address")] {
        let world = World::new(store::testing::Throwaway::sqlite().await).await;
        let (services, user) = (&world.services, world.caller("tom").await);
        let mut unreadable = Canaries::default();
        let mut values = world.throwaway.unreadable_of(user.user()).await.into_iter();
        let (place, bytes) = values.find(|(place, _)| place == telling).expect("a value");
        unreadable.add(&place, bytes);
        let find = async |token: &store::Token| {
            let request = FindReceipt { token: token.reveal().into() };
            receipts::find(services, &request).await.expect("a receipt").receipt.erasure
        };
        let reader = world.throwaway.hold(file).await;
        let proven = user.proven(services.store().clock().now()).expect("signed in just now");
        let began = std::time::Instant::now();
        let token = termination::terminate(services.store(), &user.own(), &proven).await.expect("the end");
        assert!(began.elapsed().as_secs() < 5, "nobody waits for somebody who reads");
        assert_eq!(find(&token).await, Erasure::Pending, "{file}");
        tidy_up(services.store()).await.expect("tidied");
        assert_eq!(find(&token).await, Erasure::Pending, "{file} is still being read");
        let left = unreadable.found(&world.throwaway.everything().await);
        let log = format!("{file}-wal");
        assert!(!left.is_empty() && left.iter().all(|found| found.place == log), "{left:?}");

        reader.release().await;
        tidy_up(services.store()).await.expect("tidied");
        assert_eq!(find(&token).await, Erasure::Done, "{file}");
        assert_eq!(unreadable.found(&world.throwaway.everything().await), Default::default());
    }
}

#[test]
fn every_form_is_found_wherever_it_stands() {
    let value = "Kanarie+t\u{f6}m@canary.test";
    let mut canaries = Canaries::default();
    canaries.add("it", value);
    for (form, bytes) in forms(value.as_bytes()) {
        let around = [b"something before ".as_slice(), &bytes, b" and after"].concat();
        let found = canaries.found(&[("here".into(), around)]);
        assert!(found.iter().any(|found| found.form == form), "{form}: {found:?}");
    }
    // As others encode it: behind one, two and three other bytes.
    for base64 in [
        "eEthbmFyaWUrdMO2bUBjYW5hcnkudGVzdHg=",
        "eHhLYW5hcmllK3TDtm1AY2FuYXJ5LnRlc3R4",
        "eHh4S2FuYXJpZSt0w7ZtQGNhbmFyeS50ZXN0eA==",
    ] {
        assert_eq!(canaries.in_any_form(&[("here".into(), base64.into())]).len(), 1, "{base64}");
    }
    assert_eq!(canaries.found(&[("here".into(), b"Kanarie and some noise".to_vec())]).len(), 0);
}
