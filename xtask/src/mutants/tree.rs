//! A copy of the checkout to break things in, at a place of its own, so that what was built stays useful.

use crate::files;
use crate::problem::Result;
use crate::process;
use crate::progress::step;
use crate::workspace::Workspace;
use std::path::PathBuf;
use std::process::Command;

/// The copy.
pub struct Tree<'a> {
    pub workspace: &'a Workspace,
    root: PathBuf,
}

impl<'a> Tree<'a> {
    /// Copies what git knows or would add.
    pub fn copy(workspace: &'a Workspace) -> Result<Self> {
        let root = workspace.target("mutants/tree");
        step("Copy of the checkout", |_| {
            files::make_empty_folder(&root)?;
            let mut git = workspace.command("git");
            git.args(["ls-files", "--cached", "--others", "--exclude-standard"]);
            for file in process::silent(git)?.lines() {
                let (from, to) = (workspace.path(file), root.join(file));
                if from.is_file() {
                    files::make_folder(to.parent().unwrap_or(&root))?;
                    files::write(&to, &files::read(&from)?)?;
                }
            }
            Ok(())
        })?;
        Ok(Self { workspace, root })
    }

    /// A path inside the copy.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A command that starts in the copy and builds beside it.
    pub fn command(&self, program: &str) -> Command {
        let mut command = process::command(program, &self.root);
        command.env("CARGO_TARGET_DIR", self.workspace.target("mutants/build"));
        command
    }
}
