//! npm packages, installed when they are missing or older than their lock file.

use crate::files;
use crate::problem::{Problem, Result};
use crate::process;
use crate::progress;
use crate::workspace::Workspace;

/// Installs what a folder's lock file names, if it has one and it isn't installed yet.
pub fn install(workspace: &Workspace, folder: &str) -> Result<()> {
    let path = workspace.path(folder);
    if !path.join("package.json").exists() {
        return Ok(());
    }
    let lock_file = path.join("package-lock.json");
    if !lock_file.exists() {
        return Err(Problem::new(format!("{folder}/package-lock.json is missing."))
            .fix(format!("run `npm install` in {folder}/ and commit the lock file")));
    }
    let wanted = files::fingerprint(&files::read(&lock_file)?);
    let stamp = path.join("node_modules/.installed");
    if files::read_text(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    progress::step(&format!("npm packages of {folder}/"), |progress| {
        let mut npm = process::command("npm", &path);
        npm.args(["ci", "--no-fund", "--no-audit", "--loglevel=error"]);
        process::quiet(npm, progress)
            .map_err(|problem| problem.fix("check that the npm registry can be reached (`npm ping`)"))?;
        // Without dependencies npm makes no folder.
        files::make_folder(&path.join("node_modules"))?;
        files::write(&stamp, wanted.as_bytes())
    })
}
