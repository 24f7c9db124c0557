//! Real conversations with a mail server that follows a script (RFC 5321), and what is left of them:
//! a state and a code, and never the address.

mod support;

use domain::mail::Message;
use services::{
    Services,
    mail::{Delivery, Mailer, SendError, deliver_next},
};
use store::{Grant, mail};
use support::{World, logs::Logs, mail_server::Server};

const ADDRESS: &str = "carla@demo.test";

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
    let guard = tracing::subscriber::set_default(logs.subscriber());
    tracing::info!("logs are captured");
    let delivery = deliver_next(&services).await.expect("an attempt");
    drop(guard);

    let logs = String::from_utf8(logs.written()).expect("text");
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
