//! `cargo xtask run`: build, then become the server with the demo organisation.

use crate::build;
use crate::problem::Result;
use crate::process;
use crate::workspace::{Mode, Workspace};
use std::os::unix::process::CommandExt;
use std::process::Stdio;

/// Returns only when something went wrong.
pub fn run(workspace: &Workspace) -> Result<()> {
    let built = build::build(workspace, Mode::Release)?;
    let mut server = workspace.command(&built.server.to_string_lossy());
    let error = server.args(["serve", "--demo"]).stdin(Stdio::inherit()).exec();
    Err(process::missing(&server, &error))
}
