//! An app that makes codes, and a server whose clock is moved by hand.

use super::{PASSWORD, World};
use domain::{
    Error,
    second_factor::{AnswerCode, ConfirmTotp},
    sign_in::{SignIn, Visitor},
};
use services::{
    Services, second_factor,
    sign_in::{self, Entry, SignedIn},
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use store::Caller;
use totp_rs::{Builder, Secret, Totp};

/// A server whose clock is moved by hand, and an app that has a user's secret.
pub struct Phone {
    pub services: Services,
    pub clock: Arc<AtomicI64>,
    pub app: Totp,
    pub recovery_codes: Vec<String>,
}

impl Phone {
    /// Sets the app of `caller` up.
    pub async fn set_up(world: &World, caller: &Caller) -> Self {
        // Just after the caller signed in, so that the proof of that is fresh.
        let seconds = i64::try_from(world.services.session_seconds()).expect("a week");
        let clock = Arc::new(AtomicI64::new(caller.expires_at() - seconds * 1000));
        let services = world.server_at(&clock).await;
        let begun = second_factor::begin(&services, caller).await.expect("a secret");
        let secret = Secret::try_from_base32(begun.secret.replace(' ', "")).expect("base 32");
        let app = Builder::new().with_secret(secret).build().expect("an app");
        let mut phone = Self { services, clock, app, recovery_codes: Vec::new() };
        let request = ConfirmTotp { code: phone.code() };
        phone.recovery_codes =
            second_factor::confirm(&phone.services, caller, request).await.expect("confirmed").codes;
        phone.wait();
        phone
    }

    pub fn code(&self) -> String {
        self.app
            .generate(u64::try_from(self.clock.load(Ordering::Relaxed) / 1000).expect("a time"))
            .to_string()
    }

    /// A code that is not this one.
    pub fn wrong_code(&self) -> String {
        let now = u64::try_from(self.clock.load(Ordering::Relaxed) / 1000).expect("a time");
        let right: Vec<_> = (0..3).map(|step| self.app.generate(now - 30 + 30 * step).to_string()).collect();
        ["000000", "111111", "222222", "333333"]
            .iter()
            .find(|code| !right.iter().any(|it| it == *code))
            .map_or_else(String::new, |code| (*code).to_owned())
    }

    /// Until the next code.
    pub fn wait(&self) {
        self.clock.fetch_add(30_000, Ordering::Relaxed);
    }

    /// The question after the right password.
    pub async fn challenge(&self, email: &str) -> String {
        match enter(&self.services, email).await.expect("the right password") {
            Entry::SecondFactor(challenge) => challenge,
            Entry::Session(_) => panic!("a session began without the second factor"),
        }
    }

    /// Answers the question by a code, and says where it leads.
    pub async fn answer(&self, challenge: &str, code: &str) -> Result<String, Error> {
        Ok(self.take(challenge, code).await?.return_to)
    }

    /// Answers the question by a code, and says who is signed in then.
    pub async fn enter(&self, challenge: &str, code: &str) -> Result<Caller, Error> {
        let entered = self.take(challenge, code).await?;
        let caller = sign_in::resolve(&self.services, &entered.token).await?;
        Ok(caller.expect("the session can be used"))
    }

    /// Answers the question by a code, and gives what the cookie holds.
    pub async fn token(&self, challenge: &str, code: &str) -> Result<String, Error> {
        Ok(self.take(challenge, code).await?.token)
    }

    async fn take(&self, challenge: &str, code: &str) -> Result<SignedIn, Error> {
        let request = AnswerCode { code: code.into() };
        second_factor::answer(&self.services, Visitor::default(), challenge, request).await
    }
}

/// Gives the right password.
pub async fn enter(services: &Services, email: &str) -> Result<Entry, Error> {
    let request = SignIn {
        email: email.into(),
        password: PASSWORD.into(),
        organisation: String::new(),
        return_to: "/partners".into(),
    };
    sign_in::sign_in(services, Visitor::default(), request).await
}
