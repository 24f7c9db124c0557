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
mod letter;
mod mailer;
mod texts;

pub use inbox::{Inbox, Received};
pub use letter::Letter;
pub use mailer::{Mailer, SendError};

use crate::Services;
use domain::{Error, mail::MailProblem};
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
    let letter = letter::write(&mail, services.public_url());
    let sending = services.mailer().send(&mail, letter, store.clock().now());
    let sent = tokio::time::timeout(PATIENCE, sending).await.unwrap_or(Err(SendError::Unreachable));
    settling::settle(store, &mail.job, sent.map_or_else(outcome, |()| Outcome::Sent)).await?;
    Ok(sent.map_or_else(Delivery::Failed, |()| Delivery::Sent))
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
