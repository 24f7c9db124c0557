//! Settings: environment variables with the prefix `ASSENT_`, each an option of the command line too.

use crate::proxies::{Proxies, Proxy};
use clap::Args;
use services::{Services, mail::Mailer};
use std::{net::SocketAddr, path::PathBuf};
use store::{Clock, MasterKey, Options, Random, Store};

/// What every command needs to know.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// The database: `sqlite://path` or `postgres://…`
    #[arg(
        long,
        env = "ASSENT_DATABASE_URL",
        default_value = "sqlite://data/assent.db",
        hide_env_values = true
    )]
    pub database_url: String,
    /// The address to listen on
    #[arg(long, env = "ASSENT_ADDRESS", default_value = "127.0.0.1:3000")]
    pub address: SocketAddr,
    /// The address that people open; it decides whether cookies are secure
    #[arg(long, env = "ASSENT_PUBLIC_URL", default_value = "http://localhost:3000")]
    pub public_url: String,
    /// The key that wraps the users' keys; made on first start [default: master.key beside the SQLite
    /// file, or data/master.key]
    #[arg(long, env = "ASSENT_MASTER_KEY_FILE")]
    pub master_key_file: Option<PathBuf>,
    /// The mail server: `smtps://user:password@host`, or `smtp://…?tls=required`; without one no mail is
    /// sent
    #[arg(long, env = "ASSENT_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Who writes the mail, such as `Assent <assent@example.org>`
    #[arg(long, env = "ASSENT_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Proxies whose X-Forwarded-For is believed: addresses or ranges, parted by commas
    #[arg(long, env = "ASSENT_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<Proxy>,
    /// What is logged, such as `info` or `warn,server=debug`
    #[arg(long, env = "ASSENT_LOG", default_value = "info")]
    pub log: String,
}

impl Settings {
    /// Checks what can be checked without touching anything.
    ///
    /// # Errors
    /// One line that says what is wrong.
    pub fn check(&self) -> Result<(), String> {
        if !["sqlite://", "postgres://", "postgresql://"].iter().any(|it| self.database_url.starts_with(it)) {
            return Err("ASSENT_DATABASE_URL must begin with sqlite:// or postgres://".into());
        }
        let host =
            self.public_url.strip_prefix("https://").or_else(|| self.public_url.strip_prefix("http://"));
        let good = host.is_some_and(|host| {
            let host = host.trim_end_matches('/');
            !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
        });
        if good {
            Ok(())
        } else {
            Err("ASSENT_PUBLIC_URL must be an address without a path, such as https://assent.example.org"
                .into())
        }
    }

    /// The proxies that are trusted.
    #[must_use]
    pub fn proxies(&self) -> Proxies {
        Proxies::new(self.trusted_proxies.clone())
    }

    /// Whether only this machine can reach it, at the address it listens on and by its public name:
    /// what the demo, whose passwords everybody knows, asks for.
    #[must_use]
    pub fn is_local(&self) -> bool {
        let host = self.public_url.split_once("://").map_or("", |(_, host)| host).trim_end_matches('/');
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        self.address.ip().is_loopback() && matches!(name, "localhost" | "127.0.0.1" | "[::1]")
    }

    /// Where mail goes.
    ///
    /// # Errors
    /// One line that says what is wrong.
    pub fn mailer(&self) -> Result<Mailer, String> {
        match (self.smtp_url.as_deref().filter(|url| !url.is_empty()), &self.mail_from) {
            (None, _) => Ok(Mailer::Off),
            (Some(_), None) => Err("ASSENT_SMTP_URL is set, so ASSENT_MAIL_FROM must say who writes".into()),
            (Some(url), Some(from)) => Mailer::smtp(url, from, &self.public_url),
        }
    }

    /// Opens the database and makes the services over it.
    ///
    /// # Errors
    /// One line that says what is wrong.
    pub async fn open(&self) -> Result<Services, String> {
        self.open_with(self.mailer()?).await
    }

    /// The same, with mail going elsewhere.
    ///
    /// # Errors
    /// One line that says what is wrong.
    pub async fn open_with(&self, mailer: Mailer) -> Result<Services, String> {
        self.check()?;
        let random = Random::from_system();
        let master_key =
            MasterKey::load_or_create(&self.key_file(), &random).map_err(|error| error.to_string())?;
        let options = Options { url: &self.database_url, master_key, clock: Clock::System, random };
        let store = Store::open(options).await.map_err(|error| error.to_string())?;
        Ok(Services::with_mailer(store, &self.public_url, mailer))
    }

    fn key_file(&self) -> PathBuf {
        if let Some(file) = &self.master_key_file {
            return file.clone();
        }
        let path =
            self.database_url.strip_prefix("sqlite://").map(|path| path.split('?').next().unwrap_or(path));
        path.map_or_else(
            || PathBuf::from("data/master.key"),
            |path| PathBuf::from(path).with_file_name("master.key"),
        )
    }
}
