//! Programs of the operating system that tests need, found or installed.

use crate::problem::{Problem, Result};
use crate::process;
use crate::progress::step;
use crate::workspace::Workspace;
use std::path::PathBuf;

/// Finds the first of these programs in PATH.
pub fn in_path(programs: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    programs
        .iter()
        .find_map(|program| folders.iter().map(|dir| dir.join(program)).find(|file| file.is_file()))
}

/// Whether this is the superuser.
pub fn is_root() -> Result<bool> {
    let mut id = process::command("id", &std::env::temp_dir());
    id.arg("-u");
    Ok(process::silent(id)?.trim() == "0")
}

/// Installs a package of Debian or Ubuntu, where that is possible.
pub fn install(workspace: &Workspace, package: &str) -> Result<()> {
    let fix = format!("install `{package}` with the package manager of this system");
    if in_path(&["apt-get"]).is_none() || !is_root()? {
        return Err(Problem::new(format!(
            "`{package}` is missing, and installing it takes apt-get and root."
        ))
        .fix(fix));
    }
    step(&format!("Package {package}"), |progress| {
        for words in [vec!["update"], vec!["install", "--yes", "--no-install-recommends", package]] {
            let mut apt = workspace.command("apt-get");
            apt.env("DEBIAN_FRONTEND", "noninteractive").args(words);
            process::quiet(apt, progress).map_err(|problem| problem.fix(fix.as_str()))?;
        }
        Ok(())
    })
}

/// Finds a program, or installs the package that holds it and looks again.
pub fn need(workspace: &Workspace, package: &str, find: impl Fn() -> Option<PathBuf>) -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    install(workspace, package)?;
    find().ok_or_else(|| Problem::new(format!("`{package}` was installed, but its program cannot be found.")))
}

/// A Chromium for Playwright: the system's own, else the one that Playwright downloads (then without a path).
pub fn chromium(workspace: &Workspace) -> Result<Option<PathBuf>> {
    let find = || in_path(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
    let refused = match need(workspace, "chromium", find) {
        Ok(found) => return Ok(Some(found)),
        Err(problem) => problem,
    };
    step("Chromium from Playwright", |progress| {
        let mut npx = process::command("npx", &workspace.path("end2end"));
        npx.args(["playwright", "install", "chromium"]);
        process::quiet(npx, progress)
            .map(|_| None)
            .map_err(|problem| Problem::new(format!("There is no Chromium.\n{refused}\n{problem}")))
            .map_err(|problem| problem.fix("install Chromium so that `chromium` is in PATH"))
    })
}
