//! What decides, changed by cargo-mutants: an operator for another one, a whole function for an answer.
//!
//! Code that decides and stands in a new place gets a line in [`DECIDES`].

use super::{TESTS, Tests, tree::Tree};
use crate::files;
use crate::problem::{Problem, Result};
use crate::process;
use crate::progress::{spoken_step, step};
use std::path::PathBuf;

const VERSION: &str = "27.1.0";

/// Files, and which of their functions; all of them where none is named.
const DECIDES: [(&str, &str); 20] = [
    ("crates/domain/src/permission.rs", ""),
    ("crates/domain/src/rights.rs", ""),
    (
        "crates/store/src/caller.rs",
        "(require|may|own|proven|rights|has_agreed|organisation|actor|user|acting_as|system|FRESH|[*])",
    ),
    ("crates/store/src/sessions.rs", " (resolve|permissions|prove_by_password|proved)( |$)"),
    (
        "crates/store/src/roles.rs",
        "(Row::read|all|find|find_changeable|keep_an_admin|held_by|internal_only)( |$)",
    ),
    ("crates/store/src/preview.rs", " (apply|view|of_role|of_user|start)( |$)"),
    ("crates/store/src/closing.rs", "(is_admin|require_admin|refuse_closing)"),
    ("crates/store/src/termination.rs", "is_last_admin"),
    ("crates/services/src/roles.rs", ""),
    ("crates/services/src/succession.rs", ""),
    ("crates/services/src/closing.rs", " (preview|close)( |$)"),
    ("crates/services/src/users/mod.rs", "(effective_rights|offer|touchable|for_others_with_proof)"),
    ("crates/services/src/users/roles.rs", ""),
    ("crates/services/src/users/standing.rs", ""),
    (
        "crates/services/src/users/invitation.rs",
        " (create|resend_invitation|revoke_invitation|issue_link)( |$)",
    ),
    ("crates/services/src/preview.rs", " start( |$)"),
    ("crates/services/src/partners.rs", "set_status"),
    ("crates/services/src/billing.rs", "(find_partner|Save::write)"),
    ("app/src/context/mod.rs", " (current|current_to_read|current_before_agreeing|as_themselves)( |$)"),
    ("server/src/identify.rs", "from_request_parts"),
];
/// What nobody but a developer reads.
const SHOWN_ONLY: &str = "fmt::Debug";
/// How cargo-mutants ends where it could do its work: all noticed, some not, some by hanging.
const WORKED: [i32; 3] = [0, 2, 3];

/// Changes it, and says which changes nothing notices.
pub fn change(tree: &Tree, path: Option<&str>) -> Result<Vec<String>> {
    let places: Vec<_> =
        DECIDES.iter().filter(|(file, _)| path.is_none_or(|path| file.starts_with(path))).collect();
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let run = Run { tree, program: program(tree)?, output: tree.workspace.target("mutants/changed") };
    files::make_empty_folder(&run.output)?;
    let mut first = true;
    for tests in &TESTS {
        let places: Vec<_> = places.iter().filter(|(file, _)| file.starts_with(tests.sees)).collect();
        if places.is_empty() {
            continue;
        }
        let words = places.iter().flat_map(|(file, functions)| {
            ["--file".to_owned(), (*file).to_owned(), "--re".to_owned(), format!("^{file}:.*{functions}")]
        });
        spoken_step(&format!("Changes, and tests of {}", tests.name), || {
            run.carry_out(tests, words.collect(), first)
        })?;
        first = false;
    }
    Ok(run.lines("missed"))
}

/// The program, installed beside what is built where it is missing or of another version.
fn program(tree: &Tree) -> Result<PathBuf> {
    let root = tree.workspace.target("tools");
    let program = root.join("bin").join(format!("cargo-mutants{}", std::env::consts::EXE_SUFFIX));
    let mut version = tree.workspace.command(&program.to_string_lossy());
    version.args(["mutants", "--version"]);
    if process::silent(version).is_ok_and(|text| text.trim().ends_with(VERSION)) {
        return Ok(program);
    }
    step(&format!("cargo-mutants {VERSION}"), |progress| {
        let mut cargo = tree.workspace.command("cargo");
        cargo
            .args(["install", "cargo-mutants", "--locked", "--force", "--version", VERSION, "--root"])
            .arg(&root);
        process::quiet(cargo, progress)
            .map_err(|problem| problem.fix("check that crates.io can be reached (`cargo search assent`)"))
    })?;
    Ok(program)
}

struct Run<'a> {
    tree: &'a Tree<'a>,
    program: PathBuf,
    output: PathBuf,
}

impl Run<'_> {
    /// All changes to these places; after the first time, those that were not noticed before.
    fn carry_out(&self, tests: &Tests, places: Vec<String>, first: bool) -> Result<()> {
        let mut command = self.tree.command(&self.program.to_string_lossy());
        command.args(["mutants", "--in-place", "--no-shuffle", "--exclude-re", SHOWN_ONLY, "--output"]);
        command.arg(&self.output).args(places).args(["--test-package", tests.package]);
        if !first {
            command.arg("--iterate");
        }
        command.arg("--").args(tests.words);
        let status = command.status().map_err(|error| process::missing(&command, &error))?;
        if !status.code().is_some_and(|code| WORKED.contains(&code)) {
            return Err(Problem::new(format!("cargo-mutants failed ({status}); see above.")));
        }
        let count = |outcome| self.lines(outcome).len();
        let (caught, hung) = (count("caught"), count("timeout"));
        let (missed, unviable) = (count("missed"), count("unviable"));
        println!(
            "  noticed {caught}, by hanging {hung}, not noticed {missed}, not to be compiled {unviable}"
        );
        Ok(())
    }

    /// The changes of the last round that ended so.
    fn lines(&self, outcome: &str) -> Vec<String> {
        let text = files::read_text(&self.output.join(format!("mutants.out/{outcome}.txt")));
        text.unwrap_or_default().lines().map(str::to_owned).collect()
    }
}
