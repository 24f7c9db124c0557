//! Where mail goes: to a mail server, into the demo's inbox, or nowhere. What a mail server says is
//! cut down to its code here, because its words may hold the address.

use super::{Inbox, Letter};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
    transport::smtp::{self, extension::ClientId},
};
use std::{
    fmt,
    time::{Duration, UNIX_EPOCH},
};
use store::mail::sending;

/// How long one answer of a mail server may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Codes about signing in to the mail server (RFC 4954, 6): our settings are wrong, not the address.
const OUR_FAULT: [u16; 4] = [530, 534, 535, 538];

/// Where mail goes.
#[derive(Clone)]
pub enum Mailer {
    /// To a mail server.
    Smtp(Box<Smtp>),
    /// Into a list that `/demo/mail` shows.
    Inbox(Inbox),
    /// Nowhere; nothing is queued.
    Off,
}

/// A mail server, and who writes.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
}

/// Why a mail was not sent. No variant holds an address or a server's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendError {
    /// The mail server will not take it: a code of 500 to 599.
    Permanent(u16),
    /// The mail server will not take it now: a code of 400 to 499, or it does not know us.
    Temporary(u16),
    /// There is no mail server, or it does not speak as one should.
    Unreachable,
    /// It is not an address that mail can be sent to.
    Address,
}

impl Mailer {
    /// A mail server at `smtp://…` or `smtps://…`; mail is from `from`, a mailbox such as
    /// `Assent <assent@example.org>`, and names the host of `public_url`.
    ///
    /// # Errors
    /// One line that says what is wrong, without the address, which may hold a password.
    pub fn smtp(url: &str, from: &str, public_url: &str) -> Result<Self, String> {
        let host = host(public_url).to_owned();
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| {
            "ASSENT_SMTP_URL must be like smtps://user:password@mail.example.org or \
             smtp://mail.example.org?tls=required"
                .to_owned()
        })?;
        let from = from
            .parse()
            .map_err(|_| "ASSENT_MAIL_FROM must be like Assent <assent@example.org>".to_owned())?;
        let transport = builder.hello_name(ClientId::Domain(host.clone())).timeout(Some(PATIENCE)).build();
        Ok(Self::Smtp(Box::new(Smtp { transport, from, host })))
    }

    /// A new inbox in memory.
    #[must_use]
    pub fn inbox() -> Self {
        Self::Inbox(Inbox::default())
    }

    pub(super) async fn send(
        &self,
        mail: &sending::Letter,
        letter: Letter,
        now: i64,
    ) -> Result<(), SendError> {
        match self {
            Self::Smtp(smtp) => smtp.send(mail, letter, now).await,
            Self::Inbox(inbox) => {
                inbox.receive(mail, letter, now);
                Ok(())
            }
            Self::Off => Err(SendError::Unreachable),
        }
    }
}

/// Shows nothing of the settings: they hold a password.
impl fmt::Debug for Mailer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Smtp(_) => "Smtp",
            Self::Inbox(_) => "Inbox",
            Self::Off => "Off",
        })
    }
}

impl Smtp {
    async fn send(&self, mail: &sending::Letter, letter: Letter, now: i64) -> Result<(), SendError> {
        let message = self.message(mail, letter, now)?;
        self.transport.send(message).await.map(drop).map_err(|error| cut(&error))
    }

    fn message(&self, mail: &sending::Letter, letter: Letter, now: i64) -> Result<Message, SendError> {
        let address: Address = mail.to.reveal().parse().map_err(|_| SendError::Address)?;
        let date = UNIX_EPOCH + Duration::from_millis(u64::try_from(now).unwrap_or_default());
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(mail.name.clone()), address))
            .subject(letter.subject)
            .date(date)
            .message_id(Some(format!("<{}.{}@{}>", mail.job.id, mail.job.attempt, self.host)))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(letter.text, letter.html))
            .map_err(|_| SendError::Address)?;
        if let Some(url) = letter.unsubscribe {
            for (name, value) in one_click(&url) {
                let name = HeaderName::new_from_ascii_str(name);
                message.headers_mut().insert_raw(HeaderValue::dangerous_new_pre_encoded(
                    name,
                    value.clone(),
                    value,
                ));
            }
        }
        Ok(message)
    }
}

/// Lets a mail programme opt out with one click (RFC 2369, 3.2; RFC 8058, 3.1). An address of ours is ASCII and
/// shorter than a line may be, so it stands there as it is.
fn one_click(url: &str) -> [(&'static str, String); 2] {
    [
        ("List-Unsubscribe", format!("<{url}>")),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
    ]
}

/// All that is kept of what went wrong.
fn cut(error: &smtp::Error) -> SendError {
    match error.status().map(u16::from) {
        Some(code) if error.is_permanent() && !OUR_FAULT.contains(&code) => SendError::Permanent(code),
        Some(code) => SendError::Temporary(code),
        None => SendError::Unreachable,
    }
}

/// The host in `https://host:port`.
fn host(public_url: &str) -> &str {
    let host = public_url.split_once("://").map_or(public_url, |(_, host)| host).trim_end_matches('/');
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Asks vacation notices not to answer (RFC 3834, 5).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_checked_and_never_shown() {
        let url = "https://assent.example.org:8443/";
        assert_eq!(host(url), "assent.example.org");
        assert_eq!((host("http://localhost"), host("http://[::1]")), ("localhost", "[::1]"));
        let good = Mailer::smtp("smtp://u:secret@localhost:2525", "Assent <a@example.org>", url);
        assert_eq!(format!("{:?}", good.expect("a mailer")), "Smtp");
        for (smtp, from) in [("http://u:secret@localhost", "a@example.org"), ("smtp://localhost", "nobody")] {
            let line = Mailer::smtp(smtp, from, url).expect_err("refused");
            assert!(line.starts_with("ASSENT_") && !line.contains("secret"), "{line}");
        }
    }
}
