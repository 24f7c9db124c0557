//! The users' keys, apart from everything else. An address is encrypted under its user's own key;
//! destroying that one row erases the address, wherever copies of the ciphertext still lie.

use crate::{Error, Random, Result, Token, canonical::canonical, random::hex};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use domain::{Email, NewsletterId, OrganisationId, UserId};
use ed25519_dalek::SigningKey;
use sqlx::{ConnectOptions, Connection, PgPool, SqlitePool};
use std::{fmt, fs, io::Write, path::Path, time::Duration};
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};

const NONCE: usize = 24;
/// How long emptying a log waits for others.
const HARDLY: Duration = Duration::from_millis(10);

/// The key that wraps all others, 256 bits.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// A key of these bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads the key file; makes one, readable by its owner only, where there is none.
    ///
    /// # Errors
    /// [`Error::Unusable`] if it can't be read or written, or isn't 64 hexadecimal digits.
    pub fn load_or_create(file: &Path, random: &Random) -> Result<Self> {
        if file.exists() { Self::load(file) } else { Self::create(file, random) }
    }

    fn load(file: &Path) -> Result<Self> {
        let mut text = fs::read_to_string(file).map_err(|_| Self::unusable(file, "can't be read"))?;
        let key =
            parse_hex(text.trim()).ok_or_else(|| Self::unusable(file, "doesn't hold 64 hexadecimal digits"));
        text.zeroize();
        key.map(Self::new)
    }

    fn create(file: &Path, random: &Random) -> Result<Self> {
        let bytes = random.bytes::<32>();
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)
                .map_err(|_| Self::unusable(file, "has a folder that can't be created"))?;
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(file) {
            Ok(mut open) => open
                .write_all(hex(&bytes).as_bytes())
                .and_then(|()| open.sync_all())
                .map_err(|_| Self::unusable(file, "can't be written"))?,
            // Another server was faster.
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Self::load(file),
            Err(_) => return Err(Self::unusable(file, "can't be written")),
        }
        Ok(Self::new(bytes))
    }

    fn unusable(file: &Path, why: &str) -> Error {
        Error::Unusable(format!("the master key file {} {why}", file.display()))
    }

    fn derive(&self, purpose: &str) -> [u8; 32] {
        blake3::derive_key(purpose, self.0.as_slice())
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MasterKey(…)")
    }
}

fn parse_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}

/// The key of one user.
pub(crate) struct UserKey {
    user: UserId,
    key: Zeroizing<Vec<u8>>,
}

impl UserKey {
    /// The address under this key: nonce, ciphertext and tag.
    pub(crate) fn encrypt(&self, email: &Email, random: &Random) -> Result<Vec<u8>> {
        seal(&self.key, email.reveal().as_bytes(), &self.bound_to(Content::Address), random)
    }

    /// The address again.
    pub(crate) fn decrypt(&self, sealed: &[u8]) -> Result<Email> {
        let bytes = Zeroizing::new(open(&self.key, sealed, &self.bound_to(Content::Address))?);
        let text = std::str::from_utf8(&bytes).map_err(|_| Error::Corrupt("address"))?;
        Email::parse(text).map_err(|_| Error::Corrupt("address"))
    }

    /// The secret of one-time codes under this key.
    pub(crate) fn encrypt_secret(&self, secret: &[u8], random: &Random) -> Result<Vec<u8>> {
        seal(&self.key, secret, &self.bound_to(Content::TotpSecret), random)
    }

    /// The secret again.
    pub(crate) fn decrypt_secret(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        open(&self.key, sealed, &self.bound_to(Content::TotpSecret)).map(Zeroizing::new)
    }

    /// Something else under this key.
    pub(crate) fn seal(&self, content: Content, message: &[u8], random: &Random) -> Result<Vec<u8>> {
        seal(&self.key, message, &self.bound_to(content), random)
    }

    /// It again.
    pub(crate) fn open(&self, content: Content, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        open(&self.key, sealed, &self.bound_to(content)).map(Zeroizing::new)
    }

    /// A text of somebody's own under this key.
    pub(crate) fn encrypt_text(&self, place: TextPlace, text: &str, random: &Random) -> Result<Vec<u8>> {
        seal(&self.key, text.as_bytes(), &self.bound_to_place(place), random)
    }

    /// The text again.
    pub(crate) fn decrypt_text(&self, place: TextPlace, sealed: &[u8]) -> Result<String> {
        let bytes = open(&self.key, sealed, &self.bound_to_place(place))?;
        String::from_utf8(bytes).map_err(|_| Error::Corrupt("text"))
    }

    /// The same key, tried on what belongs to somebody else.
    #[cfg(feature = "testing")]
    pub(crate) fn standing_in_for(&self, user: UserId) -> Self {
        Self { user, key: self.key.clone() }
    }

    fn bound_to_place(&self, place: TextPlace) -> Vec<u8> {
        let TextPlace { of, part } = place;
        [&self.bound_to(Content::Text), of.as_bytes().as_slice(), part].concat()
    }

    fn bound_to(&self, content: Content) -> Vec<u8> {
        [self.user.0.as_bytes(), content.label()].concat()
    }
}

/// What is encrypted under a user's key. Each is bound to what it is, so that one can't be put in
/// the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// An e-mail address.
    Address,
    /// The secret of one-time codes.
    TotpSecret,
    /// A text of somebody's own, which is bound to where it stands besides.
    Text,
    /// The file of an export.
    Export,
}

/// Where a text stands: in which thing, and what it is in it.
#[derive(Clone, Copy)]
pub(crate) struct TextPlace {
    pub(crate) of: Uuid,
    pub(crate) part: &'static [u8],
}

impl Content {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Address => b"",
            Self::TotpSecret => b"totp secret",
            Self::Text => b"text",
            Self::Export => b"export",
        }
    }
}

/// Where the keys are kept.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    pool: KeyPool,
    master: MasterKey,
    lookup: MasterKey,
    limits: MasterKey,
    receipts: MasterKey,
    unsubscribing: MasterKey,
}

#[derive(Clone, Debug)]
enum KeyPool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Keys {
    pub(crate) fn sqlite(pool: SqlitePool, master: MasterKey) -> Self {
        Self::new(KeyPool::Sqlite(pool), &master)
    }

    pub(crate) fn postgres(pool: PgPool, master: MasterKey) -> Self {
        Self::new(KeyPool::Postgres(pool), &master)
    }

    fn new(pool: KeyPool, master: &MasterKey) -> Self {
        Self {
            pool,
            lookup: MasterKey::new(master.derive("assent 2026 address lookup")),
            receipts: MasterKey::new(master.derive("assent 2026 receipts of ended accounts")),
            limits: MasterKey::new(master.derive("assent 2026 limits on attempts")),
            unsubscribing: MasterKey::new(master.derive("assent 2026 links to unsubscribe")),
            master: MasterKey::new(master.derive("assent 2026 user key wrapping")),
        }
    }

    /// Under what an address is found: a keyed hash of organisation and canonical form, so that
    /// the same address in two organisations can't be linked.
    pub(crate) fn lookup(&self, organisation: OrganisationId, email: &Email) -> Vec<u8> {
        let mut hasher = blake3::Hasher::new_keyed(&self.lookup.0);
        hasher.update(organisation.0.as_bytes()).update(canonical(email).as_bytes());
        hasher.finalize().as_bytes().to_vec()
    }

    /// Under what attempts are counted: a keyed hash of what they have in common. With a day it is
    /// made under the key of that day, so that what was kept of one day says nothing about another.
    pub(crate) fn bucket(&self, day: Option<i64>, parts: [&[u8]; 2]) -> Vec<u8> {
        let key = match day {
            Some(day) => {
                let mut material = Zeroizing::new(self.limits.0.to_vec());
                material.extend(day.to_be_bytes());
                blake3::derive_key("assent 2026 limits of a day", &material)
            }
            None => *self.limits.0,
        };
        let key = Zeroizing::new(key);
        let mut hasher = blake3::Hasher::new_keyed(&key);
        for part in parts {
            hasher.update(&part.len().to_be_bytes()).update(part);
        }
        hasher.finalize().as_bytes().to_vec()
    }

    /// The secret of a user's link to opt out of a newsletter: the same in every mail, and for nobody to guess.
    pub(crate) fn unsubscribe_token(&self, user: UserId, newsletter: NewsletterId) -> Token {
        let mut hasher = blake3::Hasher::new_keyed(&self.unsubscribing.0);
        hasher.update(user.0.as_bytes()).update(newsletter.0.as_bytes());
        Token::brought(&hex(hasher.finalize().as_bytes()))
    }

    /// Whether the keys that are there were wrapped with this master key: one of them is tried.
    pub(crate) async fn check(&self) -> Result<()> {
        let some: Option<(Uuid, Vec<u8>)> = match &self.pool {
            KeyPool::Sqlite(pool) => {
                sqlx::query_as("SELECT user_id, wrapped FROM user_key LIMIT 1").fetch_optional(pool).await?
            }
            KeyPool::Postgres(pool) => {
                let select = "SELECT user_id, wrapped FROM assent_keys.user_key LIMIT 1";
                sqlx::query_as(select).fetch_optional(pool).await?
            }
        };
        let Some((user, wrapped)) = some else { return Ok(()) };
        open(self.master.0.as_slice(), &wrapped, user.as_bytes()).map(|key| drop(Zeroizing::new(key)))
    }

    /// Makes and keeps a key for a user who is about to be created.
    pub(crate) async fn create(&self, user: UserId, random: &Random) -> Result<UserKey> {
        let key = Zeroizing::new(random.bytes::<32>().to_vec());
        let wrapped = seal(self.master.0.as_slice(), &key, user.0.as_bytes(), random)?;
        match &self.pool {
            KeyPool::Sqlite(pool) => {
                let insert = "INSERT INTO user_key (user_id, wrapped) VALUES ($1, $2)";
                sqlx::query(insert).bind(user.0).bind(wrapped).execute(pool).await?;
            }
            KeyPool::Postgres(pool) => {
                let insert = "INSERT INTO assent_keys.user_key (user_id, wrapped) VALUES ($1, $2)";
                sqlx::query(insert).bind(user.0).bind(wrapped).execute(pool).await?;
            }
        }
        Ok(UserKey { user, key })
    }

    /// The key of a user, if it wasn't destroyed.
    pub(crate) async fn find(&self, user: UserId) -> Result<Option<UserKey>> {
        let Some(wrapped) = self.wrapped(user).await? else { return Ok(None) };
        let key = Zeroizing::new(open(self.master.0.as_slice(), &wrapped, user.0.as_bytes())?);
        Ok(Some(UserKey { user, key }))
    }

    /// Whose keys there are after one id and before another, at most so many, in order.
    pub(crate) async fn between(&self, after: Uuid, before: Uuid, limit: i64) -> Result<Vec<Uuid>> {
        Ok(match &self.pool {
            KeyPool::Sqlite(pool) => {
                let select = "SELECT user_id FROM user_key WHERE user_id > $1 AND user_id < $2
                              ORDER BY user_id LIMIT $3";
                sqlx::query_scalar(select).bind(after).bind(before).bind(limit).fetch_all(pool).await?
            }
            KeyPool::Postgres(pool) => {
                let select = "SELECT user_id FROM assent_keys.user_key WHERE user_id > $1 AND user_id < $2
                              ORDER BY user_id LIMIT $3";
                sqlx::query_scalar(select).bind(after).bind(before).bind(limit).fetch_all(pool).await?
            }
        })
    }

    /// Destroys the key of a user: the first act of termination. Doing it twice is fine. What was
    /// deleted can be read in the log until [`Keys::forget_log`].
    pub(crate) async fn destroy(&self, user: UserId) -> Result<()> {
        match &self.pool {
            KeyPool::Sqlite(pool) => {
                sqlx::query("DELETE FROM user_key WHERE user_id = $1").bind(user.0).execute(pool).await?;
            }
            KeyPool::Postgres(pool) => {
                let delete = "DELETE FROM assent_keys.user_key WHERE user_id = $1";
                sqlx::query(delete).bind(user.0).execute(pool).await?;
            }
        }
        Ok(())
    }

    /// Takes what was deleted out of SQLite's write-ahead log. False while a reader holds it.
    pub(crate) async fn forget_log(&self) -> Result<bool> {
        match &self.pool {
            KeyPool::Sqlite(pool) => forget_log(pool).await,
            KeyPool::Postgres(_) => Ok(true),
        }
    }

    /// The key that receipts are signed with.
    pub(crate) fn receipts(&self) -> SigningKey {
        SigningKey::from_bytes(&self.receipts.0)
    }

    pub(crate) async fn sqlite_columns(&self, query: &'static str) -> Result<Vec<(String, String)>> {
        match &self.pool {
            KeyPool::Sqlite(pool) => Ok(sqlx::query_as(query).fetch_all(pool).await?),
            KeyPool::Postgres(_) => Ok(Vec::new()),
        }
    }

    /// The key of a user as it is kept.
    pub(crate) async fn wrapped(&self, user: UserId) -> Result<Option<Vec<u8>>> {
        Ok(match &self.pool {
            KeyPool::Sqlite(pool) => {
                let select = "SELECT wrapped FROM user_key WHERE user_id = $1";
                sqlx::query_scalar(select).bind(user.0).fetch_optional(pool).await?
            }
            KeyPool::Postgres(pool) => {
                let select = "SELECT wrapped FROM assent_keys.user_key WHERE user_id = $1";
                sqlx::query_scalar(select).bind(user.0).fetch_optional(pool).await?
            }
        })
    }

    /// Every key that there is.
    #[cfg(feature = "testing")]
    pub(crate) async fn all(&self) -> Result<Vec<UserKey>> {
        let mut keys = Vec::new();
        for user in self.between(Uuid::nil(), Uuid::max(), i64::MAX).await? {
            keys.extend(self.find(UserId(user)).await?);
        }
        Ok(keys)
    }

    /// The file with the keys.
    #[cfg(feature = "testing")]
    pub(crate) fn sqlite_pool(&self) -> &SqlitePool {
        match &self.pool {
            KeyPool::Sqlite(pool) => pool,
            KeyPool::Postgres(_) => unreachable!("asked for SQLite's keys on PostgreSQL"),
        }
    }

    pub(crate) async fn close(&self) {
        match &self.pool {
            KeyPool::Sqlite(pool) => pool.close().await,
            KeyPool::Postgres(pool) => pool.close().await,
        }
    }
}

/// Moves the write-ahead log of an SQLite file into the file and empties it; false while a reader
/// holds it. On a connection of its own, which hardly waits: that of the pool would wait for the reader
/// for as long as writers wait for each other, and nobody could write meanwhile.
pub(crate) async fn forget_log(pool: &SqlitePool) -> Result<bool> {
    match checkpoint(pool).await {
        Err(error) if error.is_busy() => Ok(false),
        done => done,
    }
}

async fn checkpoint(pool: &SqlitePool) -> Result<bool> {
    let options = pool.connect_options().as_ref().clone().busy_timeout(HARDLY);
    let mut connection = options.connect().await?;
    let checkpoint = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut connection).await;
    connection.close().await?;
    let (busy, ..): (i64, i64, i64) = checkpoint?;
    Ok(busy == 0)
}

fn seal(key: &[u8], message: &[u8], bound_to: &[u8], random: &Random) -> Result<Vec<u8>> {
    let nonce = random.bytes::<NONCE>();
    let payload = Payload { msg: message, aad: bound_to };
    let sealed =
        cipher(key)?.encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| Error::Corrupt("key"))?;
    Ok([&nonce[..], &sealed].concat())
}

fn open(key: &[u8], sealed: &[u8], bound_to: &[u8]) -> Result<Vec<u8>> {
    let (nonce, message) = sealed.split_at_checked(NONCE).ok_or(Error::Corrupt("sealed value"))?;
    let payload = Payload { msg: message, aad: bound_to };
    cipher(key)?.decrypt(XNonce::from_slice(nonce), payload).map_err(|_| {
        Error::Unusable(
            "a user's key can't be opened: this is not the master key that it was wrapped with".into(),
        )
    })
}

fn cipher(key: &[u8]) -> Result<XChaCha20Poly1305> {
    XChaCha20Poly1305::new_from_slice(key).map_err(|_| Error::Corrupt("key length"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_a_secret_cannot_stand_for_each_other() {
        let random = Random::seeded(1);
        let user = UserId(random.id(1));
        let key = UserKey { user, key: Zeroizing::new(random.bytes::<32>().to_vec()) };
        let email = Email::parse("ada@demo.test").unwrap();
        let (address, secret) =
            (key.encrypt(&email, &random).unwrap(), key.encrypt_secret(b"ada@demo.test", &random).unwrap());
        assert_eq!(key.decrypt(&address).unwrap().reveal(), "ada@demo.test");
        assert_eq!(key.decrypt_secret(&secret).unwrap().as_slice(), b"ada@demo.test");
        assert!(key.decrypt(&secret).is_err());
        assert!(key.decrypt_secret(&address).is_err());
    }

    #[test]
    fn a_text_can_be_read_in_its_own_place_only() {
        let random = Random::seeded(1);
        let key = UserKey { user: UserId(random.id(1)), key: Zeroizing::new(random.bytes::<32>().to_vec()) };
        let place = TextPlace { of: random.id(2), part: b"text" };
        let sealed = key.encrypt_text(place, "Why?", &random).unwrap();
        assert_eq!(key.decrypt_text(place, &sealed).unwrap(), "Why?");
        assert!(key.decrypt_text(TextPlace { part: b"answer", ..place }, &sealed).is_err());
        assert!(key.decrypt_text(TextPlace { of: random.id(3), ..place }, &sealed).is_err());
        assert!(key.decrypt_secret(&sealed).is_err());
    }
}
