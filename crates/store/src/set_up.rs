//! The first organisation and its first platform admin.

use crate::{
    Grant, Read, Result, Store, System, Token, Tx,
    connection::on_db,
    history, notice, roles,
    users::{self, Draft, NewAccount},
};
use domain::{
    Conflict, Language, OrganisationId, UserId,
    history::{Action, Subject},
    name::OrganisationName,
    notice::Texts,
    users::{Contact, UserStatus},
};

/// What the first organisation is made of.
#[derive(Clone, Debug)]
pub struct FirstOrganisation {
    /// Its name.
    pub name: OrganisationName,
    /// IANA time zone.
    pub time_zone: String,
    /// Its first platform admin.
    pub admin: Contact,
    /// The hash of the admin's password.
    pub password_hash: String,
    /// The language that the admin reads.
    pub language: Language,
    /// The first version of its privacy notice.
    pub notice: Texts,
}

/// Whether there is no organisation yet.
///
/// # Errors
/// The database failed.
pub async fn is_empty(read: &mut Read) -> Result<bool> {
    Ok(
        on_db!(read, c => sqlx::query_scalar("SELECT NOT EXISTS (SELECT 1 FROM organisation)").fetch_one(c).await)?,
    )
}

/// Makes the one set-up link; an older one dies.
///
/// # Errors
/// The database failed.
pub async fn issue_link(store: &Store) -> Result<Token> {
    let token = store.random().token();
    let hash = token.hash();
    store
        .write(async move |tx| {
            on_db!(tx, c => sqlx::query(
                "INSERT INTO set_up_link (id, token_hash) VALUES (1, $1)
                 ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash")
                .bind(&hash).execute(c).await.map(drop))?;
            Ok(())
        })
        .await?;
    Ok(token)
}

/// Whether a set-up link can be used.
///
/// # Errors
/// `LinkExpired` if not, or the database failed.
pub async fn check_link(read: &mut Read, token: &Token) -> Result<()> {
    let found: Option<i64> = on_db!(read, c => sqlx::query_scalar("SELECT id FROM set_up_link WHERE token_hash = $1")
        .bind(token.hash()).fetch_optional(c).await)?;
    found.map(drop).ok_or_else(|| Conflict::LinkExpired.into())
}

/// Creates the first organisation with its first platform admin; the set-up link dies with it.
///
/// # Errors
/// `AlreadySetUp` if there is one already, or the database failed.
pub async fn create(store: &Store, first: FirstOrganisation) -> Result<(OrganisationId, UserId)> {
    create_beside(store, first, Others::Refused).await
}

/// Creates a further organisation beside those that are there: a foreign one, for tests.
///
/// # Errors
/// The database failed.
#[cfg(feature = "testing")]
pub async fn create_another(store: &Store, next: FirstOrganisation) -> Result<(OrganisationId, UserId)> {
    create_beside(store, next, Others::Welcome).await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    Refused,
    #[cfg(feature = "testing")]
    Welcome,
}

async fn create_beside(
    store: &Store,
    first: FirstOrganisation,
    others: Others,
) -> Result<(OrganisationId, UserId)> {
    let organisation = OrganisationId(store.random().id(store.clock().now()));
    let draft =
        Draft { contact: &first.admin, external: false, access_ends_at: None, language: first.language };
    let account = NewAccount::prepare(store, organisation, &draft).await?;
    let (user, prepared) = (account.user(), account.clone());
    let done = store
        .write(async move |tx| {
            if others == Others::Refused && !is_empty(tx).await? {
                return Err(Conflict::AlreadySetUp.into());
            }
            let grant: Grant<System> = Grant::acting_as(organisation, user);
            insert_organisation(tx, organisation, &first).await?;
            notice::publish_first(tx, &grant, &first.notice).await?;
            let admin = NewAccount { status: UserStatus::Active, ..prepared.clone() };
            users::insert(tx, organisation, admin).await?;
            crate::sign_in::put_password(tx, user, &first.password_hash).await?;
            let admins = roles::insert_system(tx, organisation).await?;
            roles::assign(tx, user, admins).await?;
            on_db!(tx, c => sqlx::query("DELETE FROM set_up_link").execute(c).await.map(drop))?;
            history::record(tx, &grant, Action::OrganisationCreated, Subject::Organisation).await?;
            Ok((organisation, user))
        })
        .await;
    if done.is_err() {
        account.discard(store).await?;
    }
    done
}

async fn insert_organisation(tx: &mut Tx, id: OrganisationId, first: &FirstOrganisation) -> Result<()> {
    let now = tx.now();
    on_db!(tx, c => sqlx::query(
        "INSERT INTO organisation (id, name, time_zone, version, created_at) VALUES ($1, $2, $3, 1, $4)")
        .bind(id.0).bind(first.name.as_str()).bind(&first.time_zone).bind(now).execute(c).await.map(drop))?;
    Ok(())
}
