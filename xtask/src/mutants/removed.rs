//! Every check that is a statement of its own, removed: what the compiler lets through, a test has to notice.

use super::{TESTS, Tests, tree::Tree};
use crate::files;
use crate::problem::{Problem, Result};
use crate::process;
use crate::progress::{spoken_step, step};

/// How such a statement begins. It ends with the refusal that it passes on.
const CHECKS: [&str; 9] = [
    "may_hand_out(",
    "change.allowed(",
    "touchable(",
    "for_others_with_proof(",
    "caller.require::<",
    "caller.proven(",
    "self.caller.proven(",
    "require_admin(",
    "keep_an_admin(",
];
const REFUSES: &str = "?;";
/// Where they stand.
const FOLDERS: [&str; 2] = ["crates/services/src/", "crates/store/src/"];

/// One of them.
struct Check {
    file: String,
    /// Counted from 0.
    line: usize,
    text: String,
}

/// Removes one after the other, and says which of them nothing notices. The tests take their turns: only what the
/// quicker ones don't notice goes on to the slower ones.
pub fn remove(tree: &Tree, path: Option<&str>) -> Result<Vec<String>> {
    let mut left = find(tree)?;
    left.retain(|check| path.is_none_or(|path| check.file.starts_with(path)));
    for tests in TESTS.iter().filter(|tests| tests.package != "domain") {
        if left.is_empty() {
            break;
        }
        step(&format!("Tests of {}, with nothing removed", tests.name), |progress| {
            process::quiet(tests.command(tree, &[]), progress)
        })?;
        let title = format!("{} checks, removed one by one, and tests of {}", left.len(), tests.name);
        left = spoken_step(&title, || unnoticed(tree, tests, left))?;
    }
    Ok(left.iter().map(|check| format!("{}: removed", check.told())).collect())
}

/// Those of them that these tests don't notice.
fn unnoticed(tree: &Tree, tests: &Tests, checks: Vec<Check>) -> Result<Vec<Check>> {
    let mut left = Vec::new();
    for check in checks {
        let noticed = check.removed(tree, || noticed(tree, tests))?;
        println!("  {} … noticed by {}", check.told(), noticed.unwrap_or("nothing of these"));
        if noticed.is_none() {
            left.push(check);
        }
    }
    Ok(left)
}

fn find(tree: &Tree) -> Result<Vec<Check>> {
    let mut checks = Vec::new();
    for folder in FOLDERS {
        for path in files::all_below(&tree.path(folder))? {
            let file = path.strip_prefix(tree.path("")).unwrap_or(&path).display().to_string();
            for (line, text) in files::read_text(&path)?.lines().map(str::trim).enumerate() {
                if CHECKS.iter().any(|check| text.starts_with(check)) && text.ends_with(REFUSES) {
                    checks.push(Check { file: file.clone(), line, text: text.to_owned() });
                }
            }
        }
    }
    if checks.is_empty() {
        return Err(Problem::new("There is no check to remove.").fix("look at `CHECKS` in xtask/src/mutants"));
    }
    checks.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    Ok(checks)
}

impl Check {
    fn told(&self) -> String {
        format!("{}:{}: {}", self.file, self.line + 1, self.text)
    }

    /// Does something while it is away.
    fn removed<T>(&self, tree: &Tree, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let path = tree.path(&self.file);
        let whole = files::read_text(&path)?;
        let without: Vec<_> =
            whole.lines().enumerate().map(|(at, text)| if at == self.line { "" } else { text }).collect();
        files::write(&path, without.join("\n").as_bytes())?;
        let done = work();
        files::write(&path, whole.as_bytes())?;
        done
    }
}

/// What notices it, if anything does.
fn noticed(tree: &Tree, tests: &Tests) -> Result<Option<&'static str>> {
    if process::silent(tests.command(tree, &["--no-run"])).is_err() {
        return Ok(Some("the compiler"));
    }
    Ok(process::silent(tests.command(tree, &[])).is_err().then_some(tests.name))
}
