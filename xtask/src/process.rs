//! Running other programs: quietly with their output at hand when they fail, or aloud.

use crate::problem::{Problem, Result};
use crate::progress::Progress;
use std::io::{BufRead, BufReader, ErrorKind, pipe};
use std::path::Path;
use std::process::{Command, Stdio};

/// Lines of output shown with a failure.
const SHOWN_LINES: usize = 120;

/// A command that starts in the given folder.
pub fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    // Cargo describes the package `xtask` to us; to the programs we start it would be a lie.
    for (name, _) in std::env::vars_os() {
        let described = name.to_string_lossy();
        if described.starts_with("CARGO_PKG_") || described.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs to the end without a word, and returns what was printed.
pub fn quiet(command: Command, progress: &Progress) -> Result<String> {
    run(command, |line| progress.detail(line))
}

/// Runs to the end without a word and without a step to report to.
pub fn silent(command: Command) -> Result<String> {
    run(command, |_| ())
}

/// Runs to the end, prints the lines as they come (bar Cargo's list of compiled crates) and returns them.
pub fn aloud(command: Command) -> Result<String> {
    let shown = describe(&command);
    let output = collect(command, |line| {
        if !is_noise(line) {
            println!("{line}");
        }
    })?;
    match output {
        (text, None) => Ok(text),
        (_, Some(reason)) => Err(Problem::new(format!("`{shown}` failed ({reason}); see above."))),
    }
}

fn run(command: Command, each: impl FnMut(&str)) -> Result<String> {
    let shown = describe(&command);
    match collect(command, each)? {
        (text, None) => Ok(text),
        (text, Some(reason)) => {
            let lines: Vec<&str> = text.lines().filter(|line| !is_noise(line)).collect();
            let tail = &lines[lines.len().saturating_sub(SHOWN_LINES)..];
            Err(Problem::new(format!("`{shown}` failed ({reason}).\n{}", tail.join("\n"))))
        }
    }
}

/// Cargo's list of compiled crates.
fn is_noise(line: &str) -> bool {
    ["Compiling ", "Checking ", "Blocking "].iter().any(|word| line.trim_start().starts_with(word))
}

/// Everything printed, on both streams in their order, and why the program failed if it did.
fn collect(mut command: Command, mut each: impl FnMut(&str)) -> Result<(String, Option<String>)> {
    let shown = describe(&command);
    let broken = |error: std::io::Error| Problem::new(format!("`{shown}`: {error}"));
    let (reader, writer) = pipe().map_err(broken)?;
    command.stdout(writer.try_clone().map_err(broken)?).stderr(writer);
    let mut child = command.spawn().map_err(|error| missing(&command, &error))?;
    // Ours are the last open ends of the pipe beside the child's: reading ends when the child does.
    drop(command);
    let mut text = String::new();
    for line in BufReader::new(reader).split(b'\n') {
        let line = line.map_err(broken)?;
        let line = String::from_utf8_lossy(&line);
        each(&line);
        text.push_str(&line);
        text.push('\n');
    }
    let status = child.wait().map_err(broken)?;
    Ok((text, (!status.success()).then(|| status.to_string())))
}

/// Why a program could not be started.
pub fn missing(command: &Command, error: &std::io::Error) -> Problem {
    let program = command.get_program().to_string_lossy().into_owned();
    let problem = Problem::new(format!("`{program}` could not be started: {error}."));
    if error.kind() != ErrorKind::NotFound {
        return problem;
    }
    match program.as_str() {
        "node" | "npm" | "npx" => problem.fix("install Node 20 or newer, from https://nodejs.org"),
        "rustup" | "cargo" | "rustc" => problem.fix("install Rust with rustup, from https://rustup.rs"),
        other => problem.fix(format!("install `{other}`, or put it in PATH")),
    }
}

/// The command as one would type it.
fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    line.join(" ")
}
