//! `cargo xtask dev`: serve the demo, build again and start again on every change.

use crate::build::{self, Built};
use crate::files;
use crate::problem::{Problem, Result};
use crate::process;
use crate::workspace::{Mode, Workspace};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

const WATCHED: [&str; 8] =
    ["app", "crates", "frontend", "migrations", "server", "style", "Cargo.toml", "Cargo.lock"];
/// Looking at a few hundred files takes about a millisecond, so no watcher is needed for it.
const BETWEEN_LOOKS: Duration = Duration::from_millis(400);
const TO_END: Duration = Duration::from_secs(3);

/// Runs until it is interrupted.
pub fn dev(workspace: &Workspace) -> Result<()> {
    let mut server: Option<Child> = None;
    loop {
        let seen = look(workspace)?;
        match build::build(workspace, Mode::Debug) {
            Ok(built) => {
                if let Some(old) = server.take() {
                    end(workspace, old)?;
                }
                server = Some(start(workspace, &built)?);
            }
            Err(problem) => eprintln!("\n{problem}\n  The next change builds again."),
        }
        while look(workspace)? == seen {
            sleep(BETWEEN_LOOKS);
            if let Some(status) = server.as_mut().and_then(|server| server.try_wait().ok().flatten()) {
                server = None;
                eprintln!("\nThe server has ended ({status}). The next change starts it again.");
            }
        }
    }
}

fn start(workspace: &Workspace, built: &Built) -> Result<Child> {
    let mut command = workspace.command(&built.server.to_string_lossy());
    command.args(["serve", "--demo"]);
    command.spawn().map_err(|error| process::missing(&command, &error))
}

/// Asks nicely first: open event streams may take their time.
fn end(workspace: &Workspace, mut server: Child) -> Result<()> {
    if server.try_wait().is_ok_and(|status| status.is_some()) {
        return Ok(());
    }
    ask_to_end(workspace, server.id())?;
    let step = Duration::from_millis(50);
    let mut waited = Duration::ZERO;
    while waited < TO_END {
        if server.try_wait().is_ok_and(|status| status.is_some()) {
            return Ok(());
        }
        sleep(step);
        waited += step;
    }
    let ended = server.kill().and_then(|()| server.wait());
    ended.map(|_| ()).map_err(|error| Problem::new(format!("The server does not end: {error}.")))
}

/// Sends the signal that asks a process to end, which is not in Rust's library.
fn ask_to_end(workspace: &Workspace, process_id: u32) -> Result<()> {
    let mut kill = workspace.command("kill");
    kill.args(["-TERM", &process_id.to_string()]);
    process::silent(kill)
        .map(|_| ())
        .map_err(|problem| Problem::new(format!("The server does not end: {problem}")))
}

/// Every watched file with the time of its last change.
fn look(workspace: &Workspace) -> Result<BTreeMap<PathBuf, Option<SystemTime>>> {
    let mut seen = BTreeMap::new();
    for watched in WATCHED {
        let path = workspace.path(watched);
        let found = if path.is_dir() { files::all_below(&path)? } else { vec![path] };
        for file in found {
            if file.components().any(|part| part.as_os_str() == "node_modules") {
                continue;
            }
            let changed = file.metadata().and_then(|found| found.modified()).ok();
            seen.insert(file, changed);
        }
    }
    Ok(seen)
}
