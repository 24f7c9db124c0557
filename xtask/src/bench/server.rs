//! Servers that are measured. They end with the value that stands for them.

use super::http::{self, Request};
use super::programs::Programs;
use crate::files;
use crate::postgres::free_port;
use crate::problem::{Problem, Result};
use crate::process;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The password of the demo accounts here.
const PASSWORD: &str = "a password for measuring";
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that listens.
pub struct Server {
    pub address: SocketAddr,
    child: Child,
}

impl Server {
    /// Starts Assent with the demo organisation and waits until it is ready.
    pub fn start(programs: &Programs) -> Result<Self> {
        let address = free_address()?;
        let mut command = programs.command(&programs.server);
        command.args(["serve", "--demo"]);
        command.env("ASSENT_DATABASE_URL", format!("sqlite://{}", programs.database().display()));
        command.env("ASSENT_MASTER_KEY_FILE", programs.key());
        command.env("ASSENT_ADDRESS", address.to_string());
        command.env("ASSENT_PUBLIC_URL", format!("http://localhost:{}", address.port()));
        command.env("ASSENT_DEMO_PASSWORD", PASSWORD).env("ASSENT_LOG", "warn");
        Self::spawn(command, address)?.wait_for("/health/ready", 200)
    }

    /// Starts another program that listens on the last of these words, and waits for its first answer.
    pub fn other(mut command: Command, words: &[&str]) -> Result<Self> {
        let address = free_address()?;
        command.args(words).arg(address.to_string());
        Self::spawn(command, address)?.wait_for("/", 404)
    }

    fn spawn(mut command: Command, address: SocketAddr) -> Result<Self> {
        command.stdout(Stdio::null());
        let child = command.spawn().map_err(|error| process::missing(&command, &error))?;
        Ok(Self { address, child })
    }

    fn wait_for(mut self, path: &str, status: u16) -> Result<Self> {
        let begun = Instant::now();
        let request = Request::page(path, "");
        loop {
            if let Ok(Some(answer)) = http::exchange(self.address, &request)
                && answer.status == status
            {
                return Ok(self);
            }
            if begun.elapsed() > PATIENCE || self.child.try_wait().is_ok_and(|ended| ended.is_some()) {
                return Err(Problem::new("The server does not become ready; see above."));
            }
            sleep(Duration::from_millis(1));
        }
    }

    /// Signs a demo account in: the token of the new session.
    pub fn sign_in(&self, local: &str) -> Result<String> {
        let request = serde_json::json!({ "email": format!("{local}@demo.test"), "password": PASSWORD });
        let answer = http::send(self.address, &Request::function("sign_in/sign_in", "", &request))?;
        let token = answer.head.split_once("assent=").and_then(|(_, rest)| rest.split(';').next());
        token.map(str::to_owned).ok_or_else(|| {
            Problem::new(format!("{local} can't sign in: the answer has the status {}.", answer.status))
        })
    }

    /// Resident memory, in MiB.
    pub fn memory(&self) -> Result<f64> {
        let file = PathBuf::from(format!("/proc/{}/status", self.child.id()));
        let kib: Option<f64> = files::read_text(&file)?
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:")?.trim().trim_end_matches(" kB").parse().ok());
        kib.map(|kib| kib / 1024.0).ok_or_else(|| Problem::new("The server's memory cannot be read."))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing it still holds matters: its data is thrown away.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?)))
}
