//! Passwords: Argon2id (RFC 9106) at OWASP's minimum, in a pool that leaves a core for everything
//! else and turns people away when too many wait.

use argon2::{
    Argon2, PasswordHash, PasswordHasher, PasswordVerifier,
    password_hash::{Salt, SaltString},
};
use domain::Error;
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use store::Random;
use tokio::sync::Semaphore;

/// How many may wait for a hash before others are told to come back.
const QUEUE: usize = 64;

#[derive(Clone)]
pub(crate) struct Hashing {
    workers: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    random: Random,
    decoy: Arc<str>,
}

impl Hashing {
    pub(crate) fn new(random: Random) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let decoy = hash_now("a password that nobody has", &random.bytes::<16>()).unwrap_or_default();
        Self {
            workers: Arc::new(Semaphore::new(cores.saturating_sub(1).max(1))),
            waiting: Arc::new(AtomicUsize::new(0)),
            random,
            decoy: decoy.into(),
        }
    }

    /// The PHC string of a password, with a salt of its own.
    pub(crate) async fn hash(&self, password: &str) -> Result<String, Error> {
        let (password, salt) = (password.to_owned(), self.random.bytes::<16>());
        self.run(move || hash_now(&password, &salt)).await?.ok_or_else(broken)
    }

    /// Whether a password fits a hash. Without a hash it takes the same time and is never right.
    pub(crate) async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, Error> {
        let (password, known) = (password.to_owned(), hash.is_some());
        let hash = hash.unwrap_or(&self.decoy).to_owned();
        let fits = self.run(move || {
            let parsed = PasswordHash::new(&hash).ok()?;
            Some(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
        });
        Ok(fits.await?.ok_or_else(broken)? && known)
    }

    /// Runs work that keeps a core busy in the pool.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let place = Place::take(&self.waiting).ok_or(Error::TooManyRequests { retry_after: 2 })?;
        let worker = self.workers.clone().acquire_owned().await.map_err(|_| broken())?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop((worker, place));
            result
        });
        done.await.map_err(|_| broken())
    }
}

/// A place in the queue, given back when it is dropped, also by a request that is broken off.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(waiting: &Arc<AtomicUsize>) -> Option<Self> {
        let place = Self(waiting.clone());
        (waiting.fetch_add(1, Ordering::Relaxed) < QUEUE).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn hash_now(password: &str, salt: &[u8]) -> Option<String> {
    let salt = SaltString::encode_b64(salt).ok()?;
    let salt: Salt<'_> = salt.as_salt();
    Argon2::default().hash_password(password.as_bytes(), salt).ok().map(|hash| hash.to_string())
}

fn broken() -> Error {
    tracing::error!("a password could not be hashed");
    Error::Internal { reference: "hash".into() }
}

impl fmt::Debug for Hashing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Hashing")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_somebody_known_fits() {
        let hashing = Hashing::new(Random::seeded(1));
        let hash = hashing.hash("correct horse").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hashing.verify("correct horse", Some(&hash)).await.unwrap());
        assert!(!hashing.verify("wrong horse", Some(&hash)).await.unwrap());
        assert!(!hashing.verify("a password that nobody has", None).await.unwrap());
    }

    #[tokio::test]
    async fn past_the_queue_people_are_told_to_wait() {
        let hashing = Hashing::new(Random::seeded(1));
        let places: Vec<_> = (0..QUEUE).map(|_| Place::take(&hashing.waiting).unwrap()).collect();
        assert_eq!(hashing.hash("any").await, Err(Error::TooManyRequests { retry_after: 2 }));
        drop(places);
        assert!(hashing.hash("any").await.is_ok());
    }
}
