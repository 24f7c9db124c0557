//! What is measured and what it is measured with, built for release, and the data they work on. The
//! browser's side is not built: nothing that is measured sends it.

use super::server::Server;
use super::word;
use crate::files;
use crate::problem::{Problem, Result};
use crate::process;
use crate::progress::step;
use crate::workspace::Workspace;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The programs, and the folder of their data.
pub struct Programs {
    pub server: PathBuf,
    helper: PathBuf,
    data: PathBuf,
}

impl Programs {
    /// Builds them.
    pub fn build(workspace: &Workspace) -> Result<Self> {
        // Two calls: in one, each would be built with the features that the other asks for.
        for package in ["server", "bench"] {
            step(&format!("Program {package}"), |progress| {
                let mut cargo = workspace.command("cargo");
                cargo.args(["build", "--locked", "--release", "--package", package]);
                process::quiet(cargo, progress)
            })?;
        }
        let folder = workspace.target("bench");
        files::make_folder(&folder.join("site"))?;
        files::write(
            &folder.join("site/assets.json"),
            br#"{ "js": "a.js", "loader": "b.js", "wasm": "a.wasm", "chunks": {}, "css": "a.css" }"#,
        )?;
        let server = folder.join("assent");
        files::replace(&workspace.target("release/assent"), &server)?;
        let programs = Self { server, helper: workspace.target("release/bench"), data: folder.join("data") };
        programs.forget_data()?;
        Ok(programs)
    }

    /// Begins anew.
    pub fn forget_data(&self) -> Result<()> {
        files::make_empty_folder(&self.data)
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.data.join("assent.db")
    }

    /// The master key.
    pub fn key(&self) -> PathBuf {
        self.data.join("master.key")
    }

    /// A command that starts where the data is.
    pub fn command(&self, program: &Path) -> Command {
        process::command(&program.to_string_lossy(), &self.data)
    }

    /// Fills the partners up to so many.
    pub fn fill_partners(&self, count: i64) -> Result<()> {
        step("Partners", |_| self.help(&["partners", &word(&self.database()), &count.to_string()]))?;
        Ok(())
    }

    /// Fills the users up to so many.
    pub fn fill_users(&self, count: i64) -> Result<()> {
        step("Users", |_| self.help(&["users", &word(&self.database()), &count.to_string()]))?;
        Ok(())
    }

    /// Fills the history up to so many entries.
    pub fn fill_history(&self, count: i64) -> Result<()> {
        step("Entries", |_| self.help(&["history", &word(&self.database()), &count.to_string()]))?;
        Ok(())
    }

    /// Entries, somebody and something that stand in it, by what they are good for.
    pub fn marks_of_history(&self) -> Result<serde_json::Value> {
        let marks = self.help(&["marks", &word(&self.database())])?;
        serde_json::from_str(&marks).map_err(|_| Problem::new(format!("No marks: {marks}")))
    }

    /// The user after whom the last page begins.
    pub fn last_user_of_page_before_last(&self) -> Result<String> {
        Ok(self.help(&["last-user", &word(&self.database())])?.trim().to_owned())
    }

    /// The bare route that lists are compared with.
    pub fn bare(&self) -> Result<Server> {
        Server::other(self.command(&self.helper), &["bare", &word(&self.database())])
    }

    /// Fills the history of the token's user and ends the account: milliseconds, without the filling.
    pub fn terminate(&self, token: &str, rows: i64) -> Result<f64> {
        let (database, key) = (word(&self.database()), word(&self.key()));
        let taken = self.help(&["terminate", &database, &key, token, &rows.to_string()])?;
        let microseconds: Option<f64> = taken.trim().parse().ok();
        microseconds.map(|it| it / 1000.0).ok_or_else(|| Problem::new(format!("No duration: {taken}")))
    }

    /// The partner after which the last page begins.
    pub fn last_of_page_before_last(&self) -> Result<String> {
        Ok(self.help(&["last", &word(&self.database())])?.trim().to_owned())
    }

    fn help(&self, words: &[&str]) -> Result<String> {
        let mut command = self.command(&self.helper);
        command.args(words);
        process::silent(command)
    }
}
