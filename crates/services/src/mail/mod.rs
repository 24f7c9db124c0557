//! Sending what is in the outbox: claim, write, hand over, note what became of it. Whoever sends calls
//! [`deliver_next`] until it says that there is nothing left.
//!
//! Use cases don't come here: they queue with `store::mail::queue`, in their own transaction. Whether
//! mail is sent at all is decided once, by the [`Mailer`] that [`crate::Services`] are made with: it
//! opens the outbox, or leaves it closed and nothing is queued. A use case that would otherwise show
//! a link asks [`crate::Services::sends_mail`].
//!
//! To add a message: a variant of `domain::mail::Message`, its words in `texts`. The address is
//! looked up when sending; it is neither logged nor part of any error here.

mod inbox;
mod issue;
mod letter;
mod mailer;
mod texts;

pub use inbox::{Inbox, Received};
pub use letter::Letter;
pub use mailer::{Mailer, SendError};

use crate::Services;
use domain::{Error, mail::MailProblem};
use domain::{Language, device::Device, mail::Message};
use std::time::Duration;
use store::mail::{
    sending,
    settling::{self, Outcome},
};

/// How long handing a mail over may take; well within the lease of a claimed one.
const PATIENCE: Duration = Duration::from_secs(60);

/// What [`deliver_next`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Nothing is due.
    Nothing,
    /// A mail server has taken one.
    Sent,
    /// One is tried again later, or was given up.
    Failed(SendError),
}

/// Sends the mail that has been due for longest, if any is.
///
/// # Errors
/// `Internal`. A mail that was claimed by then is tried again later.
pub async fn deliver_next(services: &Services) -> Result<Delivery, Error> {
    let store = services.store();
    let Some(mail) = sending::next(store).await? else { return Ok(Delivery::Nothing) };
    let sent = hand_over(services, &mail).await?;
    settling::settle(store, &mail.job, sent.map_or_else(outcome, |()| Outcome::Sent)).await?;
    Ok(sent.map_or_else(Delivery::Failed, |()| Delivery::Sent))
}

async fn hand_over(services: &Services, mail: &sending::Letter) -> Result<Result<(), SendError>, Error> {
    let letter = letter::write(mail, services.public_url());
    let letter = letter.ok_or_else(|| Error::Internal { reference: "letter".into() })?;
    let now = services.store().clock().now();
    let by = mail.issue.as_ref().and_then(|issue| issue.subscription.as_ref()).map(|it| it.hand_over_by);
    // An opt-out waits for this mail only until then.
    let left = by.map_or(PATIENCE, |by| Duration::from_millis(u64::try_from(by - now).unwrap_or(0)));
    if left.is_zero() {
        return Ok(Err(SendError::Unreachable));
    }
    let sending = services.mailer().send(mail, letter, now);
    Ok(tokio::time::timeout(left, sending).await.unwrap_or(Err(SendError::Unreachable)))
}

const fn outcome(error: SendError) -> Outcome {
    match error {
        SendError::Permanent(code) => Outcome::GivenUp(MailProblem::Refused(code)),
        SendError::Temporary(code) => Outcome::Postponed(MailProblem::Refused(code)),
        SendError::Unreachable => Outcome::Postponed(MailProblem::Unreachable),
        SendError::Address => Outcome::GivenUp(MailProblem::Address),
    }
}

/// Takes what is old out of the outbox; to be called now and then.
///
/// # Errors
/// `Internal`.
pub async fn sweep(services: &Services) -> Result<(), Error> {
    Ok(settling::sweep(services.store()).await?)
}

/// What a message says, in a line.
pub(crate) fn subject(language: Language, message: Message, organisation: &str) -> String {
    let texts = texts::of(language);
    texts
        .notice(message)
        .map_or_else(|| texts.newsletter.kind.to_owned(), |notice| (notice.subject)(organisation))
}

/// A class of devices in words.
pub(crate) fn device(language: Language, device: Device) -> String {
    (texts::of(language).device)(device.browser.name(), device.system.name())
}
