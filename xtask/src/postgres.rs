//! A PostgreSQL of our own, for the length of the tests.

use crate::files;
use crate::problem::{Problem, Result};
use crate::process;
use crate::progress::step;
use crate::system;
use crate::workspace::Workspace;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Tests run side by side and forget faster than they need to remember.
const SETTINGS: [&str; 6] = [
    "listen_addresses=127.0.0.1",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=300",
    "autovacuum=off",
];

/// A running cluster. It ends with this value, and also when this process is killed.
pub struct Postgres {
    url: String,
    keeper: Child,
}

impl Postgres {
    /// Makes a cluster in a temporary folder and starts it.
    pub fn start(workspace: &Workspace) -> Result<Self> {
        let programs = programs(workspace)?;
        step("PostgreSQL", |_| {
            let account = Account::find()?;
            let folder = account.run("mktemp", &["-d", "/tmp/assent-postgres.XXXXXX"])?.trim().to_owned();
            // From here on whatever happens, the keeper tidies up.
            let keeper = keep(&account, &programs.join("pg_ctl"), &folder)?;
            let mut postgres = Self { url: String::new(), keeper };
            let data = format!("{folder}/data");
            let initdb = programs.join("initdb");
            let options =
                ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"];
            account.run(&initdb.to_string_lossy(), &[&options[..], &["--pgdata", &data]].concat())?;
            let port = free_port()?;
            let settings = SETTINGS.map(|setting| format!("-c {setting}")).join(" ");
            let settings = format!("-p {port} -k {folder} {settings}");
            let (log, pg_ctl) = (format!("{folder}/log"), programs.join("pg_ctl"));
            let words = ["start", "--wait", "--pgdata", &data, "--log", &log, "--options", &settings];
            account.run(&pg_ctl.to_string_lossy(), &words).map_err(|problem| {
                let log = files::read_text(Path::new(&log)).unwrap_or_default();
                Problem::new(format!("PostgreSQL does not start: {problem}\n{log}"))
            })?;
            postgres.url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
            Ok(postgres)
        })
    }

    /// Where it can be reached, as its superuser and without a password.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // The keeper waits for the end of its input; a failure here leaves a temporary folder, no more.
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// A shell in a process group of its own that waits until this process lets go of its input, for whichever
/// reason (the end, an error, Ctrl-C, a kill), then stops the cluster and removes its folder.
fn keep(account: &Account, pg_ctl: &Path, folder: &str) -> Result<Child> {
    let script =
        r#"cat >/dev/null; "$1" stop --mode=immediate --pgdata "$2/data" >/dev/null 2>&1; rm -rf "$2""#;
    let mut command = account.command("sh");
    command.args(["-c", script, "sh"]).arg(pg_ctl).arg(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    command.spawn().map_err(|error| process::missing(&command, &error))
}

/// PostgreSQL refuses to run as root: then it runs as the user its package made.
struct Account {
    root: bool,
}

impl Account {
    fn find() -> Result<Self> {
        Ok(Self { root: system::is_root()? })
    }

    fn command(&self, program: &str) -> Command {
        // A folder that every account can enter.
        let folder = Path::new("/");
        if !self.root {
            return process::command(program, folder);
        }
        let mut command = process::command("runuser", folder);
        command.args(["-u", "postgres", "--", program]);
        command
    }

    fn run(&self, program: &str, words: &[&str]) -> Result<String> {
        let mut command = self.command(program);
        command.args(words);
        process::silent(command).map_err(|problem| {
            if self.root {
                problem.fix("the system's user `postgres` must exist; Debian's package makes it")
            } else {
                problem
            }
        })
    }
}

/// The folder with `initdb` and `pg_ctl`, the newest version first.
fn programs(workspace: &Workspace) -> Result<PathBuf> {
    let found = system::need(workspace, "postgresql", || {
        let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
            .map(|entries| entries.flatten().map(|entry| entry.path().join("bin/pg_ctl")).collect())
            .unwrap_or_default();
        versions.retain(|file| file.with_file_name("initdb").is_file() && file.is_file());
        versions.sort_by_key(|file| version(file));
        versions.pop().or_else(|| system::in_path(&["pg_ctl"]))
    })?;
    Ok(found.parent().unwrap_or(Path::new("/")).to_owned())
}

/// The number in `/usr/lib/postgresql/15/bin/pg_ctl`.
fn version(file: &Path) -> u32 {
    let folder = file.ancestors().nth(2).map(files::name).unwrap_or_default();
    folder.parse().unwrap_or_default()
}

/// A port that nobody listens on right now.
pub fn free_port() -> Result<u16> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| Problem::new(format!("There is no free port: {error}.")))
}
