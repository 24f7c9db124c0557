//! One-time codes and recovery codes: what one amounts to, and making new ones.

use crate::Services;
use domain::{
    Error, UserId,
    second_factor::{RECOVERY_CODES, RecoveryCodes, TypedCode, in_groups},
};
use store::{
    Grant, Own, Token, Tx,
    limits::{self, Attempt, Limit, Whom},
    second_factor::{self, Answer},
    totp,
};
use totp_rs::{Builder, Secret, Totp};

/// The bytes of a recovery code: 80 bits, too many to guess, so that a plain hash can keep it.
const RECOVERY_BYTES: usize = 10;

/// What a code amounts to. Whether it was used before is for the store to say.
pub(crate) fn check(
    services: &Services,
    secret: Option<&totp::Secret>,
    typed: TypedCode,
) -> Result<Answer, Error> {
    Ok(match (typed, secret) {
        (TypedCode::OneTime(code), Some(secret)) => {
            let now = u64::try_from(services.store().clock().now() / 1000).unwrap_or_default();
            let step = authenticator(secret.reveal())?.check(&code, now);
            step.and_then(|step| i64::try_from(step).ok()).map_or(Answer::Wrong, Answer::Step)
        }
        (TypedCode::OneTime(_), None) => Answer::Wrong,
        (TypedCode::Recovery(code), _) => Answer::Recovery(Token::brought(&code)),
    })
}

fn authenticator(secret: &[u8]) -> Result<Totp, Error> {
    let broken = |_| Error::Internal { reference: "totp".into() };
    Builder::new().with_secret(secret.to_vec()).build().map_err(broken)
}

/// Counts an attempt to prove who one is by a code: every code and proof is checked behind it. Give
/// what comes back to `limits::succeed` if it was right.
///
/// # Errors
/// `TooManyRequests`.
pub(crate) async fn account_may_try(services: &Services, user: UserId) -> Result<Attempt, Error> {
    let attempt = Attempt::new(services.store(), Limit::SecondFactor, Whom::User(user), None);
    limits::charge(services.store(), &attempt).await?;
    Ok(attempt)
}

/// Recovery codes that nobody has seen yet.
#[derive(Clone)]
pub(crate) struct FreshCodes {
    codes: Vec<String>,
    pub(crate) hashed: Vec<Token>,
}

impl FreshCodes {
    pub(crate) fn new(services: &Services) -> Self {
        let random = services.store().random();
        let fresh = || Secret::new(Box::new(random.bytes::<RECOVERY_BYTES>())).to_base32();
        let codes: Vec<_> = std::iter::repeat_with(fresh).take(RECOVERY_CODES).collect();
        let hashed = codes.iter().map(|code| Token::brought(code)).collect();
        Self { codes, hashed }
    }

    /// As they are shown, once.
    pub(crate) fn shown(&self) -> RecoveryCodes {
        RecoveryCodes { codes: self.codes.iter().map(|code| in_groups(code, "-")).collect() }
    }

    /// Keeps them if there are none; whether there were none.
    pub(crate) async fn put_if_none(&self, tx: &mut Tx, grant: &Grant<Own>) -> store::Result<bool> {
        if second_factor::own(tx, grant).await?.1 > 0 {
            return Ok(false);
        }
        second_factor::put_codes(tx, grant, &self.hashed).await?;
        Ok(true)
    }
}
