//! Users: the name that stays (`person`) and the account that can end (`account`). The address is
//! in [`crate::user_contact`]; the list, changes, and what is done to an account as a whole,
//! have files of their own here.

mod change;
mod list;
mod standing;

pub use change::{Change, Standing, change_roles, update, update_own};
pub use list::{list, role_names};
pub(crate) use standing::expired;
pub use standing::{
    Access, accesses, expired_invitations, invite_again, move_access_end, reactivate, suspend,
};

use crate::{
    Error, Grant, Own, Read, Result, Store, System, Token, Tx,
    connection::on_db,
    grants::{UsersManage, UsersView},
    links, roles, sort_key,
    user_contact::{self, SealedAddress},
};
use domain::{
    Conflict, Language, OrganisationId, PermissionSet, RoleId, UserId,
    name::PersonName,
    sign_in::LinkPurpose,
    users::{Contact, UserStatus},
};

/// Parts names in an aggregated column; names can't hold it.
const SEPARATOR: char = '\u{1f}';

/// What somebody who is invited is to be.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// Name and address.
    pub contact: &'a Contact,
    /// From outside the organisation.
    pub external: bool,
    /// When an external user's access ends, in unix milliseconds.
    pub access_ends_at: Option<i64>,
    /// Language of the pages and of mail.
    pub language: Language,
}

/// What an account is made of.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub(crate) user: UserId,
    pub(crate) name: PersonName,
    pub(crate) address: SealedAddress,
    pub(crate) external: bool,
    pub(crate) access_ends_at: Option<i64>,
    pub(crate) invitation_ends_at: Option<i64>,
    pub(crate) language: Language,
    pub(crate) status: UserStatus,
}

/// Prepares an account for somebody who is invited until `invitation_ends_at`.
///
/// # Errors
/// The database failed.
pub async fn prepare(
    store: &Store,
    grant: &Grant<UsersManage>,
    draft: &Draft<'_>,
    invitation_ends_at: i64,
) -> Result<NewAccount> {
    let account = NewAccount::prepare(store, grant.organisation(), draft).await?;
    Ok(NewAccount { invitation_ends_at: Some(invitation_ends_at), ..account })
}

/// Prepares an account of the demo.
///
/// # Errors
/// The database failed.
pub async fn prepare_demo(store: &Store, grant: &Grant<System>, draft: &Draft<'_>) -> Result<NewAccount> {
    NewAccount::prepare(store, grant.organisation(), draft).await
}

impl NewAccount {
    /// Makes a key and, with it, all that a new account needs. The key is made before the account,
    /// so that an address is never stored without one.
    pub(crate) async fn prepare(
        store: &Store,
        organisation: OrganisationId,
        draft: &Draft<'_>,
    ) -> Result<Self> {
        let user = UserId(store.random().id(store.clock().now()));
        let key = store.keys().create(user, store.random()).await?;
        Ok(Self {
            user,
            name: draft.contact.name.clone(),
            address: SealedAddress::new(store, organisation, &key, &draft.contact.email)?,
            external: draft.external,
            access_ends_at: draft.access_ends_at,
            invitation_ends_at: None,
            language: draft.language,
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
        "INSERT INTO account (user_id, organisation_id, sort_key, status, external, language, access_ends_at,
                              invitation_ends_at, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)")
        .bind(account.user.0).bind(organisation.0).bind(sort_key(account.name.as_str()))
        .bind(account.status.code()).bind(account.external).bind(account.language.code())
        .bind(account.access_ends_at).bind(account.invitation_ends_at).bind(now).execute(c).await.map(drop))?;
    user_contact::insert(tx, organisation, account.user, &account.address).await
}

fn status(code: &str) -> Result<UserStatus> {
    UserStatus::from_code(code).ok_or(Error::Corrupt("user status"))
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
    /// When an external user's access ends, in unix milliseconds.
    pub access_ends_at: Option<i64>,
    /// When an invitation ends, in unix milliseconds.
    pub invitation_ends_at: Option<i64>,
    /// Language of the pages.
    pub language: Language,
    /// Grows with each change.
    pub version: i64,
    /// Roles held: *Platform admin* first, then by name.
    pub roles: Vec<HeldRole>,
    /// What they add up to, not masked.
    pub permissions: PermissionSet,
}

/// A role that somebody holds.
#[derive(Clone, Debug)]
pub struct HeldRole {
    /// Which.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// What it grants.
    pub permissions: PermissionSet,
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    name: String,
    status: String,
    external: bool,
    access_ends_at: Option<i64>,
    invitation_ends_at: Option<i64>,
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
        "SELECT p.name, a.status, a.external, a.access_ends_at, a.invitation_ends_at, a.language, a.version
         FROM account a JOIN person p ON p.id = a.user_id
         WHERE a.user_id = $1 AND a.organisation_id = $2 AND a.status <> 'terminating'")
        .bind(id.0).bind(organisation.0).fetch_optional(c).await)?;
    let row = row.ok_or(domain::Error::NotFound)?;
    let roles = roles::held_by(read, organisation, id).await?;
    Ok(Account {
        id,
        name: row.name,
        status: status(&row.status)?,
        external: row.external,
        access_ends_at: row.access_ends_at,
        invitation_ends_at: row.invitation_ends_at,
        language: Language::from_code(&row.language).unwrap_or_default(),
        version: row.version,
        permissions: roles.iter().flat_map(|role| role.permissions.iter()).collect(),
        roles,
    })
}

/// Makes a one-time link for a user: to accept the invitation, or else to set a new password. An
/// older one dies.
///
/// # Errors
/// `NotInThatState` for somebody who may not sign in, or the database failed.
pub async fn issue_link(
    tx: &mut Tx,
    _: &Grant<UsersManage>,
    account: &Account,
    expires_at: i64,
) -> Result<(LinkPurpose, Token)> {
    let purpose = match account.status {
        UserStatus::Invited => LinkPurpose::Invitation,
        UserStatus::Active => LinkPurpose::Password,
        UserStatus::Suspended | UserStatus::Terminating => return Err(Conflict::NotInThatState.into()),
    };
    Ok((purpose, links::issue(tx, account.id, purpose, expires_at).await?))
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
