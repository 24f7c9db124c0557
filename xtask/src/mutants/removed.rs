//! Every check that is a statement of its own, removed: a test has to notice. All of them are built once, each so
//! that a variable of the environment takes it away: building anew for each would take hours.

use super::{EVERY_SET, HTTP, USE_CASES, tree::Tree};
use crate::files;
use crate::problem::{Problem, Result};
use crate::process;
use crate::progress::{spoken_step, step};
use std::collections::BTreeMap;

/// Names the check that is away, by its place in the list.
const REMOVED: &str = "ASSENT_REMOVED_CHECK";
/// How such a statement begins. It ends with the refusal that it passes on.
const CHECKS: [&str; 11] = [
    "Giver::new(",
    "may_hand_out(",
    "change.allowed(",
    "touchable(",
    "for_others_with_proof(",
    "caller.require::<",
    "caller.require_agreement(",
    "caller.require_no_preview(",
    "caller.proven(",
    "self.caller.proven(",
    "keep_an_admin(",
];
const REFUSES: &str = "?;";
/// Where they stand.
const FOLDERS: [&str; 4] = ["app/src/context/", "crates/services/src/", "crates/store/src/", "server/src/"];

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
    let mut checks = find(tree)?;
    checks.retain(|check| path.is_none_or(|path| check.file.starts_with(path)));
    let whole = make_removable(tree, &checks)?;
    let left = unnoticed_by_all(tree, &checks);
    for (file, text) in whole {
        files::write(&tree.path(&file), text.as_bytes())?;
    }
    Ok(left?.into_iter().map(|at| format!("{}: removed", checks[at].told())).collect())
}

/// Lets each of them be taken away, and gives back what the files held.
fn make_removable(tree: &Tree, checks: &[Check]) -> Result<BTreeMap<String, String>> {
    let mut whole = BTreeMap::new();
    for (at, check) in checks.iter().enumerate() {
        let path = tree.path(&check.file);
        let text = files::read_text(&path)?;
        let guarded =
            format!(r#"if std::env::var("{REMOVED}").as_deref() != Ok("{at}") {{ {} }}"#, check.text);
        let lines = text.lines().enumerate();
        let lines: Vec<_> =
            lines.map(|(line, text)| if line == check.line { guarded.as_str() } else { text }).collect();
        files::write(&path, lines.join("\n").as_bytes())?;
        whole.entry(check.file.clone()).or_insert(text);
    }
    Ok(whole)
}

/// The places in the list of those that no tests notice.
fn unnoticed_by_all(tree: &Tree, checks: &[Check]) -> Result<Vec<usize>> {
    let mut left: Vec<_> = (0..checks.len()).collect();
    for tests in [EVERY_SET, USE_CASES, HTTP] {
        if left.is_empty() {
            break;
        }
        step(&format!("Tests of {}, with nothing removed", tests.name), |progress| {
            process::quiet(tests.command(tree), progress)
        })?;
        let title = format!("{} checks, removed one by one, and tests of {}", left.len(), tests.name);
        spoken_step(&title, || {
            left.retain(|at| {
                let mut command = tests.command(tree);
                command.env(REMOVED, at.to_string());
                let noticed = process::silent(command).is_err();
                let told = if noticed { "noticed" } else { "not noticed by these" };
                println!("  {} … {told}", checks[*at].told());
                !noticed
            });
            Ok(())
        })?;
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
}
