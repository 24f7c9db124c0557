//! Real conversations with a mail server that follows a script (RFC 5321), and what is left of them:
//! a state and a code, and never the address.

mod support;

use domain::mail::Message;
use services::{
    Services,
    mail::{Delivery, Mailer, SendError, deliver_next},
};
use std::{
    io::Write,
    sync::{Arc, Mutex},
};
use store::{Grant, mail};
use support::World;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

const ADDRESS: &str = "carla@demo.test";

/// What the server answers to RCPT, and all that it was told.
struct Server {
    url: String,
    heard: Arc<Mutex<String>>,
}

impl Server {
    async fn start(to_recipient: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let heard = Arc::new(Mutex::new(String::new()));
        let log = heard.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                drop(converse(stream, to_recipient, log.clone()).await);
            }
        });
        Self { url, heard }
    }

    /// Where nobody listens.
    async fn down() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        Self { url: format!("smtp://{}", listener.local_addr().expect("an address")), heard: Arc::default() }
    }

    fn heard(&self) -> String {
        self.heard.lock().expect("the log").clone()
    }
}

async fn converse(stream: TcpStream, to_recipient: &str, log: Arc<Mutex<String>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut in_data = false;
    write.write_all(b"220 mail.test\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        log.lock().expect("the log").push_str(&format!("{line}\n"));
        let command = line.split_whitespace().next().unwrap_or_default();
        let answer = match command {
            "." => {
                in_data = false;
                "250 taken"
            }
            _ if in_data => continue,
            "EHLO" => "250 mail.test",
            "RCPT" => to_recipient,
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

/// All that is logged on this thread, at the finest level there is.
#[derive(Clone, Default)]
struct Logs(Arc<Mutex<Vec<u8>>>);

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the logs").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Sends one mail to Carla by this server; then the address may be nowhere.
async fn send(world: &World, server: &Server) -> (Delivery, String) {
    let url = "https://assent.example.org";
    let mailer = Mailer::smtp(&server.url, "Assent <assent@example.org>", url).expect("a mailer");
    let services = Services::with_mailer(world.throwaway.second().await, url, mailer);
    let carla = world.caller("carla").await;
    let (grant, user) = (Grant::system(carla.organisation()), carla.user());
    let queued =
        services.store().write(async move |tx| mail::queue(tx, &grant, user, Message::PasswordReset).await);
    queued.await.expect("queued");

    let logs = Logs::default();
    let writer = logs.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    tracing::info!("logs are captured");
    let delivery = deliver_next(&services).await.expect("an attempt");
    drop(guard);

    let logs = String::from_utf8(logs.0.lock().expect("the logs").clone()).expect("text");
    assert!(logs.contains("logs are captured"));
    assert!(!logs.contains(ADDRESS), "{logs}");
    let dump = world.throwaway.dump().await;
    assert!(!dump.values().flatten().any(|row| row.contains(ADDRESS)));
    let [row] = dump["mail"].as_slice() else { panic!("one mail") };
    (delivery, row.clone())
}

macro_rules! on_one_thread {
    ($name:ident, $body:expr) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "current_thread")]
            async fn sqlite() {
                ($body)(World::new(store::testing::Throwaway::sqlite().await).await).await;
            }

            #[tokio::test(flavor = "current_thread")]
            async fn postgres() {
                ($body)(World::new(store::testing::Throwaway::postgres().await).await).await;
            }
        }
    };
}

on_one_thread!(what_is_taken_is_sent, async |world: World| {
    let server = Server::start("250 fine").await;
    let (delivery, row) = send(&world, &server).await;
    assert_eq!(delivery, Delivery::Sent);
    assert!(row.contains("sent"), "{row}");
    let heard = server.heard();
    for part in [
        "EHLO assent.example.org",
        "RCPT TO:<carla@demo.test>",
        "To: \"Carla Nowak\" <carla@demo.test>",
        "From: Assent <assent@example.org>",
        "Auto-Submitted: auto-generated",
        "@assent.example.org>",
        "Content-Type: multipart/alternative",
        "Content-Type: text/plain",
        "Content-Type: text/html",
    ] {
        assert!(heard.contains(part), "{part} is missing in {heard}");
    }
    let joined = heard.replace("=\n", "").replace("=3D", "=");
    let token = joined.split("?token=").nth(1).expect("a link").get(..64).expect("a token");
    let dump = world.throwaway.dump().await;
    assert!(!dump.values().flatten().any(|row| row.contains(token)), "the secret is only in the mail");
});

on_one_thread!(a_bounce_is_given_up_at_once, async |world: World| {
    let server = Server::start("550 5.1.1 <carla@demo.test> is not known here").await;
    let (delivery, row) = send(&world, &server).await;
    assert_eq!(delivery, Delivery::Failed(SendError::Permanent(550)));
    assert!(row.contains("failed") && row.contains("550"), "{row}");
});

on_one_thread!(a_busy_server_is_asked_again, async |world: World| {
    let server = Server::start("451 4.7.1 <carla@demo.test> greylisted").await;
    let (delivery, row) = send(&world, &server).await;
    assert_eq!(delivery, Delivery::Failed(SendError::Temporary(451)));
    assert!(row.contains("queued") && row.contains("451"), "{row}");
});

on_one_thread!(settings_that_are_wrong_are_no_bounce, async |world: World| {
    let server = Server::start("530 5.7.0 authentication required").await;
    let (delivery, row) = send(&world, &server).await;
    assert_eq!(delivery, Delivery::Failed(SendError::Temporary(530)));
    assert!(row.contains("queued") && row.contains("530"), "{row}");
});

on_one_thread!(a_server_that_is_down_is_asked_again, async |world: World| {
    let server = Server::down().await;
    let (delivery, row) = send(&world, &server).await;
    assert_eq!(delivery, Delivery::Failed(SendError::Unreachable));
    assert!(row.contains("queued") && row.contains("unreachable"), "{row}");
    assert!(server.heard().is_empty());
});
