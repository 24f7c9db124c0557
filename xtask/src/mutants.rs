//! `cargo xtask mutants`: breaks the code that decides who may do what, at one place after the other
//! (cargo-mutants), and runs the tests of rights on each broken copy. The quickest tests come first, and only
//! what they don't notice goes on to the slower ones. It takes hours, so it is no part of `cargo xtask test`.
//!
//! Code that decides and stands elsewhere gets its place in [`DECIDES`].

use crate::files;
use crate::problem::{Problem, Result};
use crate::process;
use crate::progress::{spoken_step, step};
use crate::workspace::Workspace;
use std::path::{Path, PathBuf};

const VERSION: &str = "27.1.0";

/// The beginning of the mutants' names, as regular expressions: whole files, and functions of files that do more.
const DECIDES: [&str; 10] = [
    r"^crates/domain/src/(permission|rights)\.rs",
    r"^crates/store/src/(caller|succession)\.rs",
    r"^crates/store/src/sessions\.rs.*(resolve|permissions|prove)",
    r"^crates/store/src/roles\.rs.*(all|find|find_changeable|held_by|keep_an_admin|internal_only|Row::read)\b",
    r"^crates/store/src/closing\.rs.*(is_admin|require_admin|refuse_closing)",
    r"^crates/store/src/termination\.rs.*is_last_admin",
    r"^crates/services/src/(roles|succession|closing)\.rs",
    r"^crates/services/src/users/",
    r"^crates/services/src/(partners|billing|history|overview)\.rs",
    r"^app/src/context/mod\.rs.*(current|caller)",
];
/// What tests don't look at: texts for people who debug.
const SHOWN_ONLY: &str = "fmt::Debug";

/// Some tests, run on what those before have not noticed.
struct Round {
    name: &'static str,
    /// Which code they are about, where it isn't all of it.
    only: Option<&'static str>,
    package: &'static str,
    /// Words for `cargo test`.
    tests: &'static [&'static str],
}

const ROUNDS: [Round; 3] = [
    Round { name: "Tests of the rules", only: Some("crates/domain/"), package: "domain", tests: &["--lib"] },
    Round {
        name: "Tests of the use cases",
        only: None,
        package: "services",
        // On one database: who may do what is decided before it is asked.
        tests: &[
            "--test=every_set",
            "--test=roles",
            "--test=users",
            "--test=effective_rights",
            "--test=invitations",
            "--test=second_factor",
            "--test=notice",
            "--test=closing",
            "--test=billing",
            "--test=proof",
            "--",
            "--skip=postgres",
        ],
    },
    Round {
        name: "Tests over HTTP",
        only: None,
        package: "server",
        tests: &["--test=least_rights", "--test=permissions"],
    },
];

/// Breaks what decides, or only what of it stands in files that begin with `path`; fails where no test notices.
pub fn mutants(workspace: &Workspace, path: Option<&str>) -> Result<()> {
    let run = Run { workspace, program: program(workspace)?, output: workspace.target("mutants"), path };
    files::make_empty_folder(&run.output)?;
    let mut first = true;
    for round in &ROUNDS {
        if round.only.is_some_and(|only| path.is_some_and(|path| !path.starts_with(only))) {
            continue;
        }
        spoken_step(round.name, || run.carry_out(round, first))?;
        first = false;
        if run.lines("missed").is_empty() {
            break;
        }
    }
    let missed = run.lines("missed");
    if missed.is_empty() {
        println!("Every change to what decides is noticed.");
        return Ok(());
    }
    Err(Problem::new(format!("No test notices {} changes:\n  {}", missed.len(), missed.join("\n  ")))
        .fix("write the test that does; `server/tests/permissions/expected.txt` says what is expected"))
}

/// The program, installed beside what is built where it is missing or another version.
fn program(workspace: &Workspace) -> Result<PathBuf> {
    let root = workspace.target("tools");
    let program = root.join("bin").join(format!("cargo-mutants{}", std::env::consts::EXE_SUFFIX));
    let mut version = workspace.command(&program.to_string_lossy());
    version.args(["mutants", "--version"]);
    if process::silent(version).is_ok_and(|text| text.trim().ends_with(VERSION)) {
        return Ok(program);
    }
    step(&format!("cargo-mutants {VERSION}"), |progress| {
        let mut cargo = workspace.command("cargo");
        cargo
            .args(["install", "cargo-mutants", "--locked", "--force", "--version", VERSION, "--root"])
            .arg(&root);
        process::quiet(cargo, progress)
            .map_err(|problem| problem.fix("check that crates.io can be reached (`cargo search assent`)"))
    })?;
    Ok(program)
}

struct Run<'a> {
    workspace: &'a Workspace,
    program: PathBuf,
    output: PathBuf,
    path: Option<&'a str>,
}

impl Run<'_> {
    fn carry_out(&self, round: &Round, first: bool) -> Result<()> {
        let mut command = self.workspace.command(&self.program.to_string_lossy());
        command.args(["mutants", "--no-shuffle", "--gitignore=true", "--exclude-re", SHOWN_ONLY, "--output"]);
        command.arg(&self.output);
        for place in DECIDES {
            command.args(["--re", place]);
        }
        if let Some(path) = self.path.or(round.only) {
            command.args(["--file", &format!("{path}*"), "--file", &format!("{path}**")]);
        }
        if !first {
            command.arg("--iterate");
        }
        command.args(["--test-package", round.package, "--"]).args(round.tests);
        // What others have written is compiled once.
        command.env("CARGO_TARGET_DIR", self.workspace.target("mutants-build")).env("CARGO_INCREMENTAL", "0");
        let status = command.status().map_err(|error| process::missing(&command, &error))?;
        // 2: some were not noticed; 3: with some the tests hung, which is noticed.
        if !matches!(status.code(), Some(0 | 2 | 3)) {
            return Err(Problem::new(format!("cargo-mutants failed ({status}); see above.")));
        }
        let count = |outcome| self.lines(outcome).len();
        println!(
            "  {} noticed, {} of them by hanging; {} not; {} do not compile",
            count("caught") + count("timeout"),
            count("timeout"),
            count("missed"),
            count("unviable")
        );
        Ok(())
    }

    /// The mutants of the last round that ended so.
    fn lines(&self, outcome: &str) -> Vec<String> {
        let file: &Path = &self.output.join(format!("mutants.out/{outcome}.txt"));
        let text = files::read_text(file).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }
}
