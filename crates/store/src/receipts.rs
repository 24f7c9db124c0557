//! What goes when an account ends, in numbers, and the receipt of it. A receipt is written with the
//! first step of the termination and names nobody; it is pending until the last step is through.

use crate::{
    Error, Grant, Own, Read, Result, Store, Token, Tx,
    connection::on_db,
    grants::UsersManage,
    history,
    retention::{self, NameFacts},
};
use domain::{
    OrganisationId, UserId,
    receipts::{Category, Removed},
};
use sqlx::AssertSqlSafe;

/// How long a receipt can be read: 30 days.
const MILLISECONDS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Where data of a user is that goes with the account, and what it is. The key is counted by itself: it
/// is in a store of its own.
pub const TABLES: &[(&str, Category)] = &[
    ("user_contact", Category::Address),
    ("user_key", Category::Key),
    ("account", Category::Account),
    ("user_password", Category::Password),
    ("role_assignment", Category::Roles),
    ("session", Category::SignIns),
    ("known_device", Category::Devices),
    ("passkey", Category::Passkeys),
    ("totp", Category::Apps),
    ("recovery_code", Category::RecoveryCodes),
    ("challenge", Category::Challenges),
    ("link", Category::Links),
    ("address_change", Category::OtherAddresses),
    ("former_address", Category::OtherAddresses),
    ("mail", Category::Mail),
    ("notice_agreement", Category::Agreements),
    ("data_request", Category::RequestTexts),
    ("subscription", Category::Newsletters),
    ("consent", Category::Consents),
    ("profile_view", Category::Views),
    ("data_export", Category::Exports),
    ("permission_request", Category::PermissionRequests),
    ("preview", Category::Views),
];

/// What ending an account does, as it is counted.
#[derive(Clone, Debug)]
pub struct Counted {
    /// What goes, by kind; what there is none of is left out.
    pub removed: Vec<Removed>,
    /// On how many actions the name stays.
    pub actions: i64,
    /// What the end of the name is counted from.
    pub name: NameFacts,
}

/// What ending one's own account would do.
///
/// # Errors
/// The database failed.
pub async fn preview_own(read: &mut Read, grant: &Grant<Own>) -> Result<Counted> {
    let actions = history::count_own(read, grant).await?;
    let name = retention::facts(read, grant.organisation(), grant.user()).await?;
    Ok(Counted { removed: count(read, grant.user()).await?, actions, name })
}

/// What ending somebody's account would do.
///
/// # Errors
/// The database failed.
pub async fn preview(read: &mut Read, grant: &Grant<UsersManage>, user: UserId) -> Result<Counted> {
    let actions = history::count_of(read, grant, user).await?;
    let name = retention::facts(read, grant.organisation(), user).await?;
    Ok(Counted { removed: count(read, user).await?, actions, name })
}

async fn count(read: &mut Read, user: UserId) -> Result<Vec<Removed>> {
    let parts: Vec<_> = TABLES
        .iter()
        .enumerate()
        .filter(|(_, (_, category))| *category != Category::Key)
        .map(|(at, (table, _))| {
            format!("SELECT {at} AS at, COUNT(*) AS found FROM {table} WHERE user_id = $1")
        })
        .collect();
    let sql = format!("{} ORDER BY 1", parts.join(" UNION ALL "));
    let rows: Vec<(i32, i64)> = on_db!(read, c => sqlx::query_as(AssertSqlSafe(sql.clone()))
        .bind(user.0).fetch_all(c).await)?;
    let mut removed = vec![Removed { category: Category::Key, count: 1 }];
    for (at, count) in rows {
        let category = usize::try_from(at).ok().and_then(|at| TABLES.get(at)).map(|(_, category)| *category);
        let category = category.ok_or(Error::Corrupt("count"))?;
        match removed.iter_mut().find(|known| known.category == category) {
            Some(known) => known.count += count,
            None => removed.push(Removed { category, count }),
        }
    }
    removed.retain(|removed| removed.count > 0);
    removed.sort_by_key(|removed| removed.category);
    Ok(removed)
}

/// Writes the receipt of an account that is about to be marked.
pub(crate) async fn write(
    tx: &mut Tx,
    organisation: OrganisationId,
    counted: Counted,
    token: &Token,
) -> Result<()> {
    let name: String = on_db!(tx, c => sqlx::query_scalar("SELECT name FROM organisation WHERE id = $1")
        .bind(organisation.0).fetch_one(c).await)?;
    let Counted { removed, actions, name: facts } = counted;
    insert(tx, &Body { organisation: name, removed, actions, name: facts }, token).await
}

async fn insert(tx: &mut Tx, body: &Body, token: &Token) -> Result<()> {
    let now = tx.now();
    let body = serde_json::to_string(body).map_err(|_| Error::Corrupt("receipt"))?;
    on_db!(tx, c => sqlx::query(
        "INSERT INTO receipt (token_hash, terminated_at, body, pending, expires_at) VALUES ($1, $2, $3, TRUE, $4)")
        .bind(token.hash()).bind(now).bind(body).bind(now + MILLISECONDS).execute(c).await.map(drop))?;
    Ok(())
}

/// What a receipt says that does not change any more.
#[derive(serde::Serialize, serde::Deserialize)]
struct Body {
    organisation: String,
    removed: Vec<Removed>,
    actions: i64,
    name: NameFacts,
}

/// A receipt, as it is kept.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The name of the organisation.
    pub organisation: String,
    /// What was removed.
    pub removed: Vec<Removed>,
    /// On how many actions the name was kept.
    pub actions: i64,
    /// What the end of the name is counted from.
    pub name: NameFacts,
    /// When the account was ended, in unix milliseconds.
    pub terminated_at: i64,
    /// Whether something is still to be done.
    pub pending: bool,
}

/// The receipt that this secret opens.
///
/// # Errors
/// `NotFound`, also 30 days later; or the database failed.
pub async fn find(read: &mut Read, token: &Token, now: i64) -> Result<Stored> {
    let row: Option<(String, i64, bool)> = on_db!(read, c => sqlx::query_as(
        "SELECT body, terminated_at, pending FROM receipt WHERE token_hash = $1 AND expires_at > $2")
        .bind(token.hash()).bind(now).fetch_optional(c).await)?;
    let (body, terminated_at, pending) = row.ok_or(domain::Error::NotFound)?;
    let Body { organisation, removed, actions, name } =
        serde_json::from_str(&body).map_err(|_| Error::Corrupt("receipt"))?;
    Ok(Stored { organisation, removed, actions, name, terminated_at, pending })
}

/// Takes erased bytes out of the logs of the database, and says on the receipts that waited for it that it is
/// done. While somebody reads the files, or an account is still being ended, they stay pending.
///
/// # Errors
/// The database failed.
pub async fn settle(store: &Store) -> Result<()> {
    // An account that ends from here on leaves bytes behind that this does not take out.
    let waiting = waiting(&mut store.read().await?).await?;
    if !store.forget_logs().await? || waiting.is_empty() {
        return Ok(());
    }
    store.write(async move |tx| mark_done(tx, &waiting).await).await
}

/// By their hashes, those of accounts that are gone.
async fn waiting(read: &mut Read) -> Result<Vec<Vec<u8>>> {
    Ok(on_db!(read, c => sqlx::query_scalar(
        "SELECT token_hash FROM receipt
         WHERE pending AND NOT EXISTS (SELECT 1 FROM account WHERE status = 'terminating')")
        .fetch_all(c).await)?)
}

async fn mark_done(tx: &mut Tx, receipts: &[Vec<u8>]) -> Result<()> {
    for hash in receipts {
        on_db!(tx, c => sqlx::query("UPDATE receipt SET pending = FALSE WHERE token_hash = $1")
            .bind(hash).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Whether a receipt waits for [`settle`].
///
/// # Errors
/// The database failed.
pub async fn is_waiting(read: &mut Read) -> Result<bool> {
    Ok(on_db!(read, c => sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM receipt WHERE pending)")
        .fetch_one(c).await)?)
}

/// Deletes those that can't be read any more.
pub(crate) async fn sweep(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    on_db!(tx, c => sqlx::query("DELETE FROM receipt WHERE expires_at <= $1").bind(now).execute(c).await.map(drop))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Throwaway;

    async fn pending(store: &Store, token: &Token) -> bool {
        let mut read = store.read().await.unwrap();
        find(&mut read, token, 0).await.unwrap().pending
    }

    async fn plant(throwaway: &Throwaway) -> Token {
        let token = throwaway.store.random().token();
        let secret = token.clone();
        let written = throwaway.store.write(async move |tx| {
            let facts =
                NameFacts { periods: retention::periods(10, 3), time_zone: "UTC".into(), billed_at: None };
            let body = Body { organisation: String::new(), removed: Vec::new(), actions: 0, name: facts };
            insert(tx, &body, &secret).await
        });
        written.await.unwrap();
        token
    }

    /// Its bytes came into the logs after these were emptied.
    #[tokio::test]
    async fn a_receipt_that_was_written_meanwhile_stays_pending() {
        let throwaway = Throwaway::sqlite().await;
        let first = plant(&throwaway).await;
        let waiting = waiting(&mut throwaway.store.read().await.unwrap()).await.unwrap();
        let second = plant(&throwaway).await;
        throwaway.store.write(async move |tx| mark_done(tx, &waiting).await).await.unwrap();
        assert!(!pending(&throwaway.store, &first).await);
        assert!(pending(&throwaway.store, &second).await);
        settle(&throwaway.store).await.unwrap();
        assert!(!pending(&throwaway.store, &second).await, "the next time");
    }
}
