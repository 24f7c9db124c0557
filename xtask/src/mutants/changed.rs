//! What decides, changed by cargo-mutants: an operator for another one, a whole function for an answer.
//!
//! Code that decides and stands in a new place gets a line in [`DECIDES`].

use super::{HTTP, RULES, Tests, USE_CASES, tree::Tree};
use crate::files;
use crate::problem::{Problem, Result};
use crate::process;
use crate::progress::{spoken_step, step};
use std::path::PathBuf;

const VERSION: &str = "27.1.0";

/// Where somebody decides, and which tests of the use cases ask about it. Those over HTTP ask about everything.
struct Place {
    file: &'static str,
    /// Which of its functions; all of them where none is named.
    functions: &'static str,
    tests: &'static [&'static str],
}

const fn place(file: &'static str, functions: &'static str, tests: &'static [&'static str]) -> Place {
    Place { file, functions, tests }
}

const DECIDES: [Place; 18] = [
    place("crates/domain/src/permission.rs", "", &[]),
    place("crates/domain/src/rights.rs", "", &[]),
    place(
        "crates/store/src/caller.rs",
        "(require|may|own|proven|rights|has_agreed|organisation|actor|user|acting_as|system|FRESH|[*])",
        &["every_set", "sign_ins", "proof", "notice", "preview", "profile", "history"],
    ),
    place(
        "crates/store/src/sessions.rs",
        " (resolve|again|by_hash|permissions|prove_by_password|proved)( |$)",
        &["closing", "preview", "sign_ins", "proof", "second_factor", "effective_rights", "meanwhile"],
    ),
    place(
        "crates/store/src/roles.rs",
        "(Row::read|all|find|find_changeable|keep_an_admin|held_by|internal_only)( |$)",
        &["every_set", "roles", "users", "effective_rights"],
    ),
    place("crates/store/src/preview.rs", " (apply|view|of_role|of_user|start)( |$)", &["preview"]),
    place("crates/store/src/closing.rs", "(is_admin|require_admin)", &["closing"]),
    place("crates/store/src/termination.rs", "is_last_admin", &["users", "profile", "roles"]),
    place("crates/services/src/roles.rs", "", &["every_set", "roles", "meanwhile"]),
    place("crates/services/src/succession.rs", "", &["every_set", "notice", "profile"]),
    place("crates/services/src/closing.rs", " (preview|close)( |$)", &["every_set", "closing"]),
    place(
        "crates/services/src/users/mod.rs",
        "(effective_rights|offer|touchable|for_others_with_proof)",
        &["users", "effective_rights", "invitations"],
    ),
    place(
        "crates/services/src/users/roles.rs",
        "",
        &["every_set", "users", "roles", "roles_taken_back", "explain_requests", "meanwhile"],
    ),
    place("crates/services/src/users/standing.rs", "", &["every_set", "users", "invitations", "meanwhile"]),
    place(
        "crates/services/src/users/invitation.rs",
        " (create|resend_invitation|revoke_invitation|issue_link)( |$)",
        &["every_set", "invitations", "meanwhile"],
    ),
    place("crates/services/src/preview.rs", " start( |$)", &["preview"]),
    place("crates/services/src/partners.rs", "set_status", &["every_set", "billing"]),
    place(
        "crates/services/src/billing.rs",
        "(find_partner|Save::write)",
        &["every_set", "billing", "sign_ins"],
    ),
];
/// What nobody but a developer reads.
const SHOWN_ONLY: &str = "fmt::Debug";
/// Whoever takes longer, hangs.
const MOST_SECONDS: &str = "300";
/// How cargo-mutants ends where it could do its work: all noticed, some not, some by hanging.
const WORKED: [i32; 3] = [0, 2, 3];

/// Changes it, and says which changes nothing notices.
pub fn change(tree: &Tree, path: Option<&str>) -> Result<Vec<String>> {
    let places: Vec<_> =
        DECIDES.iter().filter(|place| path.is_none_or(|path| place.file.starts_with(path))).collect();
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let mut run =
        Run { tree, program: program(tree)?, output: tree.workspace.target("mutants/changed"), first: true };
    files::make_empty_folder(&run.output)?;
    let (rules, use_cases): (Vec<_>, Vec<_>) =
        places.into_iter().partition(|place| place.file.starts_with("crates/domain/"));
    let mut missed = Vec::new();
    if !rules.is_empty() {
        missed.extend(run.take_its_turn(&RULES, &rules)?);
    }
    for place in &use_cases {
        let programs: Vec<_> = place.tests.iter().map(|test| format!("--test={test}")).collect();
        let programs: Vec<_> = programs.iter().map(String::as_str).collect();
        missed.extend(run.take_its_turn(&Tests { programs: &programs, ..USE_CASES }, &[place])?);
    }
    let is_left = |place: &&Place| missed.iter().any(|line| line.starts_with(place.file));
    let left: Vec<_> = rules.into_iter().chain(use_cases).filter(is_left).collect();
    if left.is_empty() { Ok(missed) } else { run.take_its_turn(&HTTP, &left) }
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
    /// Whether nothing was tried yet.
    first: bool,
}

impl Run<'_> {
    /// Makes sure that the tests pass with nothing changed, then makes all changes to these places that were not
    /// noticed before; gives back what is not noticed now either.
    fn take_its_turn(&mut self, tests: &Tests, places: &[&Place]) -> Result<Vec<String>> {
        let files: Vec<_> = places.iter().map(|place| place.file).collect();
        step(&format!("Tests of {}, with nothing changed", tests.name), |progress| {
            process::quiet(tests.command(self.tree), progress)
        })?;
        spoken_step(&format!("Changes of {}, and tests of {}", files.join(", "), tests.name), || {
            self.carry_out(tests, places)
        })?;
        self.first = false;
        Ok(self.lines("missed"))
    }

    fn carry_out(&self, tests: &Tests, places: &[&Place]) -> Result<()> {
        let mut command = self.tree.command(&self.program.to_string_lossy());
        command.args(["mutants", "--in-place", "--no-shuffle", "--exclude-re", SHOWN_ONLY]);
        // Of its own accord it would look for the tests in the package of what is changed.
        command.args(["--baseline", "skip", "--timeout", MOST_SECONDS, "--output"]);
        command.arg(&self.output);
        for Place { file, functions, .. } in places {
            command.args(["--file", file, "--re"]).arg(format!("^{file}:.*{functions}"));
        }
        command.args(["--test-package", tests.package]);
        if !self.first {
            command.arg("--iterate");
        }
        // What stands behind the dashes is not said when it builds: that would be all tests of the package.
        command.args(tests.programs.iter().map(|word| format!("--cargo-arg={word}")));
        command.args(["--", "--"]).args(tests.words);
        let status = command.status().map_err(|error| process::missing(&command, &error))?;
        if !status.code().is_some_and(|code| WORKED.contains(&code)) {
            return Err(Problem::new(format!("cargo-mutants failed ({status}); see above.")));
        }
        let count = |outcome| self.lines(outcome).len();
        let (caught, hung) = (count("caught"), count("timeout"));
        let (missed, unviable) = (count("missed"), count("unviable"));
        if !places.iter().all(|place| self.tried(place)) {
            let files: Vec<_> = places.iter().map(|place| place.file).collect();
            return Err(Problem::new(format!("There is nothing to change in one of {}.", files.join(", ")))
                .fix("look whether the functions that `DECIDES` names are still called so"));
        }
        println!(
            "  noticed {caught}, by hanging {hung}, not noticed {missed}, not to be compiled {unviable}"
        );
        Ok(())
    }

    /// Whether something there was changed, in this round or before.
    fn tried(&self, place: &Place) -> bool {
        let ends = ["caught", "missed", "timeout", "previously_caught"];
        ends.iter().flat_map(|end| self.lines(end)).any(|line| line.starts_with(place.file))
    }

    /// The changes of the last round that ended so.
    fn lines(&self, outcome: &str) -> Vec<String> {
        let text = files::read_text(&self.output.join(format!("mutants.out/{outcome}.txt")));
        text.unwrap_or_default().lines().map(str::to_owned).collect()
    }
}
