//! Switching a newsletter on and off: on one's profile, and off by the link in a mail.

use crate::Services;
use domain::{
    Error,
    newsletters::{SetSwitch, Switch},
};
use store::{
    Caller, Token,
    limits::{self, Attempt, Limit, Whom},
    newsletters::{
        handing_over::{self, Whose},
        switches, unsubscribing,
    },
};

/// One's own switches.
///
/// # Errors
/// `Internal`.
pub async fn list(services: &Services, caller: &Caller) -> Result<Vec<Switch>, Error> {
    let mut read = services.store().read().await?;
    Ok(switches::list(&mut read, &caller.own(), caller.language()).await?)
}

/// Turns one of one's own switches. When an opt-out is answered, no mail of that newsletter leaves any more.
///
/// # Errors
/// `NotFound`; when switching on `TooManyRequests`, `Stale` and `NewsletterClosed`.
pub async fn set(services: &Services, caller: &Caller, request: SetSwitch) -> Result<Vec<Switch>, Error> {
    let store = services.store();
    if request.on {
        let attempt = Attempt::new(store, Limit::OptIn, Whom::User(caller.user()), None);
        limits::charge(store, &attempt).await?;
    }
    switches::set(store, &caller.own(), request, caller.language()).await?;
    if !request.on {
        handing_over::wait(store, Whose::Reader(caller.user(), request.id)).await?;
    }
    list(services, caller).await
}

/// Opts out by the link in a mail. When it is answered, no mail of that newsletter leaves any more. Whose the
/// token is, and whether it is anybody's, nobody learns.
///
/// # Errors
/// `Internal`.
pub async fn opt_out(services: &Services, token: &str) -> Result<(), Error> {
    Ok(unsubscribing::opt_out(services.store(), &Token::brought(token)).await?)
}
