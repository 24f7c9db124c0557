//! Users: the name that stays (`person`) and the account that can end (`account`). The address is
//! in [`crate::user_contact`].

use crate::{
    Error, Grant, Own, Read, Result, Store, System, Token, Tx,
    connection::on_db,
    grants::{RolesManage, UsersManage, UsersView},
    links, mail, roles,
    sign_in::announce_rights,
    sort_key,
    sort_key::containing,
    user_contact::{self, SealedAddress},
};
use domain::{
    Conflict, Language, OrganisationId, PermissionSet, RoleId, UserId,
    event::{Event, EventKind},
    name::PersonName,
    roles::RoleName,
    sign_in::LinkPurpose,
    users::{Contact, ListUsers, PAGE, UserRow, UserStatus},
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Parts names in an aggregated column; names can't hold it.
const SEPARATOR: char = '\u{1f}';

/// What an account is made of.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub(crate) user: UserId,
    pub(crate) name: PersonName,
    pub(crate) address: SealedAddress,
    pub(crate) external: bool,
    pub(crate) language: Language,
    pub(crate) status: UserStatus,
}

/// Prepares an account that somebody creates.
///
/// # Errors
/// The database failed.
pub async fn prepare(
    store: &Store,
    grant: &Grant<UsersManage>,
    contact: &Contact,
    external: bool,
) -> Result<NewAccount> {
    NewAccount::prepare(store, grant.organisation(), contact, external).await
}

/// Prepares an account of the demo.
///
/// # Errors
/// The database failed.
pub async fn prepare_demo(
    store: &Store,
    grant: &Grant<System>,
    contact: &Contact,
    external: bool,
) -> Result<NewAccount> {
    NewAccount::prepare(store, grant.organisation(), contact, external).await
}

impl NewAccount {
    /// Makes a key and, with it, all that a new account needs. The key is made before the account,
    /// so that an address is never stored without one.
    pub(crate) async fn prepare(
        store: &Store,
        organisation: OrganisationId,
        contact: &Contact,
        external: bool,
    ) -> Result<Self> {
        let user = UserId(store.random().id(store.clock().now()));
        let key = store.keys().create(user, store.random()).await?;
        Ok(Self {
            user,
            name: contact.name.clone(),
            address: SealedAddress::new(store, organisation, &key, &contact.email)?,
            external,
            language: Language::default(),
            status: UserStatus::Invited,
        })
    }

    /// Who it will be.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// Destroys the key again, where the account was refused.
    ///
    /// # Errors
    /// The database failed.
    pub async fn discard(self, store: &Store) -> Result<()> {
        store.keys().destroy(self.user).await
    }
}

/// Creates the account.
///
/// # Errors
/// `EmailTaken`, or the database failed.
pub async fn create(tx: &mut Tx, grant: &Grant<UsersManage>, account: &NewAccount) -> Result<()> {
    insert(tx, grant.organisation(), account.clone()).await
}

pub(crate) async fn insert(tx: &mut Tx, organisation: OrganisationId, account: NewAccount) -> Result<()> {
    let now = tx.now();
    on_db!(tx, c => sqlx::query("INSERT INTO person (id, organisation_id, name) VALUES ($1, $2, $3)")
        .bind(account.user.0).bind(organisation.0).bind(account.name.as_str()).execute(c).await.map(drop))?;
    on_db!(tx, c => sqlx::query(
        "INSERT INTO account (user_id, organisation_id, sort_key, status, external, language, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7)")
        .bind(account.user.0).bind(organisation.0).bind(sort_key(account.name.as_str()))
        .bind(account.status.code()).bind(account.external).bind(account.language.code()).bind(now)
        .execute(c).await.map(drop))?;
    user_contact::insert(tx, organisation, account.user, &account.address).await
}

#[derive(sqlx::FromRow)]
struct ListRow {
    id: Uuid,
    name: String,
    status: String,
    external: bool,
    roles: Option<String>,
}

/// At most one more than [`PAGE`] users by name: after `request.after`, or before `request.before`
/// in reverse.
///
/// # Errors
/// The database failed.
pub async fn list(read: &mut Read, grant: &Grant<UsersView>, request: &ListUsers) -> Result<Vec<UserRow>> {
    let backwards = request.before.is_some();
    let (compare, order) = if backwards { ("<", "DESC") } else { (">", "ASC") };
    let from = request.before.or(request.after);
    let cursor = match from {
        Some(_) => format!(
            "(a.sort_key, a.user_id) {compare} (SELECT sort_key, user_id FROM account WHERE user_id = $2 AND organisation_id = $1)"
        ),
        None => "$2 IS NOT NULL".to_owned(),
    };
    let search = if request.search.is_empty() { "$3 <> ''" } else { "a.sort_key LIKE $3 ESCAPE '\\'" };
    let sql = format!(
        "SELECT a.user_id AS id, p.name, a.status, a.external,
                (SELECT string_agg(name, '{SEPARATOR}') FROM (
                    SELECT r.name FROM role_assignment ra JOIN role r ON r.id = ra.role_id
                    WHERE ra.user_id = a.user_id ORDER BY r.system DESC, r.sort_key) AS held) AS roles
         FROM account a JOIN person p ON p.id = a.user_id
         WHERE a.organisation_id = $1 AND a.status <> 'terminating' AND {cursor} AND {search}
         ORDER BY a.sort_key {order}, a.user_id {order} LIMIT $4"
    );
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    // Put together of the fixed parts above only.
    let rows: Vec<ListRow> = on_db!(read, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(grant.organisation().0).bind(from.map_or(Uuid::nil(), |id| id.0)).bind(containing(&request.search))
        .bind(limit).fetch_all(c).await)?;
    rows.into_iter().map(ListRow::read).collect()
}

impl ListRow {
    fn read(self) -> Result<UserRow> {
        Ok(UserRow {
            id: UserId(self.id),
            name: self.name,
            status: status(&self.status)?,
            external: self.external,
            roles: names(self.roles.as_deref()),
        })
    }
}

fn status(code: &str) -> Result<UserStatus> {
    UserStatus::from_code(code).ok_or(Error::Corrupt("user status"))
}

fn names(joined: Option<&str>) -> Vec<String> {
    joined.map(|names| names.split(SEPARATOR).map(str::to_owned).collect()).unwrap_or_default()
}

/// One account, without its address.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Where the user stands.
    pub status: UserStatus,
    /// From outside the organisation.
    pub external: bool,
    /// Language of the pages.
    pub language: Language,
    /// Grows with each change.
    pub version: i64,
    /// Roles held.
    pub roles: Vec<RoleName>,
    /// What they add up to, not masked.
    pub permissions: PermissionSet,
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    name: String,
    status: String,
    external: bool,
    language: String,
    version: i64,
}

/// One user of the organisation.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn find(read: &mut Read, grant: &Grant<UsersView>, id: UserId) -> Result<Account> {
    account(read, grant.organisation(), id).await
}

/// One's own account.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn find_own(read: &mut Read, grant: &Grant<Own>) -> Result<Account> {
    account(read, grant.organisation(), grant.user()).await
}

async fn account(read: &mut Read, organisation: OrganisationId, id: UserId) -> Result<Account> {
    let row: Option<AccountRow> = on_db!(read, c => sqlx::query_as(
        "SELECT p.name, a.status, a.external, a.language, a.version
         FROM account a JOIN person p ON p.id = a.user_id
         WHERE a.user_id = $1 AND a.organisation_id = $2 AND a.status <> 'terminating'")
        .bind(id.0).bind(organisation.0).fetch_optional(c).await)?;
    let row = row.ok_or(domain::Error::NotFound)?;
    let roles: Vec<(Uuid, String)> = on_db!(read, c => sqlx::query_as(
        "SELECT r.id, r.name FROM role_assignment ra JOIN role r ON r.id = ra.role_id
         WHERE ra.user_id = $1 ORDER BY r.system DESC, r.sort_key")
        .bind(id.0).fetch_all(c).await)?;
    Ok(Account {
        id,
        name: row.name,
        status: status(&row.status)?,
        external: row.external,
        language: Language::from_code(&row.language).unwrap_or_default(),
        version: row.version,
        roles: roles.into_iter().map(|(id, name)| RoleName { id: RoleId(id), name }).collect(),
        permissions: roles::held_by(read, organisation, id).await?,
    })
}

/// What of an account is changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// Who.
    pub id: UserId,
    /// The version that was on the screen.
    pub version: i64,
    /// The new name.
    pub name: PersonName,
    /// The new address, if it changed.
    pub address: Option<SealedAddress>,
    /// From outside the organisation, if that is to be said anew.
    pub external: Option<bool>,
    /// Language of the pages.
    pub language: Language,
}

/// Changes a user.
///
/// # Errors
/// `Stale`, `EmailTaken`, `LastAdmin`, or the database failed.
pub async fn update(tx: &mut Tx, grant: &Grant<UsersManage>, change: &Change) -> Result<()> {
    write_change(tx, grant.organisation(), change).await?;
    announce_rights(tx, grant.organisation());
    roles::keep_an_admin(tx, grant.organisation()).await
}

/// Changes one's own account.
///
/// # Errors
/// `Stale`, `EmailTaken`, or the database failed.
pub async fn update_own(tx: &mut Tx, grant: &Grant<Own>, change: &Change) -> Result<()> {
    let own = Change { id: grant.user(), external: None, ..change.clone() };
    write_change(tx, grant.organisation(), &own).await?;
    // Nobody else's rights change by it, so nobody else's pages are asked to load again.
    let (organisation, user) = (grant.organisation(), Some(grant.user()));
    tx.announce(Event { organisation, user, kind: EventKind::RightsChanged });
    Ok(())
}

async fn write_change(tx: &mut Tx, organisation: OrganisationId, change: &Change) -> Result<()> {
    let changed = on_db!(tx, c => sqlx::query(
        "UPDATE account SET sort_key = $4, external = COALESCE($5, external), language = $6, version = version + 1
         WHERE user_id = $1 AND organisation_id = $2 AND version = $3 AND status <> 'terminating'")
        .bind(change.id.0).bind(organisation.0).bind(change.version).bind(sort_key(change.name.as_str()))
        .bind(change.external).bind(change.language.code()).execute(c).await.map(|done| done.rows_affected()))?;
    if changed != 1 {
        return Err(Conflict::Stale.into());
    }
    on_db!(tx, c => sqlx::query("UPDATE person SET name = $2 WHERE id = $1")
        .bind(change.id.0).bind(change.name.as_str()).execute(c).await.map(drop))?;
    if let Some(sealed) = &change.address {
        user_contact::replace(tx, change.id, sealed).await?;
        // A link that was handed out for the old address dies with it.
        links::end_all(tx, change.id).await?;
    }
    Ok(())
}

/// Replaces the roles of a user by adding and removing some.
///
/// # Errors
/// `Stale`, `LastAdmin`, or the database failed.
pub async fn change_roles(
    tx: &mut Tx,
    grant: &Grant<RolesManage>,
    account: &Account,
    added: &[RoleId],
    removed: &[RoleId],
) -> Result<()> {
    let changed = on_db!(tx, c => sqlx::query(
        "UPDATE account SET version = version + 1 WHERE user_id = $1 AND organisation_id = $2 AND version = $3")
        .bind(account.id.0).bind(grant.organisation().0).bind(account.version)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed != 1 {
        return Err(Conflict::Stale.into());
    }
    for role in added {
        roles::assign(tx, account.id, *role).await?;
    }
    if !added.is_empty() {
        links::end_all(tx, account.id).await?;
    }
    for role in removed {
        roles::unassign(tx, account.id, *role).await?;
    }
    mail::tell_of_rights(tx, grant, account.id).await?;
    roles::keep_an_admin(tx, grant.organisation()).await?;
    announce_rights(tx, grant.organisation());
    Ok(())
}

/// Makes a one-time link for a user to set the password; an older one dies.
///
/// # Errors
/// `NotFound`, or the database failed.
pub async fn issue_link(
    tx: &mut Tx,
    grant: &Grant<UsersManage>,
    id: UserId,
    expires_at: i64,
) -> Result<Token> {
    account(tx, grant.organisation(), id).await?;
    links::issue(tx, id, LinkPurpose::Password, expires_at).await
}

/// For the demo: an account that can sign in with this password hash and holds these roles.
///
/// # Errors
/// The database failed.
pub async fn create_active(
    tx: &mut Tx,
    grant: &Grant<System>,
    account: NewAccount,
    password_hash: &str,
    held: &[RoleId],
) -> Result<()> {
    let user = account.user;
    insert(tx, grant.organisation(), NewAccount { status: UserStatus::Active, ..account }).await?;
    crate::sign_in::put_password(tx, user, password_hash).await?;
    for role in held {
        roles::assign(tx, user, *role).await?;
    }
    Ok(())
}
