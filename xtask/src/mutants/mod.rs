//! `cargo xtask mutants`: breaks the code that decides who may do what, at one place after the other, in a copy of
//! the checkout, and runs the tests of rights each time. First every check is removed that stands by itself
//! ([`removed`]), then cargo-mutants changes operators and answers ([`changed`]). The quicker tests come first, and
//! only what they don't notice goes on to the slower ones. It takes hours, so it is no part of `cargo xtask test`.

mod changed;
mod removed;
mod tree;

use crate::problem::{Problem, Result};
use crate::workspace::Workspace;
use std::process::Command;
use tree::Tree;

/// Some of the tests.
struct Tests<'a> {
    name: &'static str,
    package: &'static str,
    /// Words for `cargo test`: which programs.
    programs: &'a [&'a str],
    /// Words for the programs.
    words: &'static [&'static str],
}

const RULES: Tests = Tests { name: "the rules", package: "domain", programs: &["--lib"], words: &[] };
/// Most of what is broken shows here, and it is one program to build.
const EVERY_SET: Tests = Tests {
    name: "every set of permissions",
    package: "services",
    programs: &["--test=every_set"],
    words: &[],
};
const USE_CASES: Tests = Tests {
    name: "the use cases",
    package: "services",
    programs: &[
        "--test=roles",
        "--test=users",
        "--test=effective_rights",
        "--test=invitations",
        "--test=second_factor",
        "--test=passkeys",
        "--test=profile",
        "--test=notice",
        "--test=preview",
        "--test=meanwhile",
        "--test=explain_requests",
        "--test=history",
        "--test=roles_taken_back",
        "--test=closing",
        "--test=billing",
        "--test=proof",
        "--test=sign_ins",
    ],
    // On one database: who may do what is decided before it is asked.
    words: &["--skip=postgres"],
};
const HTTP: Tests = Tests {
    name: "HTTP",
    package: "server",
    programs: &["--test=files", "--test=least_rights", "--test=permissions"],
    words: &[],
};

/// Breaks what decides, or only what of it stands in files that begin with `path`; fails where no test notices.
pub fn mutants(workspace: &Workspace, path: Option<&str>) -> Result<()> {
    let tree = Tree::copy(workspace)?;
    let mut unnoticed = removed::remove(&tree, path)?;
    unnoticed.extend(changed::change(&tree, path)?);
    if unnoticed.is_empty() {
        println!("Every change to what decides is noticed.");
        return Ok(());
    }
    Err(Problem::new(format!("No test notices {} changes:\n  {}", unnoticed.len(), unnoticed.join("\n  ")))
        .fix("write the test that does; `server/tests/permissions/expected.txt` says what is expected"))
}

impl Tests<'_> {
    /// `cargo test` of these.
    fn command(&self, tree: &Tree) -> Command {
        let mut cargo = tree.command("cargo");
        cargo.args(["test", "--locked", "--quiet", "--package", self.package]).args(self.programs);
        cargo.arg("--").args(self.words);
        cargo
    }
}
