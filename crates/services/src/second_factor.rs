//! The second factor of an app (RFC 6238: SHA-1, six digits, 30 seconds, one step of skew), recovery
//! codes, and the step after the password. Passkeys are in [`crate::passkeys`].

use crate::{
    Services,
    codes::{FreshCodes, account_may_try, check},
    roles::may_hand_out,
    sign_in::{SignedIn, new_session},
};
use domain::{
    Conflict, Error, Field, FieldError, Problem,
    history::{Action, Subject},
    mail::Message,
    second_factor::{
        AnswerCode, Asked, ConfirmTotp, Passkey, QrCode, RecoveryCodes, ResetSecondFactor, SecondFactors,
        TotpSetUp, TypedCode, in_groups,
    },
    sign_in::Visitor,
    users::{FindUser, User},
};
use store::{
    Caller, Grant, Own, Token, Tx,
    grants::{UsersManage, UsersView},
    history, limits, mail, passkeys,
    second_factor::{self, Answer, Outcome},
    totp, users,
};
use totp_rs::Secret;

/// The quiet zone around a QR code, in modules (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

/// What one has set up.
///
/// # Errors
/// `Internal`.
pub async fn find(services: &Services, caller: &Caller) -> Result<SecondFactors, Error> {
    let grant = caller.own();
    let mut read = services.store().read().await?;
    let (totp, recovery_codes) = second_factor::own(&mut read, &grant).await?;
    let passkeys = passkeys::own(&mut read, &grant).await?;
    let passkeys = passkeys.into_iter().map(|row| shown(row, caller.time_zone())).collect();
    Ok(SecondFactors { totp, recovery_codes, passkeys, passkeys_work: services.webauthn().is_some() })
}

fn shown(row: passkeys::Row, time_zone: &str) -> Passkey {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    Passkey {
        id: domain::PasskeyId(row.id),
        name: row.name,
        added: crate::local_time::local_time(row.created_at, time_zone),
        // A day is kept and no moment; it was counted in UTC.
        used: row.used_on.map(|day| crate::local_time::local_time(day * DAY, "UTC")),
    }
}

/// Begins to set up an app: makes a secret, which a first code has to confirm.
///
/// # Errors
/// `ProofNeeded`; `NotInThatState` if an app is set up already.
pub async fn begin(services: &Services, caller: &Caller) -> Result<TotpSetUp, Error> {
    let grant = caller.own();
    let store = services.store();
    caller.proven(store.clock().now())?;
    let secret = store.random().bytes::<{ totp::SECRET }>();
    let sealed = totp::seal(store, &grant, &secret).await?;
    store.write(async move |tx| totp::put(tx, &grant, &sealed).await).await?;
    let secret = Secret::new_stack(secret).to_base32();
    let session = caller.session();
    let (issuer, name) = (escape(&session.organisation), escape(&session.name));
    let link = format!("otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}");
    Ok(TotpSetUp { secret: in_groups(&secret, " "), picture: qr_code(&link)?, link })
}

/// All but the unreserved characters as `%XX` (RFC 3986, 2.3).
fn escape(text: &str) -> String {
    let escaped = text.bytes().map(|byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    escaped.collect()
}

fn qr_code(text: &str) -> Result<QrCode, Error> {
    let broken = |_| Error::Internal { reference: "qr".into() };
    let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::L).map_err(broken)?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == qrcode::Color::Dark);
    let path =
        dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET)).collect();
    Ok(QrCode { size: width + 2 * QUIET, path })
}

/// Takes the app into use, which its first code confirms. Answers with recovery codes if there are
/// none yet.
///
/// # Errors
/// `Invalid` for a wrong code, `NotInThatState` if nothing was begun.
pub async fn confirm(
    services: &Services,
    caller: &Caller,
    request: ConfirmTotp,
) -> Result<RecoveryCodes, Error> {
    let grant = caller.own();
    let typed = TypedCode::parse(&request.code).map_err(wrong(Field::Code))?;
    let secret = totp::find_own(services.store(), &grant).await?.filter(|secret| !secret.confirmed);
    let secret = secret.ok_or(Conflict::NotInThatState)?;
    let attempt = account_may_try(services, caller.user()).await?;
    let Answer::Step(step) = check(services, Some(&secret), typed)? else {
        return Err(wrong(Field::Code)(Problem::WrongCode).into());
    };
    let fresh = FreshCodes::new(services);
    let codes = fresh.shown();
    let added = services
        .store()
        .write(async move |tx| {
            totp::confirm(tx, &grant, step).await?;
            let added = fresh.put_if_none(tx, &grant).await?;
            second_factor::changed(tx, &grant).await?;
            tell(tx, &grant, Action::SecondFactorOn, Message::SecondFactorOn).await?;
            Ok(added)
        })
        .await?;
    limits::succeed(services.store(), &attempt).await?;
    Ok(if added { codes } else { RecoveryCodes::default() })
}

/// Replaces the recovery codes by new ones.
///
/// # Errors
/// `ProofNeeded`; `NotInThatState` without a second factor.
pub async fn renew_codes(services: &Services, caller: &Caller) -> Result<RecoveryCodes, Error> {
    let grant = caller.own();
    caller.proven(services.store().clock().now())?;
    if !second_factor::is_own_on(&mut services.store().read().await?, &grant).await? {
        return Err(Conflict::NotInThatState.into());
    }
    let fresh = FreshCodes::new(services);
    let codes = fresh.shown();
    services
        .store()
        .write(async move |tx| {
            second_factor::put_codes(tx, &grant, &fresh.hashed).await?;
            second_factor::changed(tx, &grant).await?;
            history::record(tx, &grant, Action::RecoveryCodesRenewed, Subject::User(grant.user())).await
        })
        .await?;
    Ok(codes)
}

/// Takes the app out of use.
///
/// # Errors
/// `ProofNeeded`; `NotInThatState` if none is in use.
pub async fn turn_off(services: &Services, caller: &Caller) -> Result<SecondFactors, Error> {
    let grant = caller.own();
    caller.proven(services.store().clock().now())?;
    if !second_factor::own(&mut services.store().read().await?, &grant).await?.0 {
        return Err(Conflict::NotInThatState.into());
    }
    services
        .store()
        .write(async move |tx| {
            totp::remove(tx, &grant).await?;
            second_factor::changed(tx, &grant).await?;
            tell(tx, &grant, Action::SecondFactorOff, Message::SecondFactorOff).await
        })
        .await?;
    find(services, caller).await
}

/// Takes every second factor of somebody away who has lost theirs. Nothing else does: a link to set
/// the password leaves it.
///
/// # Errors
/// `Forbidden`, also for oneself and where the user holds more than the caller; `NotFound`; `NotInThatState` if there
/// is none.
pub async fn reset(services: &Services, caller: &Caller, request: ResetSecondFactor) -> Result<User, Error> {
    caller.require::<UsersManage>()?;
    let id = request.id;
    if id == caller.user() {
        // One's own is turned off on the profile, with proof.
        return Err(Error::Forbidden { needs: None });
    }
    caller.proven(services.store().clock().now())?;
    services
        .write_as(caller, async move |tx, caller| {
            let (grant, view) = (caller.require::<UsersManage>()?, caller.require::<UsersView>()?);
            let account = users::find(tx, &view, id).await?;
            may_hand_out(caller.rights(), account.permissions)?;
            second_factor::reset(tx, &grant, id).await?;
            history::record(tx, &grant, Action::SecondFactorReset, Subject::User(id)).await?;
            mail::queue(tx, &grant, id, Message::SecondFactorOff).await
        })
        .await?;
    crate::users::find(services, caller, FindUser { id }).await
}

/// What is asked for after the password.
///
/// # Errors
/// `ChallengeOver`.
pub async fn asked(services: &Services, challenge: &str) -> Result<Asked, Error> {
    let store = services.store();
    let token = Token::brought(challenge);
    Ok(second_factor::asked(&mut store.read().await?, &token, store.clock().now()).await?)
}

/// Takes a code in answer to it, and signs in.
///
/// # Errors
/// `Invalid` for a wrong code; `ChallengeOver` if the time is, or after too many of them.
pub async fn answer(
    services: &Services,
    visitor: Visitor,
    challenge: &str,
    request: AnswerCode,
) -> Result<SignedIn, Error> {
    let token = Token::brought(challenge);
    let (user, secret) = second_factor::secret(services.store(), &token).await?;
    let typed = TypedCode::parse(&request.code).map_err(wrong(Field::Code))?;
    let attempt = account_may_try(services, user).await?;
    let given = check(services, secret.as_ref(), typed)?;
    let session = new_session(services, visitor);
    let outcome = services
        .store()
        .write(async move |tx| second_factor::answer(tx, &token, &given, session).await)
        .await?;
    match outcome {
        Outcome::Entered(token, return_to) => {
            limits::succeed(services.store(), &attempt).await?;
            Ok(SignedIn::new(&token, &return_to))
        }
        Outcome::Wrong => Err(wrong(Field::Code)(Problem::WrongCode).into()),
        Outcome::Over => Err(Conflict::ChallengeOver.into()),
    }
}

/// Writes into the history, and tells the user by mail, that a factor came or went.
pub(crate) async fn tell(
    tx: &mut Tx,
    grant: &Grant<Own>,
    action: Action,
    message: Message,
) -> store::Result<()> {
    let user = grant.user();
    history::record(tx, grant, action, Subject::User(user)).await?;
    mail::queue(tx, grant, user, message).await
}

fn wrong(field: Field) -> impl Fn(Problem) -> FieldError {
    move |problem| FieldError { field, problem }
}
