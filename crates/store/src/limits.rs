//! Limits on attempts, shared by all servers through the database and kept over a restart.
//!
//! Each is a generic cell rate algorithm (GCRA): a bucket holds one number, the moment at which all
//! that was attempted so far will have been worth waiting for. An attempt moves it on by an
//! interval and is refused where it would come to lie more than `burst` intervals ahead. A bucket
//! is a keyed hash of an account or of a range of addresses; nothing lies further ahead than an
//! hour, and what has passed is deleted.
//!
//! To limit something else: a variant of [`Limit`] with its rates.

use crate::{Result, Store, Tx, canonical::canonical, connection::on_db, sessions};
use domain::{Email, Error, NetworkRange, OrganisationId, UserId};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
/// The longest that a bucket is kept, in milliseconds.
const LONGEST: i64 = 60 * MINUTE;

/// What is limited, for each account and for each range of addresses by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Signing in by address and password.
    SignIn,
    /// Proving anew who one is, while signed in.
    Proof,
    /// Answering with a second factor.
    SecondFactor,
    /// Asking for a mail with a link to set a new password.
    ResetMail,
    /// Sending an invitation again.
    InvitationMail,
    /// Asking for another address, which sends a mail there.
    AddressChange,
    /// Asking for a passkey, which anybody may.
    Passkey,
    /// Filing a data request.
    DataRequest,
    /// Opting in to a newsletter, which is recorded each time. Opting out is never limited.
    OptIn,
    /// Sending an issue of a newsletter to oneself.
    TestMail,
    /// Asking for an export of one's own data.
    Export,
    /// Asking for a permission.
    PermissionRequest,
}

impl Limit {
    const ALL: [Self; 12] = [
        Self::SignIn,
        Self::Proof,
        Self::SecondFactor,
        Self::ResetMail,
        Self::InvitationMail,
        Self::AddressChange,
        Self::Passkey,
        Self::DataRequest,
        Self::OptIn,
        Self::TestMail,
        Self::Export,
        Self::PermissionRequest,
    ];

    const fn code(self) -> &'static [u8] {
        match self {
            Self::SignIn => b"sign-in",
            Self::Proof => b"proof",
            Self::SecondFactor => b"second-factor",
            Self::ResetMail => b"reset-mail",
            Self::InvitationMail => b"invitation-mail",
            Self::AddressChange => b"address-change",
            Self::Passkey => b"passkey",
            Self::DataRequest => b"data-request",
            Self::OptIn => b"opt-in",
            Self::TestMail => b"test-mail",
            Self::Export => b"export",
            Self::PermissionRequest => b"permission-request",
        }
    }

    /// For one account.
    const fn of_account(self) -> Rate {
        match self {
            Self::SignIn | Self::Proof | Self::Passkey => Rate { burst: 10, interval: 3 * MINUTE },
            // A code has six digits, of which three are right at a time.
            Self::SecondFactor => Rate { burst: 5, interval: 5 * MINUTE },
            Self::ResetMail
            | Self::InvitationMail
            | Self::AddressChange
            | Self::DataRequest
            | Self::Export => Rate { burst: 5, interval: 12 * MINUTE },
            Self::OptIn | Self::TestMail => Rate { burst: 20, interval: 3 * MINUTE },
            // Everything that there is to ask for, once.
            Self::PermissionRequest => Rate { burst: 12, interval: 5 * MINUTE },
        }
    }

    /// For one range of addresses.
    const fn of_range(self) -> Rate {
        match self {
            Self::SignIn | Self::Proof | Self::SecondFactor | Self::Passkey => {
                Rate { burst: 60, interval: 10 * SECOND }
            }
            Self::ResetMail
            | Self::InvitationMail
            | Self::AddressChange
            | Self::DataRequest
            | Self::OptIn
            | Self::TestMail
            | Self::Export
            | Self::PermissionRequest => Rate { burst: 30, interval: 2 * MINUTE },
        }
    }
}

/// So many at once, then one each interval (milliseconds).
#[derive(Clone, Copy, Debug)]
struct Rate {
    burst: i64,
    interval: i64,
}

impl Rate {
    /// How far ahead a bucket may lie.
    const fn ahead(self) -> i64 {
        self.burst * self.interval
    }
}

/// Whose account is tried.
#[derive(Clone, Copy, Debug)]
pub enum Whom<'a> {
    /// Whoever has this address, known or not.
    Address(OrganisationId, &'a Email),
    /// Nobody: the organisation that was named isn't known.
    Nowhere(&'a str, &'a Email),
    /// Somebody who is known already.
    User(UserId),
}

/// An attempt that is about to be made.
#[derive(Clone, Debug)]
pub struct Attempt {
    account: Option<Cell>,
    range: Option<Cell>,
}

#[derive(Clone, Debug)]
struct Cell {
    bucket: Vec<u8>,
    rate: Rate,
}

impl Attempt {
    /// An attempt on an account, from a range of addresses where that matters.
    #[must_use]
    pub fn new(store: &Store, limit: Limit, whom: Whom<'_>, range: Option<NetworkRange>) -> Self {
        let keys = store.keys();
        let account = match whom {
            Whom::Address(organisation, email) => keys.lookup(organisation, email),
            Whom::Nowhere(name, email) => keys.bucket(None, [name.as_bytes(), canonical(email).as_bytes()]),
            Whom::User(user) => user.0.as_bytes().to_vec(),
        };
        let account = Some(account_cell(store, limit, &account));
        Self { account, range: range.map(|range| range_cell(store, limit, range)) }
    }

    /// An attempt on nobody's account in particular.
    #[must_use]
    pub fn of_range(store: &Store, limit: Limit, range: NetworkRange) -> Self {
        Self { account: None, range: Some(range_cell(store, limit, range)) }
    }

    fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.account.iter().chain(&self.range)
    }
}

fn account_cell(store: &Store, limit: Limit, account: &[u8]) -> Cell {
    Cell { bucket: store.keys().bucket(None, [limit.code(), account]), rate: limit.of_account() }
}

fn range_cell(store: &Store, limit: Limit, range: NetworkRange) -> Cell {
    let today = sessions::day(store.clock().now());
    let bucket = store.keys().bucket(Some(today), [limit.code(), range.prefix()]);
    Cell { bucket, rate: limit.of_range() }
}

/// Charges an attempt before it is made, so that of many at once no more get through than may.
///
/// # Errors
/// `TooManyRequests`, for accounts that exist and that don't alike, or the database failed.
pub async fn charge(store: &Store, attempt: &Attempt) -> Result<()> {
    let attempt = attempt.clone();
    let wait = store.write_in_turn(async move |tx| charge_all(tx, &attempt).await).await?;
    match wait {
        None => Ok(()),
        Some(wait) => {
            let retry_after = u32::try_from((wait + SECOND - 1) / SECOND).unwrap_or(u32::MAX).max(1);
            Err(Error::TooManyRequests { retry_after }.into())
        }
    }
}

/// Gives an attempt back that came to nothing, such as one that found no free place to be hashed in.
///
/// # Errors
/// The database failed.
pub async fn give_back(store: &Store, attempt: &Attempt) -> Result<()> {
    let attempt = attempt.clone();
    store
        .write_in_turn(async move |tx| {
            for cell in attempt.cells() {
                put_back(tx, cell).await?;
            }
            Ok(())
        })
        .await
}

/// After an attempt that was right: what was charged to the account is forgotten, and the range gets
/// this one back. What went wrong from there on other accounts stays.
///
/// # Errors
/// The database failed.
pub async fn succeed(store: &Store, attempt: &Attempt) -> Result<()> {
    let attempt = attempt.clone();
    store
        .write_in_turn(async move |tx| {
            if let Some(account) = &attempt.account {
                delete(tx, &account.bucket).await?;
            }
            if let Some(range) = &attempt.range {
                put_back(tx, range).await?;
            }
            Ok(())
        })
        .await
}

/// Deletes what has passed. What a clock that was put back left further ahead than an hour is kept
/// for an hour from now.
///
/// # Errors
/// The database failed.
pub async fn sweep(store: &Store) -> Result<()> {
    store
        .write_in_turn(async |tx| {
            let now = tx.now();
            on_db!(tx, c => sqlx::query("DELETE FROM attempt WHERE arrival_at <= $1")
                .bind(now).execute(c).await.map(drop))?;
            on_db!(tx, c => sqlx::query("UPDATE attempt SET arrival_at = $1 WHERE arrival_at > $1")
                .bind(now + LONGEST).execute(c).await.map(drop))?;
            Ok(())
        })
        .await
}

/// Forgets what was counted for somebody whose account ends. `lookup` is what their address is found
/// by.
pub(crate) async fn forget(tx: &mut Tx, store: &Store, user: UserId, lookup: Option<&[u8]>) -> Result<()> {
    let id = user.0.as_bytes().as_slice();
    for limit in Limit::ALL {
        for account in std::iter::once(id).chain(lookup) {
            delete(tx, &account_cell(store, limit, account).bucket).await?;
        }
    }
    Ok(())
}

/// Charges account and range, or neither: then how many milliseconds to wait.
async fn charge_all(tx: &mut Tx, attempt: &Attempt) -> Result<Option<i64>> {
    let mut charged = Vec::new();
    for cell in attempt.cells() {
        if let Some(wait) = take(tx, cell).await? {
            for cell in charged {
                put_back(tx, cell).await?;
            }
            return Ok(Some(wait));
        }
        charged.push(cell);
    }
    Ok(None)
}

/// Charges one bucket, in one statement, or says how many milliseconds to wait.
async fn take(tx: &mut Tx, cell: &Cell) -> Result<Option<i64>> {
    let (now, Rate { interval, .. }) = (tx.now(), cell.rate);
    let furthest = now + cell.rate.ahead();
    // After a clock was put back, a bucket may lie further ahead than any attempt could have moved it.
    on_db!(tx, c => sqlx::query("UPDATE attempt SET arrival_at = $2 WHERE bucket = $1 AND arrival_at > $2")
        .bind(&cell.bucket).bind(furthest).execute(c).await.map(drop))?;
    let taken: Option<i64> = on_db!(tx, c => sqlx::query_scalar(
        "INSERT INTO attempt (bucket, arrival_at) VALUES ($1, $2 + $3)
         ON CONFLICT (bucket) DO UPDATE SET arrival_at =
             $3 + CASE WHEN attempt.arrival_at < $2 THEN $2 ELSE attempt.arrival_at END
         WHERE attempt.arrival_at + $3 <= $4
         RETURNING arrival_at")
        .bind(&cell.bucket).bind(now).bind(interval).bind(furthest).fetch_optional(c).await)?;
    if taken.is_some() {
        return Ok(None);
    }
    let arrival: Option<i64> = on_db!(tx, c => sqlx::query_scalar("SELECT arrival_at FROM attempt WHERE bucket = $1")
        .bind(&cell.bucket).fetch_optional(c).await)?;
    Ok(Some(arrival.map_or(interval, |arrival| arrival + interval - furthest)))
}

async fn put_back(tx: &mut Tx, cell: &Cell) -> Result<()> {
    on_db!(tx, c => sqlx::query("UPDATE attempt SET arrival_at = arrival_at - $2 WHERE bucket = $1")
        .bind(&cell.bucket).bind(cell.rate.interval).execute(c).await.map(drop))?;
    Ok(())
}

async fn delete(tx: &mut Tx, bucket: &[u8]) -> Result<()> {
    on_db!(tx, c => sqlx::query("DELETE FROM attempt WHERE bucket = $1").bind(bucket).execute(c).await.map(drop))?;
    Ok(())
}
